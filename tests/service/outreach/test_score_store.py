from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from msgspec import structs
from sqlalchemy import func, select, update

from data import TaskArea
from matcher.known.knowledge import Knowledge
from matcher.outreach import Fits, input_keys
from service.outreach import computation
from service.outreach.background import OutreachStore
from service.outreach.computation import compute
from service.outreach.score_store import ScoreStore
from service.storage import Database
from service.storage.tables import OutreachPieceRow

pytestmark = pytest.mark.usefixtures("scored_once")  # asked is what is kept of it, and when
AREAS = (TaskArea.ARCHIV, TaskArea.STANDESAMT, TaskArea.IT)
START = datetime(2027, 1, 1, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'scores.db'}")
    yield database
    database.close()


@pytest.fixture
def scores(database, clock) -> ScoreStore:
    return ScoreStore(database, clock)


@pytest.fixture(scope="module")
def whole(degraded) -> Fits:
    return compute(degraded, areas=AREAS)


@pytest.fixture
def scored(monkeypatch) -> list[tuple[TaskArea, ...]]:
    """Note which areas are scored anew."""
    asked: list[tuple[TaskArea, ...]] = []
    score = computation.score_chunk

    def note(knowledge, ranker, searchers, areas):
        asked.append(areas)
        return score(knowledge, ranker, searchers, areas)

    monkeypatch.setattr(computation, "score_chunk", note)
    return asked


def stored(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(OutreachPieceRow)) or 0


def test_what_was_computed_is_found_again_bit_by_bit(degraded, whole, scores, database, scored):
    first = compute(degraded, areas=AREAS, scores=scores)
    assert scored == [AREAS]
    told: list[tuple[int, int]] = []
    again = compute(degraded, progress=lambda *step: told.append(step), areas=AREAS, scores=scores)
    assert scored == [AREAS]
    assert told == [(3, 3)]
    assert stored(database) == 3
    for fits in (first, again):
        assert fits.areas == whole.areas
        assert np.array_equal(fits.table, whole.table)


def test_only_what_is_missing_is_computed(degraded, whole, scores, scored):
    compute(degraded, areas=AREAS[:1], scores=scores)
    fits = compute(degraded, areas=AREAS, scores=scores)
    assert scored == [AREAS[:1], AREAS[1:]]
    assert np.array_equal(fits.table, whole.table)


def test_a_killed_computation_goes_on_where_it_was(degraded, whole, scores, scored, monkeypatch):
    monkeypatch.setattr(computation, "plan", lambda areas, size=4: [(area,) for area in areas])

    def killed(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute(degraded, progress=killed, areas=AREAS, scores=scores)
    fits = compute(degraded, areas=AREAS, scores=scores)
    assert scored == [(area,) for area in AREAS]
    assert np.array_equal(fits.table, whole.table)


def changed(matcher, knowledge: Knowledge):
    return dataclasses.replace(matcher, knowledge=knowledge)


def test_a_corrected_title_changes_nothing_a_new_cooperation_all(degraded, scores, scored):
    known = degraded.knowledge
    compute(degraded, areas=AREAS, scores=scores)
    corrected = tuple(
        structs.replace(c, title=f"{c.title} (berichtigt)") for c in known.cooperations
    )
    renamed = changed(degraded, dataclasses.replace(known, cooperations=corrected))
    compute(renamed, areas=AREAS, scores=scores)
    assert scored == [AREAS]
    fewer = changed(degraded, known.without(np.array([0])))
    less = compute(fewer, areas=AREAS, scores=scores)
    assert scored == [AREAS, AREAS]
    assert np.array_equal(less.table, compute(fewer, areas=AREAS).table)


def test_another_ranker_is_another_key(degraded, monkeypatch):
    before = input_keys(degraded.knowledge, degraded.ranker, AREAS[:1])
    assert before == input_keys(degraded.knowledge, degraded.ranker, AREAS[:1])
    monkeypatch.setitem(degraded.ranker.__dict__, "digest", "0" * 64)
    assert before != input_keys(degraded.knowledge, degraded.ranker, AREAS[:1])


def test_a_damaged_piece_is_computed_anew_and_replaced(degraded, whole, scores, database, scored):
    compute(degraded, areas=AREAS, scores=scores)
    with database.write() as session:
        session.execute(update(OutreachPieceRow).values(content=b"PK\x03\x04 cut off"))
    fits = compute(degraded, areas=AREAS, scores=scores)
    assert scored == [AREAS, AREAS]
    assert np.array_equal(fits.table, whole.table)
    compute(degraded, areas=AREAS, scores=scores)
    assert scored == [AREAS, AREAS]


def test_without_a_database_all_is_computed(degraded, whole, tmp_path, clock):
    folder = tmp_path / "a-folder.db"
    folder.mkdir()
    scores = ScoreStore(Database(f"sqlite:///{folder}"), clock)
    fits = compute(degraded, areas=AREAS, scores=scores)
    assert np.array_equal(fits.table, whole.table)


def test_pieces_that_nobody_used_for_a_month_go(degraded, scores, database, clock):
    compute(degraded, areas=AREAS[:2], scores=scores)
    clock.moment += timedelta(days=20)
    compute(degraded, areas=AREAS[:1], scores=scores)  # used once more
    clock.moment += timedelta(days=20)
    compute(degraded, areas=AREAS[2:], scores=scores)
    assert stored(database) == 2


def test_the_service_finds_what_it_computed_before(degraded, scores, scored, monkeypatch):
    monkeypatch.setattr("service.outreach.background.compute", _of_three_areas)
    for _ in range(2):
        store = OutreachStore(degraded, scores=scores)
        store._compute()
        assert store.lines().areas == AREAS
    assert scored == [AREAS]


def _of_three_areas(matcher, progress, scores):
    return compute(matcher, progress=progress, areas=AREAS, scores=scores)
