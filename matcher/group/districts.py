"""Whether a Kreis belongs into a group: not where each municipality has the task itself."""

from __future__ import annotations

from collections.abc import Sequence

from data import CarriedTask, Cooperation, Kind
from matcher.directory import Directory
from matcher.understanding.competence import TaskIndex

_DUTIES = ("pflicht", "auftrag")


def shared_by_districts(
    tasks: TaskIndex, cooperations: Sequence[Cooperation], directory: Directory
) -> frozenset[str]:
    """Return the tasks, by name, of which a Kreis is known to take part in a cooperation."""
    found = set()
    for record in cooperations:
        bodies = map(directory.get, record.participants)
        if any(body is not None and body.kind is Kind.DISTRICT for body in bodies):
            task = tasks.find(record.title, (record.task_area,))
            if task is not None:
                found.add(task.task)
    return frozenset(found)


def only_municipal(task: CarriedTask | None, shared: frozenset[str]) -> bool:
    """Tell whether the law gives a task to municipalities and no Kreis is known to do it.

    Parameters
    ----------
    task
        What the text names, None where it names none.
    shared
        Tasks that a Kreis is known to share; see `shared_by_districts`.
    """
    return (
        task is not None
        and task.duty in _DUTIES
        and "kreisfrei" in task.carriers
        and "kreis" not in task.carriers
        and task.task not in shared
    )
