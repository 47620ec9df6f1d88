"""The use case behind form, interface and command: a search as it was asked, answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from data.names import NameIndex
from matcher import Filters, Matcher, MatchRequest, MatchResult, RequestError
from matcher.request import ALL_WISHES
from service.matching.schemas import MatchAsked
from service.problems import ProblemError
from service.web.named_bodies import find_district, find_key

Found = tuple[str | None, str]


def find_partners(asked: MatchAsked, matcher: Matcher, curves: bool = False) -> MatchResult:
    """Resolve keys and ask the matcher; `curves` as in `MatchRequest`.

    Raises
    ------
    ProblemError
        422: names each field that cannot be used.
    """
    match_request = replace(_resolved(asked, matcher.directory.name_index), curves=curves)
    try:
        return matcher.match(match_request)
    except RequestError as error:
        raise ProblemError.of_fields([(error.field, error.message)]) from None


def _resolved(asked: MatchAsked, names: NameIndex) -> MatchRequest:
    errors: list[tuple[str, str]] = []

    def key(text: str, pointer: str, find: Callable[..., Found] = find_key) -> str:
        found, sentence = find(names, text)
        if found is None:
            errors.append((pointer, sentence))
        return found or ""

    wanted = asked.filters
    filters = Filters(
        kinds=tuple(wanted.kinds),
        legal_status=tuple(wanted.legal_status),
        districts=tuple(
            key(t, f"/filters/districts/{i}", find_district) for i, t in enumerate(wanted.districts)
        ),
        government_regions=tuple(wanted.government_regions),
        max_distance_km=wanted.max_distance_km,
        exclude=tuple(key(t, f"/filters/exclude/{i}") for i, t in enumerate(wanted.exclude)),
    )
    match_request = MatchRequest(
        body=key(asked.body, "/body"),
        title=asked.title,
        description=asked.description,
        task_area=asked.task_area,
        legal_form=asked.legal_form,
        partners=tuple(key(t, f"/partners/{i}") for i, t in enumerate(asked.partners)),
        filters=filters,
        limit=asked.limit,
        ignore_wishes=(ALL_WISHES,) if asked.wishes == "ignore" else tuple(asked.ignore_wishes),
        ignore_named=tuple(key(t, f"/ignore_named/{i}") for i, t in enumerate(asked.ignore_named)),
        explain=tuple(key(t, f"/explain/{i}") for i, t in enumerate(asked.explain)),
    )
    if errors:
        raise ProblemError.of_fields(errors)
    return match_request
