from __future__ import annotations

import unicodedata

import pytest

from data.sources.participants import read_participants

BAD_SASSENDORF, ERWITTE, SOEST, KREIS_SOEST = "05974008", "05974016", "05974040", "05974"


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("Gemeinde Bad Sassendorf; Stadt Erwitte; Kreis Soest", (BAD_SASSENDORF, ERWITTE, KREIS_SOEST)),
        ("Bad Sassendorf, Erwitte und Soest", (BAD_SASSENDORF, ERWITTE, SOEST)),
        ("Bad Sassendorf, Erwitte sowie der Kreis Soest", (BAD_SASSENDORF, ERWITTE, KREIS_SOEST)),
        ("Städte Erwitte und Soest", (ERWITTE, SOEST)),
        ("Die Städte Soest, Erwitte und die Gemeinde Bad Sassendorf", (SOEST, ERWITTE, BAD_SASSENDORF)),
        ("Städte und Gemeinden Soest, Bad Sassendorf", (SOEST, BAD_SASSENDORF)),
        ("Kreise Soest und Unna", (KREIS_SOEST, "05978")),
        ("Kreis Soest, Soest, Unna", (KREIS_SOEST, SOEST, "05978036")),
        ("Kreise Soest, Unna und Städte Hamm, Soest", (KREIS_SOEST, "05978", "05915000", SOEST)),
        ("Fröndenberg/Ruhr/Unna", ("05978012", "05978036")),
        ("Soest, Stadt, Erwitte, Stadt", (SOEST, ERWITTE)),
        ("Meschede, Kreis- und Hochschulstadt, Soest", ("05958032", SOEST)),
        ("Halle (Westf.), Werther (Westf.)", ("05754012", "05754052")),
        ("Soest (federführend), Erwitte", (SOEST, ERWITTE)),
        ("5974040, 05 9 74 008, 5974", (SOEST, BAD_SASSENDORF, KREIS_SOEST)),
        ("Soest & Erwitte", (SOEST, ERWITTE)),
        ("Stadt und Kreis Soest", (SOEST, KREIS_SOEST)),
        ("kreisfreie Städte Bonn und Köln", ("05314000", "05315000")),
        ("Mülheim a. d. Ruhr, Haltern a. See", ("05117000", "05562016")),
        ("Kreis Lippe mit den Städten Lage und Lemgo", ("05766", "05766040", "05766044")),
        ("Soest\nErwitte\n", (SOEST, ERWITTE)),
        ("Soest; Soest, Stadt Soest", (SOEST,)),
        ("LWL, LVR und RVR", ("LWL", "LVR", "RVR")),
        ("Rhein-Kreis Neuss und StädteRegion Aachen", ("05162", "05334")),
        ("Landschaftsverbände Rheinland und Westfalen-Lippe", ("LVR", "LWL")),
        (unicodedata.normalize("NFD", "Höxter und Lügde"), ("05762020", "05766052")),
        ("", ()),
    ],
)  # fmt: skip
def test_cells_as_the_portal_and_offices_write_them(index, cell, keys):
    found = read_participants(cell, index)
    assert found.unknown == ()
    assert found.keys == keys


def test_every_name_of_the_register_is_one_participant(dataset, index):
    for column in ("name", "official_name"):
        for key, name in dataset.bodies[column].items():
            if index.resolve(name).key is not None:
                assert read_participants(name, index).keys == (key,), name


def test_all_names_in_one_cell(dataset, index):
    towns = dataset.bodies.iloc[:396]
    cell = ", ".join(towns["name"][:-1]) + " und " + towns["name"].iloc[-1]
    assert read_participants(cell, index).keys == tuple(towns.index)


def test_what_is_no_body_is_kept_with_suggestions(index):
    found = read_participants("Soest, Bad Sasendorf und Stadtwerke Soest", index)
    assert found.keys == (SOEST,)
    assert [text for text, _ in found.unknown] == ["Bad Sasendorf", "Stadtwerke Soest"]
    assert found.unknown[0][1].suggestions[0].key == BAD_SASSENDORF


@pytest.mark.parametrize(
    ("former", "key", "sentence"),
    [
        ("Haltern", "05562016", "„Haltern“ heißt seit 2001 Haltern am See (05562016)."),
        ("Stadt Wünnenberg", "05774040", "heißt seit 2000 Bad Wünnenberg"),
        ("Erftkreis", "05362", "heißt seit 2003 Rhein-Erft-Kreis"),
        ("Kreis Aachen", "05334", "heißt seit 2009 StädteRegion Aachen"),
        ("05354004", "05334004", "heißt seit 2009 Alsdorf (05334004)."),
        ("05313000", "05334002", "heißt seit 2009 Aachen (05334002)."),
    ],
)
def test_former_names_and_keys_are_named(index, former, key, sentence):
    found = read_participants(former, index)
    assert found.keys == (key,)
    assert sentence in found.renamed[0]


@pytest.mark.parametrize(
    "cell", ["Stadt,", "Städte", ", und ", "(", "/", "Kreis", "-", "die", "()"]
)
def test_scraps_are_unknown_or_nothing_but_no_error(index, cell):
    assert read_participants(cell, index).keys == ()
