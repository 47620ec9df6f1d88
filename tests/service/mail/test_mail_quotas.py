from __future__ import annotations

import pytest

from service.text_fields import mailbox_of
from tests.service.mailbox import ARCHIVE, MESSAGE, Site, bearer


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("Anna.Amt+Archiv@Soest.example", "anna.amt@soest.example"),
        ("anna.amt@soest.example", "anna.amt@soest.example"),
        ("+tag@soest.example", "+tag@soest.example"),
    ],
)
def test_a_tag_makes_no_new_mailbox(address, mailbox):
    assert mailbox_of(address) == mailbox


def test_a_mailbox_gets_so_many_mails_an_hour_whatever_its_tag(site: Site):
    for number in range(6):
        sent = site.client.post("/v1/searches", json=ARCHIVE | {"email": f"a+{number}@x.example"})
        assert sent.status_code == 202
    refused = site.client.post("/v1/searches", json=ARCHIVE | {"email": "A+x@x.example"})
    assert refused.status_code == 429
    assert refused.headers["RateLimit-Policy"] == '"mails-mailbox";q=6;w=3600'
    assert "genug Post" in refused.json()["detail"]
    assert len(site.mailbox.mails) == 6
    site.restart()  # it is no count of one process
    assert (
        site.client.post("/v1/searches", json=ARCHIVE | {"email": "a@x.example"}).status_code == 429
    )
    site.clock.turn(hours=1)
    assert (
        site.client.post("/v1/searches", json=ARCHIVE | {"email": "a@x.example"}).status_code == 202
    )


def test_a_domain_gets_so_many_mails_an_hour(site: Site, monkeypatch):
    from service.mail import mail_quotas

    few = mail_quotas.Quota("mails-domain", 2, mail_quotas._HOUR, "Zu dieser Domain genug.")
    monkeypatch.setattr(mail_quotas, "_DOMAIN", few)
    for name, status in (("a", 202), ("b", 202), ("c", 429)):
        answer = site.client.post("/v1/searches", json=ARCHIVE | {"email": f"{name}@x.example"})
        assert answer.status_code == status
    other = site.client.post("/v1/searches", json=ARCHIVE | {"email": "c@y.example"})
    assert other.status_code == 202


def test_a_writer_can_write_so_many_messages_an_hour(site: Site):
    openings = [site.open(email=f"o{number}@soest{number}.example") for number in range(7)]
    answers = [
        site.client.post(f"/v1/searches/{identifier}/messages", json=MESSAGE).status_code
        for identifier, _ in openings
    ]
    assert answers == [202] * 6 + [429]
    identifier, token = openings[0]
    assert (
        site.client.delete(f"/v1/searches/{identifier}", headers=bearer(token)).status_code == 204
    )


def test_hints_and_remembered_searches_flood_no_mailbox_either(site: Site):
    """Many records and many tags: it stays one mailbox, and one count with all other mails."""
    saved = {"body": "05974008", "text": ARCHIVE["description"]}
    hint = {"claim": "stimmt", "text": "", "email": "anna@soest.example"}
    records = [each.id for each in site.matcher.dataset.cooperations[:4]]
    answers = [site.client.post(f"/hinweise/zu/{record}", data=hint) for record in records]
    answers += [
        site.client.post("/benachrichtigung/neu", data=saved | {"email": f"anna+{n}@soest.example"})
        for n in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429] * 2
    assert "genug Post" in answers[-1].text
    refused = site.client.post(f"/hinweise/zu/{records[0]}", data=hint)
    assert refused.status_code == 429
    # Who wants no mail is not held up by the mails of others.
    assert site.client.post(f"/hinweise/zu/{records[0]}", data=hint | {"email": ""}).is_success
    assert len(site.mailbox.mails) == 6
