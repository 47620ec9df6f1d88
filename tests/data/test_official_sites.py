from __future__ import annotations

from data.official_sites import official_hosts, spelling

NAMES = {
    "1": "Bad Sassendorf",
    "2": "Kreis Soest",
    "3": "Zülpich",
    "4": "Neustadt",
    "5": "Neustadt",
}


def test_hosts_are_those_that_bear_the_name_of_one_body_alone():
    found = official_hosts(
        NAMES,
        [
            "https://www.bad-sassendorf.de/a", "https://gruene-zuelpich.de/", "http://stadt-zuelpich.de",
            "https://www.kreis-soest.de/x", "https://neustadt.de/", "https://soest.com/", "http://[kaputt",
        ],
    )  # fmt: skip
    assert found == {"1": "bad-sassendorf.de", "2": "kreis-soest.de", "3": "stadt-zuelpich.de"}


def test_umlauts_are_written_out():
    assert spelling("Hörstel (Westf.)") == "hoerstel"
