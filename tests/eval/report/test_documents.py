"""README and card are exactly what the commands write from the stored results, or say their age."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

import models
from eval import stored
from eval.report import age, card, card_curves, card_listening, documents, screenshots
from eval.stored import RESULTS
from eval.understanding import obeyed, officials
from models import load_ranker
from models.additive import AdditiveRanker

SECTIONS = list(documents.sections())
OF_THE_SERVICE = {"routes", "commands"}
"""Written by `python -m service.reference`; its own test compares them."""


@pytest.mark.parametrize("section", SECTIONS, ids=[s.name or s.document.name for s in SECTIONS])
def test_each_section_is_what_its_command_writes(section):
    assert section.is_current(), "„python -m eval report“ schreibt ihn neu."


def test_each_section_with_markers_is_declared():
    for document in (documents.README, documents.CARD):
        marked = re.findall(r"<!-- (\S+): written by a command -->", document.read_text("utf-8"))
        declared = [s.name for s in SECTIONS if s.document == document and s.name]
        assert sorted(set(marked) - OF_THE_SERVICE) == sorted(declared)


def test_what_was_measured_on_another_ranker_says_so():
    result = {"ranker": "alt"}
    assert age.measured_on(result, "alt") == ""
    said = age.measured_on(result, "neu", "make bench")
    assert "measured on ranker `alt`, what ships is `neu`; `make bench`" in said
    for section in documents.sections(served="neu"):
        assert ("what ships is `neu`" in section.text) == (section.name != "pages")


def test_the_card_that_is_older_says_so_where_it_begins():
    results = stored.read(RESULTS, stored.EVALUATION)
    heard = stored.read(RESULTS, stored.UNDERSTANDING)
    trials = stored.read(RESULTS, stored.TRIALS)
    ranker = AdditiveRanker.load(models.ARTIFACTS)
    head = card.render(results, heard, trials, ranker, "neu").split("## ")[0]
    assert "Older than what ships" in head
    heard["ranker"] = trials["ranker"] = results["ranker"]
    assert "Older" not in card.render(results, heard, trials, ranker, results["ranker"])


def test_the_card_reads_its_curves_from_the_ranker():
    ranker = AdditiveRanker.load(models.ARTIFACTS)
    sizes = ranker.curve("size_ratio")
    few, many = (np.exp(np.interp(0, sizes.knots, side)) for side in (sizes.few, sizes.many))
    text = card_curves.surprising(ranker)
    assert f"; {few:.2f} / {many:.2f};" in text, "as many inhabitants"
    assert f"{len(ranker.curves)} features have a curve" in text


def test_only_what_changed_is_written(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(documents.README.read_text("utf-8").replace("| nearest first |", "| x |"))
    monkeypatch.setattr(documents, "README", readme)
    monkeypatch.setattr(documents, "CARD", tmp_path / "CARD.md")
    assert [(s.document.name, s.name) for s in documents.write()] == [
        ("CARD.md", ""),
        ("README.md", "quality"),
    ]
    assert readme.read_text("utf-8") == documents.README.read_text("utf-8")
    assert documents.write() == []
    readme.unlink()
    assert documents.write() == []


def test_without_results_it_is_said_what_is_missing(tmp_path):
    with pytest.raises(stored.NoResultError, match=r"evaluation\.json fehlt"):
        list(documents.sections(tmp_path))


def test_every_picture_is_shown_and_there():
    shown = set(re.findall(r"\(eval/results/pages/(\S+)\)", screenshots.section()))
    assert shown == {path.name for path in screenshots.FOLDER.iterdir()}


def test_the_service_publishes_the_stored_figures():
    results = stored.read(RESULTS, stored.EVALUATION)
    served = load_ranker(models.ARTIFACTS).version
    shown = models.read_quality(models.ARTIFACTS, served)
    if results["ranker"] == served:
        assert shown["ndcg_at_10"] == results["systems"]["ranker"]["mean"]["ndcg@10"]
    else:
        assert shown == {}


def test_results_are_stored_as_they_are_read(tmp_path):
    stored.write(tmp_path / "neu", "x.json", {"Köln": 0.5})
    assert stored.read(tmp_path / "neu", "x.json") == {"Köln": 0.5}
    assert json.loads((tmp_path / "neu" / "x.json").read_text("utf-8")) == {"Köln": 0.5}


def test_the_card_says_that_no_official_wrote_the_texts_and_when_the_sets_ended():
    heard = stored.read(RESULTS, stored.UNDERSTANDING)
    said = " ".join(card_listening.listening(heard, heard["ranker"]).split())
    for sets in (obeyed, officials):
        assert "No official wrote" in " ".join(str(sets.__doc__).split())
        assert "(optional stopping)" in str(sets.__doc__)
    assert said.count("No official wrote") == said.count("(optional stopping)") == 2
    assert "language models that saw no code composed and labelled them" in said
