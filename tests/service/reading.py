"""Pages as a browser asks for them, and their headings."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

HTML = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def page(client: TestClient, address: str, status: int = 200) -> str:
    response = client.get(address, headers=HTML, follow_redirects=False)
    assert response.status_code == status, address
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return response.text


def headings(text: str, level: int = 1) -> list[str]:
    found = re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", text, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", heading).strip() for heading in found]
