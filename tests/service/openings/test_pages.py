from __future__ import annotations

import re
from html import unescape

import pytest

from service.openings.publishing import Openings
from tests.service.mailbox import (
    ARCHIVE,
    MESSAGE,
    OWNER,
    SAME_MATTER,
    text,
)

SCRIPT = "<script>alert(1)</script>"
BROKEN = '"><img src=x onerror=alert(1)>'


NO_MATTER = {"title": "asdf", "description": "qwer yxcv"}


def mailed_links(site) -> list[str]:
    return re.findall(r"http://127\.0\.0\.1:8000(/\S+)", text(site.mailbox.mails[-1]))


def fields(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form is not None, action
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    return {name: unescape(value) for name, value in hidden}


def test_a_person_publishes_manages_and_deletes_with_forms_alone(site):
    client = site.client
    assert "Zurzeit gibt es keine offenen Gesuche." in client.get("/gesuche").text
    form = client.get("/gesuche/neu?body=Soest&task_area=archiv")
    assert 'value="Soest"' in form.text
    assert '<option value="archiv" selected>' in form.text
    assert "<script" not in form.text
    assert "style=" not in form.text

    sent = client.post("/gesuche/neu", data=ARCHIVE)
    assert sent.url.path == "/gesuche/neu/gesendet"
    assert "Eine E-Mail ist zu Ihnen unterwegs" in sent.text
    confirm, manage = mailed_links(site)

    asked = client.get(confirm)
    assert ARCHIVE["title"] in asked.text
    assert "keine offenen Gesuche" in client.get("/gesuche").text
    action = confirm.partition("?")[0]
    managed = client.post(action, data=fields(asked.text, action))
    assert managed.url.path == manage.partition("?")[0]
    assert "Ihr Gesuch ist veröffentlicht." in managed.text
    assert client.get(confirm).url.path == manage.partition("?")[0]  # a second click
    listed = client.get("/gesuche").text
    assert "1 offenes Gesuch" in listed
    address = re.search(r'href="(/gesuche/[\w-]{16})"', listed)[1]
    assert "offen bis 30.05.2027" in client.get(address).text

    secret = fields(managed.text, manage.partition("?")[0])
    changed = client.post(
        manage.partition("?")[0],
        data=secret
        | {"title": "Neuer Titel", "description": "Archiv", "task_area": "schule-bildung"},
    )
    assert "Ihre Änderungen sind gespeichert." in changed.text
    assert "Neuer Titel" in client.get(address).text
    assert "Schule und Bildung" in client.get(address).text

    site.clock.turn(days=91)
    assert "abgelaufen" in client.get(manage).text
    assert client.get(address).status_code == 404
    client.post(f"{address}/verlaengern", data=secret)
    assert "Neuer Titel" in client.get(address).text
    closed = client.post(f"{address}/schliessen", data=secret)
    assert "Ihr Gesuch ist geschlossen." in closed.text
    assert client.get(address).status_code == 404

    asked = client.get(f"{address}/loeschen?token={secret['token']}")
    assert "lässt sich nicht rückgängig machen" in asked.text
    assert client.get(manage).status_code == 200
    gone = client.post(f"{address}/loeschen", data=secret)
    assert "Ihr Gesuch und Ihre Kontaktdaten sind gelöscht" in gone.text
    assert client.get(manage).status_code == 404


def test_a_message_is_sent_from_the_page(site):
    identifier, _ = site.open()
    page = site.client.get(f"/gesuche/{identifier}").text
    assert f'action="/gesuche/{identifier}/nachricht"' in page
    assert "mitgeschickt" in page
    sent = site.client.post(f"/gesuche/{identifier}/nachricht", data=MESSAGE)
    assert "Ihre Nachricht ist unterwegs" in sent.text
    assert OWNER not in sent.text
    assert "wir hätten Interesse." in text(site.mailbox.mails[-1])
    assert site.mailbox.recipients[-1] == [OWNER]


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"body": "Bad Sasendorf"}, "body", "Gemeint sein könnte: Bad Sassendorf"),
        ({"body": ""}, "body", "Bitte die suchende Kommune angeben."),
        ({"title": ""}, "title", "Diese Angabe fehlt."),
        ({"description": " \r\n "}, "description", "Diese Angabe fehlt."),
        ({"task_area": "Zauberei"}, "task_area", "ist unbekannt"),
        (NO_MATTER, "description", "Der Text ist nicht zu verstehen."),
        ({"name": ""}, "name", "Diese Angabe fehlt."),
        ({"email": "anna"}, "email", "Bitte eine E-Mail-Adresse angeben"),
    ],
)
def test_wrong_input_is_named_and_nothing_typed_is_lost(site, change, field, sentence):
    typed = ARCHIVE | change
    page = site.client.post("/gesuche/neu", data=typed)
    assert page.status_code == 422
    assert page.text.count(sentence) == 2  # in the summary and at the field
    assert f'<a class="kern-link" href="#{field}">' in page.text
    assert f'id="{field}-error"' in page.text
    assert page.text.count('aria-invalid="true"') == 1
    for name in {"body", "title", "name", "email"} - {field}:
        assert f'value="{typed[name]}"' in page.text
    assert site.mailbox.mails == []


