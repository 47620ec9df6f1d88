from __future__ import annotations

import pytest

from data.official_sites import official_hosts, spelling

NAMES = {
    "1": "Bad Sassendorf",
    "2": "Kreis Soest",
    "3": "Zülpich",
    "4": "Neustadt",
    "5": "Neustadt",
    "6": "Mülheim an der Ruhr",
    "7": "Kreis Siegen-Wittgenstein",
    "8": "Soest",
    "9": "Münster",
    "RVR": "Regionalverband Ruhr",
}
ALL = tuple(NAMES)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.bad-sassendorf.de/a", {"1": "bad-sassendorf.de"}),
        ("https://rathaus.bad-sassendorf.de/leben", {"1": "bad-sassendorf.de"}),
        ("http://stadt-zuelpich.de", {"3": "stadt-zuelpich.de"}),
        ("https://www.kreis-soest.de/x", {"2": "kreis-soest.de"}),
        ("https://politik.kreis-soest.de/x", {"2": "kreis-soest.de"}),
        ("https://soest.de/", {"8": "soest.de"}),
        ("https://muelheim-ruhr.de/", {"6": "muelheim-ruhr.de"}),
        ("https://ris.muelheim.de/", {"6": "muelheim.de"}),
        ("https://www.siegen-wittgenstein.de/", {"7": "siegen-wittgenstein.de"}),
        ("https://www.rvr.ruhr/themen/", {"RVR": "rvr.ruhr"}),
        ("https://soest.ruhr/", {}),
        ("https://gruene-zuelpich.de/", {}),
        ("https://zuelpich.gruene.de/", {}),
        ("https://zuelpich.active-city.net/", {}),
        ("https://neustadt.de/", {}),
        ("https://soest.com/", {}),
        ("http://[kaputt", {}),
        ("", {}),
    ],
)
def test_domains_are_those_that_bear_the_name_of_one_body_alone(address, expected):
    assert official_hosts(NAMES, [(address, ALL)]) == expected


def test_who_takes_no_part_in_what_a_page_documents_is_not_taken_for_its_owner():
    page = "https://zuelpich.de/"
    assert official_hosts(NAMES, [(page, ("1",))]) == {}
    assert official_hosts(NAMES, [(page, ("1", "3"))]) == {"3": "zuelpich.de"}
    assert official_hosts(NAMES, [], [page]) == {"3": "zuelpich.de"}


def test_a_domain_that_says_what_it_is_needs_no_more():
    pages = [
        ("https://www.kreis-soest.de/x", ("1",)),
        ("https://stadt-zuelpich.de/", ()),
        ("https://www.rvr.ruhr/", ("1",)),
    ]
    assert official_hosts(NAMES, pages) == {
        "2": "kreis-soest.de",
        "3": "stadt-zuelpich.de",
        "RVR": "rvr.ruhr",
    }


def test_a_domain_that_says_what_it_is_comes_first():
    pages = [("https://muenster.de/", ("9",)), ("https://www.stadt-muenster.de/", ("9",))]
    assert official_hosts(NAMES, pages) == {"9": "stadt-muenster.de"}


def test_umlauts_are_written_out():
    assert spelling("Hörstel (Westf.)") == "hoerstel"
