from __future__ import annotations

import pytest

from data import Kind
from data.names import NameIndex, normalize


@pytest.fixture(scope="module")
def index(dataset) -> NameIndex:
    return NameIndex(dataset.bodies)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("bad sass", "Bad Sassendorf"),
        ("bad sasendorf", "Bad Sassendorf"),
        ("Basassendorf", "Bad Sassendorf"),
        ("muelheim", "Mülheim an der Ruhr"),
        ("mühlheim", "Mülheim an der Ruhr"),
        ("St. Augustin", "Sankt Augustin"),
        ("Castrop", "Castrop-Rauxel"),
        ("castroprauxel", "Castrop-Rauxel"),
        ("Kreis Höxter", "Kreis Höxter"),
        ("kreis hoexter", "Kreis Höxter"),
        ("Höxter", "Höxter"),
        ("Stadt Soest", "Soest"),
        ("Soest", "Soest"),
        ("lwl", "Landschaftsverband Westfalen-Lippe"),
        ("Düseldorf", "Düsseldorf"),
        ("05974008", "Bad Sassendorf"),
        ("059740008008", "Bad Sassendorf"),
        ("Rheda", "Rheda-Wiedenbrück"),
        ("schloss holte", "Schloß Holte-Stukenbrock"),
        ("minden luebbecke", "Kreis Minden-Lübbecke"),
    ],
)
def test_search_finds_first(index, typed, name):
    assert index.search(typed)[0].name == name


def test_search_tells_town_and_district_apart(index):
    assert {"Höxter", "Kreis Höxter"} <= {hit.name for hit in index.search("Höxter")}


@pytest.mark.parametrize("typed", ["", "   ", "…", "qqqqqqqqqqqqq"])
def test_search_finds_nothing_for_nothing(index, typed):
    assert index.search(typed) == []


def test_search_respects_its_limit(index):
    assert len(index.search("bad", 3)) == 3


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Gemeinde Bad Sassendorf", "05974008"),
        ("Stadt Erwitte", "05974016"),
        ("Stadt Soest", "05974040"),
        ("Soest", "05974040"),
        ("Kreis Soest", "05974"),
        ("Landkreis Soest", "05974"),
        ("Kreis Lippe", "05766"),
        ("Hochsauerlandkreis", "05958"),
        ("Städteregion Aachen", "05334"),
        ("Halle (Westf.)", "05754012"),
        ("Stadt Halle (Westf.)", "05754012"),
        ("Hennef", "05382020"),
        ("Landschaftsverband Rheinland", "LVR"),
        ("LVR", "LVR"),
        (" 05974008 ", "05974008"),
        ("059740008008", "05974008"),
        ("05974", "05974"),
        ("Solingen, Klingenstadt", "05122000"),
    ],
)
def test_resolve(index, text, key):
    assert index.resolve(text).key == key


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Bad Sasendorf", "Bad Sassendorf"),
        ("Kreis Bad Sassendorf", "Bad Sassendorf"),
        ("Stadt Hochsauerlandkreis", "Hochsauerlandkreis"),
        ("Erwite", "Erwitte"),
    ],
)
def test_what_is_not_exact_does_not_resolve_but_suggests(index, text, suggestion):
    resolution = index.resolve(text)
    assert resolution.key is None
    assert suggestion in [hit.name for hit in resolution.suggestions]
    assert len(resolution.suggestions) <= 3


def test_every_body_resolves_by_its_own_name_and_key(index, dataset):
    for key, name in dataset.bodies["name"].items():
        assert index.resolve(name).key == key
        assert index.resolve(key).key == key


def test_normalize():
    assert normalize("  Schloß-Holte / STUKENBROCK ") == "schloss holte stukenbrock"
    assert normalize("Langenfeld (Rhld.)") == "langenfeld rheinland"


def test_beside_a_name_that_begins_so_nothing_merely_alike_is_offered(index):
    assert [hit.name for hit in index.search("Nachr")] == ["Nachrodt-Wiblingwerde"]
    assert [hit.name for hit in index.search("Hamm")] == ["Hamm", "Hamminkeln"]
    assert [hit.name for hit in index.search("Krefled")] == ["Krefeld"]


def test_a_name_that_town_and_kreis_share_means_the_town(dataset):
    bodies = dataset.bodies.loc[["05974040", "05974"]].copy()
    bodies["official_name"] = "Soest"  # as registers of other Länder call both
    index = NameIndex(bodies)
    assert (index.resolve("Soest").key, index.resolve("Kreis Soest").key) == ("05974040", "05974")
    bodies["kind"] = Kind.DISTRICT.value
    assert NameIndex(bodies).resolve("Soest").key is None
