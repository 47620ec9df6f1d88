"""Train the ranker on all known cooperations and write its artifacts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from threadpoolctl import threadpool_limits

import data
import models
from data.language import Language, load_language
from matcher import features, training
from matcher.known.bodies import Ints
from matcher.known.knowledge import Knowledge
from matcher.parts import build_knowledge, load_parts, matter_reader
from matcher.understanding import matter_training
from matcher.understanding.matter_training import MatterModels
from models import Ranker, TaskAreaModel, TextModel
from models.derived import DERIVED, Derived
from models.matter_words import MatterWords
from models.task_area import Terse


def train(
    data_dir: Path | None = None,
    artifacts: Path | None = None,
    text_model: str = models.BUNDLED,
    show_progress: bool = True,
) -> Ranker:
    """Train and save; what was there before stays until the new artifact is complete.

    Parameters
    ----------
    data_dir
        Folder with tables; default the shipped one.
    artifacts
        Folder to write into; default the shipped one.
    text_model
        Text model to train with; the service then needs the same.
    show_progress
        Show bars on standard error.

    Raises
    ------
    data.DataError
        A table is broken.
    models.MissingModelError
        The text model cannot be loaded.
    """
    # With more threads sums differ in the last bit, and trees in their splits.
    with threadpool_limits(1, user_api="blas"):
        return _train(data_dir, artifacts or models.ARTIFACTS, text_model, show_progress)


def _train(data_dir: Path | None, folder: Path, text_model: str, show_progress: bool) -> Ranker:
    folder.mkdir(parents=True, exist_ok=True)
    dataset = data.load(data_dir)
    model = TextModel(text_model, folder / models.EMBEDDINGS)
    knowledge = build_knowledge(dataset, model, show_progress)
    groups = training.near_duplicates(knowledge)
    rows = training.training_rows(knowledge, groups, training.learnable(knowledge), show_progress)
    ranker = training.fit(
        rows, groups, dataset.version, features.fingerprint(), model.name, date.today().isoformat()
    )
    language = load_language(data_dir)
    task_areas, matters = _learn_matters(dataset, language, knowledge, groups, model)
    _keep_vectors(dataset, language, model, folder)
    task_areas.save(folder)
    matters.save(folder)
    ranker.save(folder)
    models.write_manifest(folder)
    keep_derived(data_dir, folder, text_model)
    return ranker


def keep_derived(
    data_dir: Path | None = None,
    artifacts: Path | None = None,
    text_model: str = models.BUNDLED,
) -> list[str]:
    """Keep what every start would derive anew from data and models; call it when all are complete.

    Returns
    -------
    list of str
        What had changed since it was kept last.
    """
    folder = artifacts or models.ARTIFACTS
    derived = Derived(folder / DERIVED)
    load_parts(data_dir, text_model, folder, show_progress=False, derived=derived)
    derived.save(folder / DERIVED)
    models.write_manifest(folder)
    return derived.made_anew


def train_matters(
    data_dir: Path | None = None,
    artifacts: Path | None = None,
    text_model: str = models.BUNDLED,
    show_progress: bool = True,
) -> dict[str, float]:
    """Train and save only what reads texts: after labelled texts or words of the trade changed.

    Parameters and errors as for `train`; the ranker stays.

    Returns
    -------
    dict
        Figures on texts that were left out, see `matter_training.MatterModels`.
    """
    folder = artifacts or models.ARTIFACTS
    with threadpool_limits(1, user_api="blas"):
        dataset = data.load(data_dir)
        model = TextModel(text_model, folder / models.EMBEDDINGS)
        knowledge = build_knowledge(dataset, model, show_progress)
        groups = training.near_duplicates(knowledge)
        language = load_language(data_dir)
        task_areas, matters = _learn_matters(dataset, language, knowledge, groups, model)
        _keep_vectors(dataset, language, model, folder)
        task_areas.save(folder)
        matters.save(folder)
        models.write_manifest(folder)
        keep_derived(data_dir, folder, text_model)
    return matters.measured


def _learn_matters(
    dataset: data.Dataset,
    language: Language,
    knowledge: Knowledge,
    groups: Ints,
    model: TextModel,
) -> tuple[TaskAreaModel, MatterModels]:
    titles = model.encode_queries([c.title for c in dataset.cooperations])
    # What is learned about matters is held against texts that its own task areas have not seen.
    without_terse = training.fit_task_areas(knowledge, titles, groups)
    matters = matter_training.fit(
        language.trade,
        dataset.cooperations,
        knowledge.participation,
        groups,
        matter_reader(dataset, language, knowledge, without_terse, model),
        model.encode_queries,
        matter_training.made_of(language.trade, dataset.version, model.name),
    )
    terse, words = _terse(language, model)
    return training.fit_task_areas(knowledge, titles, groups, terse, words), matters


def _terse(language: Language, model: TextModel) -> tuple[Terse, MatterWords]:
    words = MatterWords(language.trade.matters, language.trade.abbreviations)
    return matter_training.terse_texts(language.trade, words, model.encode_queries), words


def _keep_vectors(
    dataset: data.Dataset, language: Language, model: TextModel, folder: Path
) -> None:
    """Write the vectors of the texts that every start or training needs again."""
    known, (terse, _) = dataset.cooperations, _terse(language, model)
    model.save(
        folder / models.EMBEDDINGS,
        [*(c.request for c in known), *(c.title for c in known), *terse.texts],
        [c.description for c in known],
    )
