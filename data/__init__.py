"""Facts in, checked tables out: the register, its geometry and the known cooperations."""

from data.cooperations import Cooperation
from data.dataset import Dataset, load
from data.errors import DataError, Problem
from data.land import LegalStatus
from data.terms import Kind, LegalForm, Status, TaskArea

__all__ = [
    "Cooperation",
    "DataError",
    "Dataset",
    "Kind",
    "LegalForm",
    "LegalStatus",
    "Problem",
    "Status",
    "TaskArea",
    "load",
]