def test_who_chooses_a_task_area_has_a_matter(site):
    sent = site.client.post("/gesuche/neu", data=ARCHIVE | NO_MATTER | {"task_area": "archiv"})
    assert sent.url.path == "/gesuche/neu/gesendet"


def test_an_owner_cannot_change_a_matter_into_none(site):
    identifier, token = site.open()
    typed = NO_MATTER | {"task_area": "", "token": token}
    page = site.client.post(f"/gesuche/{identifier}/verwalten", data=typed)
    assert page.status_code == 422
    assert 'id="description-error"' in page.text
    assert "qwer yxcv</textarea>" in page.text
    assert site.client.get(f"/v1/searches/{identifier}").json()["title"] == ARCHIVE["title"]


def test_a_text_of_the_full_length_is_taken_however_lines_end(site):
    lines = "\r\n".join(["Archiv gemeinsam führen"] * 416)
    assert len(lines) > 10_000 > len(lines.replace("\r\n", "\n"))
    sent = site.client.post("/gesuche/neu", data=ARCHIVE | {"description": lines})
    assert sent.url.path == "/gesuche/neu/gesendet"


def test_scripts_are_shown_never_run(site):
    wild = {"title": SCRIPT, "description": f"Archiv {SCRIPT} {BROKEN}", "name": BROKEN}
    identifier, token = site.open(**wild, task_area="archiv")
    pages = [
        site.client.get("/gesuche"),
        site.client.get(f"/gesuche/{identifier}"),
        site.client.get(f"/gesuche/{identifier}/verwalten?token={token}"),
        site.client.get(f"/gesuche/{identifier}/loeschen?token={token}"),
        site.client.post("/gesuche/neu", data=wild | {"body": BROKEN, "email": SCRIPT}),
        site.client.post(
            f"/gesuche/{identifier}/nachricht", data={"name": BROKEN, "message": SCRIPT}
        ),
        site.client.get("/gesuche", params={"body": BROKEN, "task_area": SCRIPT}),
    ]
    for page in pages:
        assert "<script" not in page.text, page.url
        assert "<img" not in page.text, page.url
        assert "&lt;script&gt;" in page.text or "&lt;img" in page.text, page.url
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["bestaetigen", "verwalten", "loeschen"])
def test_a_wrong_link_is_refused(site, page):
    identifier, token = site.open()
    _, foreign = site.publish(**SAME_MATTER)
    for wrong in ("", "x", foreign):
        refused = site.client.get(f"/gesuche/{identifier}/{page}?token={wrong}")
        assert refused.status_code == 403
        assert ARCHIVE["title"] not in refused.text
        assert (
            site.client.post(f"/gesuche/{identifier}/{page}", data={"token": wrong}).status_code
            == 403
        )
    assert site.client.get(f"/gesuche/unbekannt/{page}?token={token}").status_code == 404
    assert site.listed() == [identifier]


def test_pages_with_a_secret_are_neither_kept_nor_told_elsewhere(site):
    identifier, token = site.open()
    page = site.client.get(f"/gesuche/{identifier}/verwalten?token={token}")
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_list_is_filtered_and_paged(site):
    first, _ = site.open()
    site.open(**SAME_MATTER | {"task_area": "Volkshochschule"})
    page = site.client.get("/gesuche?task_area=archiv").text
    assert "1 offenes Gesuch" in page
    assert first in page
    assert SAME_MATTER["title"] not in page
    assert "Mit weniger Filtern" in site.client.get("/gesuche?body=Kleve").text
    wrong = site.client.get("/gesuche?body=Atlantis")
    assert wrong.status_code == 422
    assert 'id="body-error"' in wrong.text
    store = site.client.app.state.ikz[Openings].store
    from service.openings.opening import Contact, Words

    for number in range(20):
        contact = Contact("Anna Amt", f"a{number}@soest.example")
        search, token = store.add("05974040", Words(f"Gesuch {number}", "Text"), contact)
        store.confirm(search.id, token)
    site.clock.turn(minutes=1)
    listed = site.client.get("/gesuche").text
    assert "22 offene Gesuche" in listed
    assert "Seite 1 von 2" in listed
    following = unescape(re.search(r'rel="next" href="([^"]+)"', listed)[1])
    assert site.client.get(following).text.count("<article") == 2


def test_without_mail_the_pages_say_so(site):
    identifier, _ = site.open()
    site.restart(smtp_host="")
    assert "Kein E-Mail-Versand eingerichtet" in site.client.get("/gesuche/neu").text
    assert "Kein E-Mail-Versand eingerichtet" in site.client.get(f"/gesuche/{identifier}").text
    page = site.client.post("/gesuche/neu", data=ARCHIVE)
    assert page.status_code == 503
    assert f'value="{ARCHIVE["title"]}"' in page.text


def test_the_form_can_be_filled_from_a_search(site):
    page = site.client.post(
        "/gesuche/neu/vorlage", data={"body": "Soest", "text": "Archiv gemeinsam führen"}
    )
    assert page.status_code == 200
    assert 'value="Soest"' in page.text
    assert "Archiv gemeinsam führen</textarea>" in page.text
    assert "aria-invalid" not in page.text
