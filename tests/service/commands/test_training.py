from __future__ import annotations

import json
import shutil

import pytest

import models
from data.dataset import TABLES
from data.matter_tables import TEXTS
from matcher import Matcher, MatchRequest
from models import StaleArtifactError
from service.commands.training import train


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Return tables with every tenth cooperation and labelled text, and artifacts trained on them.

    Each model is learned, saved and loaded; how good they are is told by tests of their own.
    """
    tables = shutil.copytree(TABLES, tmp_path_factory.mktemp("data") / "tables")
    known: set[str | None] = set()
    for path in tables.glob("cooperations*.jsonl"):
        lines = path.read_text("utf-8").splitlines(keepends=True)[::10]
        known |= {json.loads(line)["id"] for line in lines}
        path.write_text("".join(lines), "utf-8")
    texts = (tables / TEXTS).read_text("utf-8").splitlines(keepends=True)
    few = [
        text
        for number, text in enumerate(texts)
        if number % 10 == 0 or json.loads(text)["cooperation"] in known
    ]
    (tables / TEXTS).write_text("".join(few), "utf-8")
    artifacts = tmp_path_factory.mktemp("artifacts")
    # The vectors of texts that ship with the project need not be computed again.
    shutil.copy(models.ARTIFACTS / models.EMBEDDINGS, artifacts)
    train(tables, artifacts, show_progress=False)
    return tables, artifacts


def test_training_makes_what_the_matcher_loads(folders):
    tables, artifacts = folders
    retrained = Matcher.load(tables, artifacts=artifacts)
    assert retrained.ranker.provenance.cooperations < 150  # a tenth of all
    assert retrained.ranker.provenance.data_version == retrained.dataset.version
    assert retrained.quality == {}
    answer = retrained.match(MatchRequest(body="05974008", description="Archiv gemeinsam führen"))
    assert len(answer.matches) == 10


def test_training_on_other_data_is_refused_for_the_shipped_tables(folders):
    with pytest.raises(StaleArtifactError, match="make train"):
        Matcher.load(TABLES, artifacts=folders[1])
