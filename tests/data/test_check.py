from __future__ import annotations

import json
import re
import unicodedata

import pytest

from data import DataError
from data.check import check_folder
from data.dataset import TABLES
from data.provenance import update_descriptor


def change(folder, name, old, new, count=1):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")
    update_descriptor(folder)


def add(folder, **changes):
    """Write the first known cooperation again, changed, into the operator's own file."""
    record = json.loads((TABLES / "cooperations.jsonl").read_text("utf-8").splitlines()[0])
    line = json.dumps(record | {"id": "e0001"} | changes, ensure_ascii=False) + "\n"
    (folder / "cooperations_own.jsonl").write_text(line, "utf-8")
    path = folder / "datapackage.json"
    document = json.loads(path.read_text("utf-8"))
    own = {**document["resources"][-1], "name": "own", "path": "cooperations_own.jsonl"}
    document["resources"].append(own)
    path.write_text(json.dumps(document), "utf-8")
    update_descriptor(folder)


def test_what_ships_is_in_order_and_says_what_is_known_of_it(dataset):
    checked = check_folder(TABLES)
    assert checked.summary.startswith(
        f"In Ordnung: 430 Körperschaften, {len(dataset.cooperations)} Kooperationen, Datenstand 20"
    )
    area = next(note for note in checked.notes if "weichen um mehr als 2 %" in note)
    assert re.search(r"Die Grenzen von 8 Gemeinden .*\(stärkste: Roetgen, -7,7 %\)", area)


def test_a_changed_file_is_named(folder):
    path = folder / "districts.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    with pytest.raises(DataError, match=r"districts\.csv: weicht von der Prüfsumme"):
        check_folder(folder)


def test_borders_that_came_out_empty_are_found(folder):
    (folder / "adjacency.csv").write_text("ags_a,ags_b,shared_border_km\n", "utf-8")
    update_descriptor(folder)
    sentence = r"adjacency\.csv, Feld „ags_a“: 396 Gemeinden haben Nachbarn auf der Karte, aber"
    with pytest.raises(DataError, match=sentence):
        check_folder(folder)


def test_neighbours_at_a_distance_are_found(folder):
    change(folder, "adjacency.csv", "05111000,05112000,", "05111000,05766052,")
    with pytest.raises(DataError, match="05111000 und 05766052 haben eine gemeinsame Grenze und"):
        check_folder(folder)


def test_a_seat_outside_its_municipality_is_found(folder):
    text = (folder / "municipalities.csv").read_text("utf-8")
    longitude = re.search(r"^05974008,.*?,(8\.\d+),", text, re.MULTILINE)[1]
    change(folder, "municipalities.csv", f",{longitude},", ",8.9,")
    with pytest.raises(DataError, match=r"05974008 \(Bad Sassendorf\): der Verwaltungssitz liegt"):
        check_folder(folder)


def test_a_year_to_come_is_found_unless_planned(folder):
    add(folder, status="geplant", start_year=2040)
    check_folder(folder)
    add(folder, status="aktiv", start_year=2040)
    with pytest.raises(DataError, match="e0001: 2040 liegt in der Zukunft, der Stand ist „aktiv“"):
        check_folder(folder)


def test_decomposed_letters_are_found(folder):
    add(folder, title=unicodedata.normalize("NFD", "Höhe"))
    with pytest.raises(DataError, match=r"cooperations_own\.jsonl, Zeile 1: enthält zerlegte Uml"):
        check_folder(folder)


def test_doubles_and_second_hand_sources_are_named(folder, dataset):
    first = dataset.cooperations[0]
    add(folder, source_url="https://docplayer.org/1-satzung.html", evidence_grade="A")
    notes = check_folder(folder).notes
    assert f"Hinweis: e0001 „{first.title}“ gleicht {first.id} „{first.title}“." in notes
    assert any("nur eine Abschrift oder ein Verzeichnis als Quelle" in note for note in notes)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "matter_texts.jsonl",
            '"kind"',
            '"art"',
            r"matter_texts\.jsonl, Zeile 1: keine gültige Zeile",
        ),
        ("matter_families.csv", "pattern", "muster", r"matter_families\.csv"),
    ],
)
def test_what_only_training_reads_is_checked_too(folder, name, old, new, told):
    change(folder, name, old, new)
    with pytest.raises(DataError, match=told):
        check_folder(folder)


@pytest.mark.parametrize(
    "name",
    ["municipalities.csv", "districts.csv", "adjacency.csv", "boundaries.geojson",
     "nearest_borders.npz", "cooperations.jsonl", "datapackage.json"],
)  # fmt: skip
@pytest.mark.parametrize("damage", ["empty", "half", "binary", "missing"])
def test_a_damaged_table_is_named_in_a_german_sentence(folder, name, damage):
    path = folder / name
    raw = path.read_bytes()
    path.write_bytes({"empty": b"", "half": raw[: len(raw) // 2], "binary": b"\xff\x00\x9f" * 90,
                      "missing": b""}[damage])  # fmt: skip
    if damage == "missing":
        path.unlink()
    with pytest.raises(DataError) as refused:
        check_folder(folder)
    sentence = str(refused.value)
    assert name in sentence or damage == "half"
    for word in ("Error", "codec", "Expecting", "No such", "tokeniz", "pickle", "zip", "columns"):
        assert word not in sentence
