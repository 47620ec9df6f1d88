"""What a profile says one might join, and through whom."""

from __future__ import annotations

from service.content.joinable import joinable_by
from tests.service.reading import page


def test_those_come_first_whose_members_one_works_with(matcher):
    found = joinable_by(matcher, "05974008")
    assert 3 <= len(found) <= 5
    assert len({each.cooperation.task_area for each in found}) == len(found)
    ours = {c.task_area for c in matcher.cooperations_of("05974008")}
    assert not ours & {each.cooperation.task_area for each in found}
    assert found[0].shared is not None
    assert found[0].through in found[0].cooperation.participants
    assert found[0].through in found[0].shared.participants
    # It has a LEADER region of its own.
    assert not [each for each in found if "LEADER" in each.cooperation.title]


def test_nobody_joins_what_lies_far(matcher):
    titles = {each.cooperation.title for each in joinable_by(matcher, "05154024")}
    assert "Rheinisches Landestheater Neuss e.V. – Trägerverein" not in titles
    assert joinable_by(matcher, "LWL") == []


def test_the_profile_says_through_whom(client):
    section = page(client, "/kommunen/05974008").split('id="beitreten"')[1].split("</section>")[0]
    assert "Dabei: <a" in section
    assert "Nachbar und schon Partner bei „" in section
