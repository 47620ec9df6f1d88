"""`ikz data check`: what a data folder holds, beyond what loading it already refuses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from msgspec import Struct

from data import dataset, provenance
from data.boundary_check import AREA_TOLERANCE, check_boundaries
from data.cooperations import Cooperation
from data.errors import DataError, Problem
from data.formats.text import compose
from data.geometry import UTM32, shared_borders
from data.language import load_language
from data.source_pages import is_second_hand
from data.sources.doubles import Doubles
from data.terms import Kind, Status

_PLANNED_YEARS = 30  # a plan that lies further ahead is a typing error


class Checked(Struct, frozen=True):
    """A folder that is in order: one German sentence, and what a person may want to look at."""

    summary: str
    notes: tuple[str, ...]


def check_folder(folder: Path) -> Checked:
    """Check all tables, what ties them together, and their checksums.

    Raises
    ------
    DataError
        A table is broken, contradicts another or differs from its checksum; boundaries are not
        those of the register; a cooperation has a year that cannot be.
    """
    data = dataset.load(folder)
    load_language(folder)
    problems = provenance.check_hashes(folder)
    problems += _check_geometry(data)
    problems += [p for path in dataset.cooperation_files(folder) for p in _check_letters(path)]
    problems += _check_years(data.cooperations)
    if problems:
        raise DataError(problems)
    summary = (
        f"In Ordnung: {len(data.bodies)} Körperschaften, {len(data.cooperations)} Kooperationen, "
        f"Datenstand {data.version}"
    )
    return Checked(summary, (*_deviating(data), *_doubles(data.cooperations)))


def _check_geometry(data: dataset.Dataset) -> list[Problem]:
    """Compare the boundaries with the register, and the table of borders with the boundaries."""
    places = data.bodies[data.bodies["kind"] == Kind.MUNICIPALITY.value]
    full = places[["geometry"]].to_crs(UTM32)
    # The boundaries are compared with themselves as "present": generalisation is no error here,
    # and the notes name it; what is left are empty geometry and seats outside.
    problems = check_boundaries(full, places, full, "boundaries.geojson")
    touching = shared_borders(full.rename_axis("ags"))
    rows = full.index.get_indexer(touching["ags_a"]), full.index.get_indexer(touching["ags_b"])
    listed = data.border_km[: len(full), : len(full)] > 0
    drawn = np.zeros_like(listed)
    drawn[rows] = drawn[rows[::-1]] = True
    alone = full.index[~listed.any(axis=1) & drawn.any(axis=1)]
    if len(alone):
        message = (
            f"{len(alone)} Gemeinden haben Nachbarn auf der Karte, aber keine gemeinsame Grenze "
            f"(zuerst {alone[0]}). Bitte die Grenzen neu einlesen."
        )
        problems.append(Problem("adjacency.csv", message, field="ags_a"))
    far = np.argwhere(listed & (data.gap_km[: len(full), : len(full)] > 0.05))
    if len(far):
        pair = " und ".join(full.index[far[0]])
        message = f"{pair} haben eine gemeinsame Grenze und zugleich einen Abstand"
        problems.append(Problem("nearest_borders.npz", message))
    return problems


def _check_letters(path: Path) -> Iterable[Problem]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if compose(line) != line:
            message = "enthält zerlegte Umlaute oder Steuerzeichen; bitte neu einlesen"
            yield Problem(path.name, message, number)


def _check_years(cooperations: Sequence[Cooperation]) -> list[Problem]:
    this_year = datetime.date.today().year
    problems = []
    for cooperation in cooperations:
        year, planned = cooperation.start_year, cooperation.status is Status.PLANNED
        if year is not None and year > this_year + (_PLANNED_YEARS if planned else 0):
            message = f"{cooperation.id}: {year} liegt in der Zukunft, der Stand ist " + (
                f"„{cooperation.status.label}“"
            )
            problems.append(Problem("cooperations", message, field="start_year"))
    return problems


def _deviating(data: dataset.Dataset) -> list[str]:
    places = data.bodies[data.bodies["kind"] == Kind.MUNICIPALITY.value]
    ratio = pd.Series(
        places.geometry.to_crs(UTM32).area / 1e6 / places["area_km2"].astype(float) - 1
    )
    off = ratio[ratio.abs() > AREA_TOLERANCE]
    if off.empty:
        return []
    worst = off.abs().idxmax()
    share = f"{100 * off[worst]:+.1f} %".replace(".", ",")
    return [
        f"Hinweis: Die Grenzen von {len(off)} Gemeinden weichen um mehr als "
        f"{AREA_TOLERANCE * 100:g} % von der Fläche im Register ab (stärkste: "
        f"{places['name'][worst]}, {share}): Sie sind vereinfacht und älter als das Register."
    ]


def _doubles(cooperations: Sequence[Cooperation]) -> list[str]:
    seen = Doubles(())
    notes = []
    for cooperation in cooperations:
        twin = seen.find(cooperation)
        if twin is not None:
            notes.append(
                f"Hinweis: {cooperation.id} „{cooperation.title}“ gleicht {twin.id} „{twin.title}“."
            )
        seen.add(cooperation)
    weak = [c.id for c in cooperations if c.evidence_grade == "A" and is_second_hand(c.source_url)]
    if weak:
        notes.append(
            f"Hinweis: {len(weak)} Kooperationen mit Evidenz A haben nur eine Abschrift oder ein "
            f"Verzeichnis als Quelle: {', '.join(weak[:10])}{' …' if len(weak) > 10 else ''}"
        )
    return notes
