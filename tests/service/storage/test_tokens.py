"""Ids and secrets."""

from __future__ import annotations

import secrets

from service.storage.tokens import new_id


def test_no_id_looks_like_an_option_of_a_command(monkeypatch):
    monkeypatch.setattr(secrets, "token_urlsafe", lambda count: "-" * (4 * count // 3))
    assert new_id() == "a" + "-" * 15
