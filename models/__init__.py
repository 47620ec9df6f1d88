"""Text to vectors, features to scores, and their artifacts."""

from models.additive import AdditiveRanker
from models.errors import DamagedArtifactError, MissingModelError, ModelError, StaleArtifactError
from models.manifest import check_manifest, intact, write_manifest
from models.ranker import Examples, Provenance, Ranker, check_fits, load_ranker
from models.shape import Shape
from models.space import TextSpace, likeness
from models.store import ARTIFACTS, EMBEDDINGS, read_quality, write_quality
from models.task_area import TaskAreaModel
from models.text import BUNDLED, TextModel

__all__ = [
    "ARTIFACTS",
    "BUNDLED",
    "EMBEDDINGS",
    "AdditiveRanker",
    "DamagedArtifactError",
    "Examples",
    "MissingModelError",
    "ModelError",
    "Provenance",
    "Ranker",
    "Shape",
    "StaleArtifactError",
    "TaskAreaModel",
    "TextModel",
    "TextSpace",
    "check_fits",
    "check_manifest",
    "intact",
    "likeness",
    "load_ranker",
    "read_quality",
    "write_manifest",
    "write_quality",
]
