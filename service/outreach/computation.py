"""The long computation: in this process, or in pieces on a Dask cluster with the same result.

A piece is one task area, small enough that little is lost with a worker. What all pieces share
(facts and ranker, some 20 MB) goes to the workers once. A piece whose worker died is given to
another; where the shared state died with the last worker that held it, it is sent anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from msgspec import structs
from threadpoolctl import threadpool_limits

from data import TaskArea
from matcher import Matcher
from matcher.known.knowledge import Knowledge
from matcher.outreach import Chunk, Fits, input_keys, merge, plan, score_chunk
from matcher.outreach.fits import approachable
from models import Ranker
from service.outreach.score_store import ScoreStore

if TYPE_CHECKING:
    from distributed import Client

Progress = Callable[[int, int], None]
"""Called with (pieces done, pieces in all)."""
_SCHEMES = ("tcp", "tls", "ws", "wss")
_CONNECT_S = 5
_WORKERS_S = 15
_RETRIES = 3  # of one piece on errors of its worker
_ROUNDS = 4  # times that what is left is sent anew


class ClusterError(Exception):
    """The cluster cannot be used; the German sentence says why and what to do."""


def compute(
    matcher: Matcher,
    scheduler: str | None = None,
    progress: Progress | None = None,
    areas: Sequence[TaskArea] = tuple(TaskArea),
    scores: ScoreStore | None = None,
) -> Fits:
    """Score all plausible pairs, as far as they are not known yet.

    All ways give the same bits on the same kind of processor: each piece is a pure function, and
    the linear algebra uses one thread here and there (sums in another order round differently).

    Parameters
    ----------
    matcher
        Facts and ranker; its text model is not used.
    scheduler
        Address of a Dask scheduler ("tcp://host:8786"); None computes in this process.
    progress
        Told after each step how many areas of how many are done.
    areas
        Task areas, default all 31.
    scores
        What was computed before; what is computed now is kept there at once, so that a killed
        computation goes on where it was. Default: all is computed.

    Raises
    ------
    ClusterError
        The scheduler does not answer, has no workers, or its workers cannot do the work.
    """
    # Texts and what was learnt from them are not looked at: the state travels light.
    knowledge = replace(matcher.knowledge, requests=None, passages=None, reader=None)
    done: dict[TaskArea, Chunk] = {}
    keys: dict[TaskArea, str] = {}
    with threadpool_limits(1, user_api="blas"):
        if scores is not None:
            keys = input_keys(knowledge, matcher.ranker, areas)
            found = scores.find(keys.values())
            done = {area: found[key] for area, key in keys.items() if key in found}
        missing = [area for area in areas if area not in done]
        if done and progress is not None:
            progress(len(done), len(areas))
        for chunk in _scored(knowledge, matcher.ranker, missing, scheduler):
            for area, part in _by_area(chunk):
                done[area] = part
                if scores is not None:
                    scores.keep(keys[area], part)
            if progress is not None:
                progress(len(done), len(areas))
    return merge(knowledge, [done[area] for area in areas])


def _scored(
    knowledge: Knowledge, ranker: Ranker, areas: Sequence[TaskArea], scheduler: str | None
) -> Iterator[Chunk]:
    """Yield chunks as they are done, here or on a cluster."""
    if not areas:
        return
    if scheduler is None:
        everyone = np.flatnonzero(approachable(knowledge.bodies)).astype(np.int64)
        for piece in plan(areas):
            yield score_chunk(knowledge, ranker, everyone, piece)
        return
    with _connect(scheduler) as client:
        yield from _on_cluster(client, knowledge, ranker, plan(areas, size=1))


def _by_area(chunk: Chunk) -> Iterator[tuple[TaskArea, Chunk]]:
    for row, area in enumerate(chunk.areas):
        yield area, structs.replace(chunk, areas=(area,), score=chunk.score[row : row + 1])


def _connect(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "Für einen Dask-Cluster fehlt das Paket „distributed“: pip install "
            "'ikz-partnersuche[cluster]'."
        ) from None
    try:
        _check_address(scheduler)
        client = Client(scheduler, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError
        raise ClusterError(
            f"Der Dask-Scheduler {scheduler} antwortet nicht. Läuft er, und stimmt die Adresse "
            f"(tcp://Rechner:Port)? Ohne --scheduler wird auf diesem Rechner gerechnet. ({error})"
        ) from None
    if not _has_workers(client):
        client.close()
        raise ClusterError(
            f"Der Dask-Scheduler {scheduler} hat keine Worker. „dask worker {scheduler}“ startet "
            "einen, in der Umgebung dieses Dienstes."
        )
    return client


def _check_address(scheduler: str) -> None:
    """Refuse what is no address: a client made for it would hang when it is thrown away.

    Raises
    ------
    ValueError
        It is none.
    """
    parts = urlsplit(scheduler)
    if parts.scheme not in _SCHEMES or not parts.hostname or not parts.port:
        raise ValueError(f"keine Adresse: „{scheduler}“")


def _on_cluster(
    client: Client, knowledge: Knowledge, ranker: Ranker, pieces: Sequence[tuple[TaskArea, ...]]
) -> Iterator[Chunk]:
    """Yield each piece once, as it is done."""
    left = set(range(len(pieces)))
    reason: BaseException | None = None
    for _ in range(_ROUNDS):
        for number, result in _round(client, knowledge, ranker, pieces, sorted(left)):
            if isinstance(result, Chunk):
                left.discard(number)
                yield result
            else:
                reason = result
        if not left:
            return
        if not _has_workers(client):
            break
    raise ClusterError(
        f"Der Dask-Cluster hat {len(left)} von {len(pieces)} Teilen nicht berechnet: "
        f"{type(reason).__name__}: {reason}. Haben alle Worker denselben Stand dieses Dienstes?"
    )


def _has_workers(client: Client) -> bool:
    """Return whether there are workers, or come in time: a cluster replaces those that died."""
    try:
        client.wait_for_workers(1, timeout=_WORKERS_S)
    except (OSError, ValueError, RuntimeError):  # TimeoutError is an OSError
        return False
    return True


def _round(
    client: Client,
    knowledge: Knowledge,
    ranker: Ranker,
    pieces: Sequence[tuple[TaskArea, ...]],
    numbers: Sequence[int],
) -> Iterator[tuple[int, Chunk | BaseException]]:
    """Send the pieces with these numbers; yield each result or what went wrong."""
    from distributed import as_completed

    try:
        # Not hashed: as a key the content would cost more than it saves.
        state = client.scatter((knowledge, ranker), broadcast=True, hash=False)
    except Exception as error:
        yield numbers[0], error
        return
    futures = {
        client.submit(_piece, state, pieces[number], pure=False, retries=_RETRIES): number
        for number in numbers
    }
    try:
        for future in as_completed(futures, loop=client.loop):
            # Failures and cancelled pieces alike: what is wrong is told once all tries failed.
            yield futures[future], _result(future)
    finally:
        client.cancel([*futures, state])


def _result(future: Any) -> Chunk | BaseException:
    try:
        chunk: Chunk = future.result()
    except Exception as error:
        return error
    return chunk


def _piece(state: tuple[Knowledge, Ranker], areas: Sequence[TaskArea]) -> Chunk:
    """Run on a worker; the limit stays, so that tasks beside each other do not lift it."""
    threadpool_limits(1, user_api="blas")
    knowledge, ranker = state
    everyone = np.flatnonzero(approachable(knowledge.bodies)).astype(np.int64)
    return score_chunk(knowledge, ranker, everyone, areas)
