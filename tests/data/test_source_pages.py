from __future__ import annotations

import pytest

from data.source_pages import host_of, is_second_hand


@pytest.mark.parametrize(
    "url",
    [
        "https://interkommunales.nrw/wp-sitemap.xml",
        "http://docplayer.org/40203734-Ilek.html",
        "https://www.yumpu.com/de/document/view/1",
        "https://de.m.wikipedia.org./wiki/KRZN",
        "https://wikipedia.k8s.example.it/content/x",
        "https://de.wiki.li/Schwalmverband",
        "http://www.dorsten-lexikon.de/studieninstitut/",
    ],
)
def test_copies_encyclopedias_and_lists(url):
    assert is_second_hand(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://interkommunales.nrw/projekt/betrieb-der-musikschule/",
        "https://www.kreis-coesfeld.de/sessionnet/sessionnetbi/vo0050.php?__kvonr=6077",
        "https://www.wp.de/staedte/olpe/article1/musikschulen.html",
        "https://www.spd-kreistagsfraktion-borken.de/index.php/sitemap/39-zu-gast",
    ],
)
def test_pages_of_those_who_know(url):
    assert not is_second_hand(url)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Soest.de/seite?x=1", "www.soest.de"),
        ("https://name@rathaus.werl.de:8443/", "rathaus.werl.de"),
        ("http://[", ""),  # an unclosed bracket
        ("Ratsvorlage 12/2024", ""),
        ("", ""),
    ],
)
def test_a_host_is_read_where_there_is_one(address, host):
    assert host_of(address) == host
