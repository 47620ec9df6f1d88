"""All that answers rest on, loaded once: data, knowledge, models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import data
import models
from data import Dataset
from data.language import Language, load_language
from data.region import HOME, Region
from matcher import features
from matcher.beyond import read_beyond
from matcher.directory import Directory
from matcher.known.bodies import Bodies
from matcher.known.knowledge import Knowledge
from matcher.understanding.interpreter import Interpreter, Learned
from matcher.understanding.matter_features import MatterReader
from matcher.understanding.matter_training import made_of
from models import Ranker, TaskAreaModel, TextModel
from models.derived import DERIVED, Derived
from models.is_matter import IsMatter
from models.matter_words import MatterWords
from models.same_matter import RELATED_MATTER, SameMatter

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Parts:
    """What a matcher is put together from.

    Attributes
    ----------
    dataset
        Facts about bodies and cooperations.
    knowledge
        The same as arrays.
    ranker
        Trained scores.
    task_areas
        Tells the task area of a text.
    text_model
        None when switched off: the answer then rests on geography, segment and ties.
    quality
        Figures that `make evaluate` measured for this ranker; empty when there are none.
    interpreter
        Tells what a text says beside its matter.
    """

    dataset: Dataset
    knowledge: Knowledge
    ranker: Ranker
    task_areas: TaskAreaModel
    text_model: TextModel | None
    quality: dict[str, object]
    interpreter: Interpreter


def load_parts(
    data_dir: Path | None,
    text_model: str | None,
    artifacts: Path | None,
    show_progress: bool,
    derived: Derived | None = None,
    region: Region = HOME,
) -> Parts:
    """Load them; see `Matcher.load`. `derived` is for who wants to keep what was made anew."""
    folder = artifacts or models.ARTIFACTS
    with models.intact(folder):  # training may replace some meanwhile
        dataset = data.load(data_dir, region, trusting=True)
        language = load_language(data_dir, trusting=True)
        ranker = models.load_ranker(folder)
        derived = derived or Derived(folder / DERIVED)
        model = TextModel(text_model, folder / models.EMBEDDINGS, derived) if text_model else None
        models.check_fits(
            ranker,
            dataset.version,
            features.fingerprint(),
            features.NAMES,
            model.name if model else None,
        )
        knowledge = build_knowledge(dataset, model, show_progress, derived)
        quality = models.read_quality(folder, ranker.version)
        task_areas = TaskAreaModel.load(folder)
        learned = None
        if model is not None:
            learned = _load_learned(
                folder, dataset, language, knowledge, task_areas, model, derived
            )
        of_land = dataset.bodies.iloc[: dataset.home]
        interpreter = Interpreter.of(language, of_land, dataset.cooperations, learned, derived)
        if not region.is_home:
            interpreter = read_beyond(interpreter, Directory.of(dataset))
    return Parts(dataset, knowledge, ranker, task_areas, model, quality, interpreter)


def _load_learned(
    folder: Path,
    dataset: Dataset,
    language: Language,
    knowledge: Knowledge,
    task_areas: TaskAreaModel,
    model: TextModel,
    derived: Derived,
) -> Learned:
    version = made_of(language.trade, dataset.version, model.name)
    return Learned(
        matter_reader(dataset, language, knowledge, task_areas, model, derived),
        IsMatter.load(folder, version),
        SameMatter.load(folder, version),
        SameMatter.load(folder, version, RELATED_MATTER),
    )


def matter_reader(
    dataset: Dataset,
    language: Language,
    knowledge: Knowledge,
    task_areas: TaskAreaModel,
    model: TextModel,
    derived: Derived | None = None,
) -> MatterReader:
    """Make what compares texts with the titles, requests and descriptions of all cooperations."""
    assert knowledge.reader is not None
    return MatterReader.of(
        dataset.cooperations,
        [dataset.matters.of(c).code for c in dataset.cooperations],
        model.encode_queries([c.title for c in dataset.cooperations]),
        knowledge.reader.space,
        task_areas,
        MatterWords(language.trade.matters, language.trade.abbreviations),
        derived,
    )


def build_knowledge(
    dataset: Dataset,
    text_model: TextModel | None,
    show_progress: bool = False,
    derived: Derived | None = None,
) -> Knowledge:
    """Turn a dataset into arrays, able to read texts where there is a model."""
    requests = passages = None
    if text_model is not None:
        known = dataset.cooperations
        requests = text_model.encode_queries([c.request for c in known], show_progress)
        passages = text_model.encode_passages([c.description for c in known], show_progress)
    home = None if dataset.region.is_home else Bodies.of(dataset.of_land())
    return Knowledge.of(Bodies.of(dataset), dataset.cooperations, requests, passages, derived, home)
