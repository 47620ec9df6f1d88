from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from msgspec import structs

from matcher import Matcher
from service.outreach import computation

BODY = "05974008"
TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def asked() -> dict[str, object]:
    return {"body": BODY, "description": TEXT}


@pytest.fixture(scope="session")
def degraded() -> Matcher:
    """Return the matcher as it is without a text model."""
    return Matcher.load(text_model=None)


@pytest.fixture(scope="module")
def scored_once() -> Iterator[None]:
    """Score each area of a state of knowledge once, for tests that ask what becomes of it."""
    score, known = computation.score_chunk, {}

    def once(knowledge, ranker, searchers, areas):
        for area in areas:
            key = knowledge.cooperations, area
            if key not in known:
                known[key] = score(knowledge, ranker, searchers, (area,))
        parts = [known[knowledge.cooperations, area] for area in areas]
        rows = np.concatenate([part.score for part in parts])
        return structs.replace(parts[0], areas=tuple(areas), score=rows)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(computation, "score_chunk", once)
        yield
