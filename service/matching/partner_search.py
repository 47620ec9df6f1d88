"""The use case behind form, interface and command: a search as it was asked, answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec import structs

from data import Kind
from matcher import Body, Directory, Filters, Matcher, MatchRequest, MatchResult, RequestError
from matcher.request import ALL_WISHES
from service.matching.nobody import with_reason
from service.matching.schemas import MatchAsked
from service.problems import ProblemError
from service.web.named_bodies import find_district, find_key

_EMPTY = "Dieser Eintrag ist leer; erwartet wird ein Name oder ein amtlicher Schlüssel."
_LEAST_ALIKE = 0.5  # of `difflib`, by judgement: "Kreis Söst" and "Soestkreis" find Kreis Soest


def find_partners(asked: MatchAsked, matcher: Matcher, curves: bool = False) -> MatchResult:
    """Resolve keys and ask the matcher; `curves` as in `MatchRequest`.

    Raises
    ------
    ProblemError
        422: names each field that cannot be used, and what contradicts itself.
    """
    match_request = structs.replace(_resolved(asked, matcher.directory), curves=curves)
    try:
        result = matcher.match(match_request)
    except RequestError as error:
        raise ProblemError.of_fields([(error.field, error.message)]) from None
    return with_reason(result, match_request.filters, matcher.directory)


def _resolved(asked: MatchAsked, directory: Directory) -> MatchRequest:
    names, errors = directory.name_index, list[tuple[str, str]]()

    def key(text: str, pointer: str) -> str:
        found, sentence = find_key(names, text)
        if found is None:
            # Who searches is asked for in /body alone.
            errors.append((pointer, sentence if text.strip() or pointer == "/body" else _EMPTY))
        return found or ""

    def keys(texts: Sequence[str], pointer: str) -> tuple[str, ...]:
        return tuple(key(text, f"{pointer}/{i}") for i, text in enumerate(texts))

    wanted = asked.filters
    filters = Filters(
        kinds=tuple(wanted.kinds),
        legal_status=tuple(wanted.legal_status),
        districts=_districts(wanted.districts, directory, errors),
        government_regions=tuple(wanted.government_regions),
        max_distance_km=wanted.max_distance_km,
        exclude=keys(wanted.exclude, "/filters/exclude"),
    )
    match_request = MatchRequest(
        body=key(asked.body, "/body"),
        title=asked.title,
        description=asked.description,
        task_area=asked.task_area,
        legal_form=asked.legal_form,
        partners=keys(asked.partners, "/partners"),
        filters=filters,
        limit=asked.limit,
        ignore_wishes=(ALL_WISHES,) if asked.wishes == "ignore" else tuple(asked.ignore_wishes),
        ignore_named=keys(asked.ignore_named, "/ignore_named"),
        explain=keys(asked.explain, "/explain"),
    )
    errors = errors or list(_contradictions(match_request, directory))
    if errors:
        raise ProblemError.of_fields(errors)
    return match_request


def _districts(
    texts: Sequence[str], directory: Directory, errors: list[tuple[str, str]]
) -> tuple[str, ...]:
    """Return keys of Kreise; what is none is added to the errors, as it was written."""
    found = []
    for place, text in enumerate(texts):
        key, sentence = find_district(directory.name_index, text)
        if key is None:
            sentence = _near_district(text, sentence, directory) if text.strip() else _EMPTY
        elif directory[key].kind is not Kind.DISTRICT:
            sentence = _no_district(text.strip(), directory[key], directory)
        if sentence:
            errors.append((f"/filters/districts/{place}", sentence))
        found.append(key or "")
    return tuple(found)


def _near_district(text: str, sentence: str, directory: Directory) -> str:
    """Add the Kreise that are written alike, where the sentence offers nobody."""
    if "Gemeint sein könnte" in sentence or text.strip().isdigit():
        return sentence
    known = {body.name: body.key for body in directory.districts}
    near = get_close_matches(text.strip(), known, cutoff=_LEAST_ALIKE)
    offered = ", ".join(f"{name} ({known[name]})" for name in near)
    return f"{sentence} Gemeint sein könnte: {offered}." if offered else sentence


def _no_district(text: str, body: Body, directory: Directory) -> str:
    name = "" if text == body.name else f" ({body.name})"
    said = f"„{text}“{name} ist kein Kreis"
    if body.district is None:
        if body.kind is Kind.MUNICIPALITY:
            return f"{said}, sondern eine kreisfreie Stadt, die zu keinem Kreis gehört."
        return f"{said}, sondern ein Verband."
    return f"{said}. Gemeint sein könnte: {directory.name(body.district)} ({body.district})."


def _contradictions(asked: MatchRequest, directory: Directory) -> Iterator[tuple[str, str]]:
    own = directory.name(asked.body)
    for pointer, listed, told in (
        ("/partners", asked.partners, "ist nicht zugleich Partner"),
        ("/filters/exclude", asked.filters.exclude, "wird ohnehin nicht vorgeschlagen"),
        ("/explain", asked.explain, "hat keinen Rang"),
    ):
        for place, key in enumerate(listed):
            if key == asked.body:
                yield f"{pointer}/{place}", f"{own} sucht selbst und {told}. Bitte herausnehmen."
    for place, key in enumerate(asked.filters.exclude):
        if key in asked.partners and key != asked.body:
            yield (
                f"/filters/exclude/{place}",
                f"{directory.name(key)} steht auch unter partners (schon an Bord). "
                "Bitte nur eines von beiden angeben.",
            )
