"""Why an answer proposes nobody: which wishes of the text and which filters leave no body."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import structs

from data import Kind
from matcher import Body, Directory, Filters, MatchResult
from matcher.german import listing, number
from matcher.understanding.wish import Wish
from service.matching.wording import plural, wish_label

NOBODY = (
    "Keine Stelle erfüllt alle Angaben. Nehmen Sie eine Angabe heraus, "
    "oder vergrößern Sie den Umkreis."
)
_OWN_DISTRICT = "own_district"


def with_reason(result: MatchResult, filters: Filters, directory: Directory) -> MatchResult:
    """Return the answer; where wishes and filters leave nobody, its hint says which.

    Parameters
    ----------
    result
        The answer.
    filters
        Those it was asked with.
    directory
        All bodies.
    """
    if not result.leaving_nobody:
        return result
    said = result.understood
    told = _sentence(result, filters, directory)
    hint = told if said.hint is None else f"{said.hint} {told}"
    return structs.replace(result, understood=structs.replace(said, hint=hint))


def _sentence(result: MatchResult, filters: Filters, directory: Directory) -> str:
    searcher = directory[result.body]
    wishes = {wish.code: wish for wish in result.understood.wishes}
    own = wishes.get(_OWN_DISTRICT)
    if own is not None and own.value is True and _OWN_DISTRICT in result.leaving_nobody:
        lonely = _without_kreis(searcher)
        if lonely:
            return (
                f"{lonely}: Die Angabe „{wish_label(own)}“ lässt keine Stelle übrig. "
                "Bitte herausnehmen."
            )
    labels = [*_labels(result.leaving_nobody, wishes, filters, directory)]
    if not labels:
        return NOBODY
    mend = (
        "Bitte herausnehmen oder weiter fassen."
        if len(labels) == 1
        else "Bitte eine davon herausnehmen oder weiter fassen."
    )
    return f"Keine Stelle erfüllt alle Angaben: {listing(labels)}. {mend}"


def _without_kreis(searcher: Body) -> str:
    if searcher.district is not None or searcher.kind is Kind.DISTRICT:
        return ""
    free = "ist kreisfrei und " if searcher.kind is Kind.MUNICIPALITY else ""
    return f"{searcher.name} {free}gehört zu keinem Kreis"


def _labels(
    codes: tuple[str, ...], wishes: dict[str, Wish], filters: Filters, directory: Directory
) -> Iterator[str]:
    for code in codes:
        if code in wishes:
            yield f"im Text „{wish_label(wishes[code])}“"
        elif code == "excluded":
            yield "im Text die Stellen, die nicht dabei sein sollen"
        else:
            name = code.partition(".")[2]
            yield f"im Filter „{_FILTERS[name](filters, directory)}“"


_FILTERS: dict[str, Callable[[Filters, Directory], str]] = {
    "kinds": lambda asked, _: f"nur {listing([plural(kind) for kind in asked.kinds])}",
    "legal_status": lambda asked, _: f"nur {listing([plural(s) for s in asked.legal_status])}",
    "districts": lambda asked, all_: f"nur {listing([all_.name(key) for key in asked.districts])}",
    "government_regions": lambda asked, _: (
        f"nur Regierungsbezirk {listing(list(asked.government_regions))}"
    ),
    "max_distance_km": lambda asked, _: f"höchstens {_kilometres(asked.max_distance_km or 0)} km",
    "exclude": lambda asked, all_: f"ohne {listing([all_.name(key) for key in asked.exclude])}",
}


def _kilometres(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)
