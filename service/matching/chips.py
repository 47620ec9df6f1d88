"""What was understood of a text, as chips on the page that can be taken off and put back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from matcher.result import Interpretation
from service.matching.wording import ROLES, wish_label

_WITHOUT_EFFECT = "mentioned"  # the role of a body that changes nothing


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood.

    Attributes
    ----------
    key
        Tells it from the others, for the id of its button: focus stays on it when it changes.
    label
        What was understood, in German.
    applied
        Whether it counts.
    field, value
        What its button sends: takes it off, or puts it back. Both empty where it has no effect that
        could be taken off.
    """

    key: str
    label: str
    applied: bool
    field: str = ""
    value: str = ""


def chips(
    said: Interpretation, ignored_wishes: Collection[str], ignored_named: Collection[str]
) -> tuple[Chip, ...]:
    """Return a chip for each wish, body and place outside, in this order.

    Parameters
    ----------
    said
        All that was understood, what was taken off too.
    ignored_wishes, ignored_named
        Codes of wishes and keys of bodies that were taken off.
    """
    made = []
    for place, wish in enumerate(said.wishes):
        applied = wish.code not in ignored_wishes
        field = "ignore_wishes" if applied else "apply_wishes"
        made.append(Chip(f"wunsch-{place}", wish_label(wish), applied, field, wish.code))
    for named in said.named:
        label = f"{named.name}: {ROLES[named.role]}"
        if named.role == _WITHOUT_EFFECT:
            made.append(Chip(f"genannt-{named.ags}", label, applied=True))
            continue
        applied = named.ags not in ignored_named
        field = "ignore_named" if applied else "apply_named"
        made.append(Chip(f"genannt-{named.ags}", label, applied, field, named.ags))
    for outside in said.outside:
        label = f"{outside.text}: liegt in {outside.where}, wird hier nicht vorgeschlagen"
        made.append(Chip(f"ort-{outside.start}", label, applied=True))
    return tuple(made)
