"""What was understood of a text, as chips on the page that can be taken off and put back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from data import Kind, LegalStatus, TaskArea
from data.terms import Term
from matcher.german import listing
from matcher.result import Interpretation
from service.matching.form import SearchForm
from service.matching.wording import ROLES, lying_in, wish_label

_WITHOUT_EFFECT = "mentioned"  # the role of a body that changes nothing


class Chip(Struct, frozen=True):
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
    served = {named.start for named in said.named}
    told = {place.where for place in said.outside if not place.is_land}  # "Holzminden (NDS)"
    for outside in said.outside:
        if outside.start in served or (outside.is_land and outside.where in told):
            continue
        lies = "" if outside.is_land else f"liegt {lying_in(outside.where)}, "
        label = f"{outside.text}: {lies}wird hier nicht vorgeschlagen"
        made.append(Chip(f"ort-{outside.start}", label, applied=True))
    return tuple(made)


def form_chips(typed: SearchForm, name: Callable[[str], str]) -> tuple[Chip, ...]:
    """Return a chip for each body on board or left out by hand, and for each filter.

    Parameters
    ----------
    typed
        The form; its values are known to be right.
    name
        Key of a body -> its name.
    """
    return (
        *(
            Chip(f"an-bord-{key}", f"{name(key)}: an Bord", True, "not_on_board", key)
            for key in typed.partners
        ),
        *(Chip(f"ohne-{key}", f"ohne {name(key)}", True, "include", key) for key in typed.exclude),
        *(
            Chip(f"filter-{field}", label, True, "without", field)
            for field, label in _filters(typed, name)
        ),
    )


def _filters(typed: SearchForm, name: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    if typed.task_area:
        yield "task_area", f"Aufgabe: {TaskArea.parse(typed.task_area).label}"
    if typed.kinds:
        yield "kinds", f"nur {_labels(Kind, typed.kinds)}"
    if typed.legal_status:
        yield "legal_status", f"nur {_labels(LegalStatus, typed.legal_status)}"
    if typed.government_regions:
        yield "government_regions", f"nur Regierungsbezirk {listing(typed.government_regions)}"
    if typed.districts:
        yield "districts", f"nur {listing([name(key) for key in typed.districts])}"
    if typed.max_distance_km:
        yield "max_distance_km", f"höchstens {typed.max_distance_km.removesuffix('km').strip()} km"


def _labels(terms: type[Term], codes: Collection[str]) -> str:
    return listing([terms.parse(code).label for code in codes])
