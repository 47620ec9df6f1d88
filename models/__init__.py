"""Text to vectors, features to scores, and their artifacts."""

from models.errors import MissingModelError, ModelError, StaleArtifactError
from models.ranker import Examples, Provenance, Ranker
from models.space import TextSpace, likeness
from models.store import ARTIFACTS, EMBEDDINGS, read_quality, write_quality
from models.task_area import TaskAreaModel
from models.text import BUNDLED, TextModel

__all__ = [
    "ARTIFACTS",
    "BUNDLED",
    "EMBEDDINGS",
    "Examples",
    "MissingModelError",
    "ModelError",
    "Provenance",
    "Ranker",
    "StaleArtifactError",
    "TaskAreaModel",
    "TextModel",
    "TextSpace",
    "likeness",
    "read_quality",
    "write_quality",
]
