"""The script of the element, as it is served."""

from __future__ import annotations

SCRIPT = "/static/embed/ikz-partnersuche.js"


def test_the_script_may_be_loaded_by_all(client):
    response = client.get(SCRIPT, headers={"Origin": "https://irgendwo.example"})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "javascript" in response.headers["Content-Type"]
    assert client.get("/static/embed/gibt-es-nicht.js").status_code == 404
    assert "Access-Control-Allow-Origin" not in client.get("/static/icon.svg").headers


def test_the_script_sets_no_markup_and_keeps_nothing(client):
    script = client.get(SCRIPT).text
    for word in ("innerHTML", "insertAdjacentHTML", "cookie =", "localStorage", "import ", "eval("):
        assert word not in script, word


def test_the_example_page_shows_this_services_address(client):
    page = client.get("/beispiel-einbindung", headers={"Host": "ikz.example.nrw"})
    assert page.status_code == 200
    assert f"http://ikz.example.nrw{SCRIPT}" in page.text
