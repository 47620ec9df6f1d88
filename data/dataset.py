"""All facts in one immutable object, loaded once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from msgspec import Struct, field, structs
from scipy.sparse import csr_array

from data import bodies as body_table
from data import provenance, schemas
from data.beyond import Ground, extend
from data.competences import read_competences
from data.cooperations import Cooperation, check_participants, read_cooperations
from data.errors import DataError, Problem
from data.geometry import read_boundaries
from data.matters import MATTERS, Matters, read_matters
from data.pairs import PairTable, SparseTable
from data.provenance import NOTHING_SEALED, Resource, Sealed, read_descriptor
from data.region import HOME, Region
from data.terms import Kind

TABLES = Path(__file__).parent / "tables"
COOPERATION_FILES = (
    "cooperations.jsonl",
    "cooperations_2026-11-26.jsonl",
    "cooperations_gpanrw.jsonl",
    "cooperations_own.jsonl",
)


class Dataset(Struct, frozen=True):
    """The register, its geometry and the known cooperations.

    Row i of every array is row i of `bodies` (municipalities, Kreise, associations of the Land;
    then, where more is served, those beyond its border).

    Attributes
    ----------
    bodies
        GeoDataFrame, index `key`; see `bodies.build_bodies`.
    members
        (n, n_municipalities) 1 where one belongs to a body; a municipality belongs to itself.
    seat_km, gap_km, border_km
        (n, n) float32, km, a row at a time: between seats, between nearest borders, length of the
        common border.
    cooperations
        In the order of the files.
    resources
        Source, date and licence of each file.
    version
        Date of the newest file and a hash over all of them.
    matters
        What cooperations are about, finer than a task area.
    region
        Which bodies are served.
    home
        Number of bodies of the Land, which come first; None: all are.
    """

    bodies: gpd.GeoDataFrame
    members: csr_array
    seat_km: PairTable
    gap_km: PairTable
    border_km: SparseTable
    cooperations: tuple[Cooperation, ...]
    resources: tuple[Resource, ...]
    version: str
    matters: Matters = field(default_factory=Matters)
    region: Region = HOME
    home: int | None = None

    def of_land(self) -> Dataset:
        """Return the same of the Land alone, as if nothing beyond its border were served."""
        count = self.home or len(self.bodies)
        bodies = self.bodies.iloc[:count]
        places = int((bodies["kind"] == Kind.MUNICIPALITY.value).sum())
        return structs.replace(
            self,
            bodies=bodies,
            members=csr_array(self.members[:count, :places]),
            seat_km=body_table.seat_distances(bodies),
            gap_km=PairTable(count, lambda row: self.gap_km[row][:count].copy()),
            border_km=SparseTable(csr_array(self.border_km.values[:count, :count])),
            region=HOME,
            home=count,
        )


def load(folder: Path | None = None, region: Region = HOME, trusting: bool = False) -> Dataset:
    """Load and check all tables.

    Parameters
    ----------
    folder
        Folder with the tables; default the one that ships with the package.
    region
        Which bodies are served: the Land, and which beyond its border.
    trusting
        Read tables that are as their checksums say without checking each cell again: it was done
        when the checksum was written. What ties tables together is checked in any case.

    Raises
    ------
    DataError
        A table is missing, broken or contradicts another; nothing is loaded then.
    """
    folder = folder or TABLES
    sealed = provenance.sealed(TABLES, folder) if trusting else NOTHING_SEALED
    municipalities, districts, adjacency = (
        schemas.read_csv(folder / name, schema, sealed)
        for name, schema in (
            ("municipalities.csv", schemas.MUNICIPALITIES),
            ("districts.csv", schemas.DISTRICTS),
            ("adjacency.csv", schemas.ADJACENCY),
        )
    )
    bodies = body_table.build_bodies(
        municipalities, districts, read_boundaries(folder / "boundaries.geojson")
    )
    places = bodies.index[bodies["kind"] == Kind.MUNICIPALITY.value]
    _check_adjacency(adjacency, places)
    members = body_table.membership(bodies)
    gap = _read_gaps(folder / "nearest_borders.npz", places)
    land = Ground(bodies, members, body_table.border_pairs(adjacency, places), lambda *at: gap[at])
    ground = land if region.is_home else extend(land, folder, region)
    return Dataset(
        bodies=ground.bodies,
        members=ground.members,
        seat_km=body_table.seat_distances(ground.bodies),
        gap_km=body_table.nearest_distances(ground.gap, ground.members),
        border_km=body_table.border_lengths(ground.borders, ground.members),
        cooperations=_load_cooperations(folder, bodies.index, sealed),
        resources=tuple(read_descriptor(folder)),
        version=_version(folder),
        matters=_load_matters(folder, sealed),
        region=region,
        home=len(bodies),
    )


def cooperation_files(folder: Path) -> list[Path]:
    """Return the files of cooperations that a data folder holds, in their fixed order."""
    return [folder / name for name in COOPERATION_FILES if (folder / name).is_file()]


def _load_cooperations(folder: Path, keys: pd.Index, sealed: Sealed) -> tuple[Cooperation, ...]:
    loaded: dict[str, Cooperation] = {}
    for path in cooperation_files(folder):
        fresh = read_cooperations(path, sealed)
        check_participants(fresh, keys, path.name)
        twice = [c.id for c in fresh if c.id in loaded]
        if twice:
            raise DataError([Problem(path.name, f"„{i}“ gibt es schon", field="id") for i in twice])
        loaded |= {cooperation.id: cooperation for cooperation in fresh}
    return tuple(loaded.values())


def _load_matters(folder: Path, sealed: Sealed) -> Matters:
    """Read the matters; those that a data folder lacks are the shipped ones."""
    laws, matters = (
        folder if (folder / name).is_file() else TABLES for name in ("competences.csv", MATTERS)
    )
    return read_matters(matters, read_competences(laws / "competences.csv", sealed))


def _read_gaps(path: Path, places: pd.Index) -> npt.NDArray[np.float32]:
    if not path.is_file():
        raise DataError(
            [Problem(path.name, f"Die Datei fehlt ({path}). python -m data.build erzeugt sie.")]
        )
    try:
        with np.load(path, allow_pickle=False) as stored:
            keys, decametres = stored["ags"], stored["decametres"]
    except Exception:  # a damaged archive breaks zip, its directory or numpy: many hierarchies
        message = "ist beschädigt. python -m data.build erzeugt sie neu."
        raise DataError([Problem(path.name, message)]) from None
    if list(keys) != list(places):
        raise DataError(
            [
                Problem(
                    path.name,
                    "passt nicht zum Register. python -m data.build erzeugt sie neu.",
                    field="ags",
                )
            ]
        )
    gap = np.zeros((len(keys), len(keys)), np.float32)
    gap[np.triu_indices(len(keys), k=1)] = decametres / np.float32(100)
    return gap + gap.T


def _check_adjacency(adjacency: pd.DataFrame, places: pd.Index) -> None:
    problems = [
        Problem("adjacency.csv", f"„{ags}“ steht nicht im Register", int(row) + 2, field)
        for field in ("ags_a", "ags_b")
        for row, ags in adjacency.loc[~adjacency[field].isin(places), field].items()
    ]
    if problems:
        raise DataError(problems)


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    names = ["municipalities.csv", "districts.csv", "adjacency.csv", "boundaries.geojson",
             "nearest_borders.npz", *(p.name for p in cooperation_files(folder))]  # fmt: skip
    for name in names:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    # Words and texts for training are no part of the facts that this version stands for.
    date = max(r.date for r in read_descriptor(folder) if r.path in names)
    return f"{date}+{digest.hexdigest()[:12]}"
