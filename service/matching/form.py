"""The partner search as a form sends it: fields to a request, errors back to fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol
from urllib.parse import urlencode

from pydantic import ValidationError

from data.names import NameIndex
from matcher.german import number
from matcher.request import MAX_DESCRIPTION, MAX_LIMIT
from service import problems
from service.matching.schemas import WISHES, MatchAsked
from service.web.named_bodies import find_key

_MOST_LISTED = 50
ORDERS = ("rank", "name", "distance", "size")
FIRST_SHOWN, MORE_SHOWN = 10, 25
"""Partners that are shown first, and each time that more are asked for."""
_LONGEST_NAME = 200
_LOOK_AGAIN = "Bitte die Schreibweise prüfen oder den amtlichen Schlüssel eingeben."
_POINTERS = {
    "/body": "body",
    "/description": "text",
    "/task_area": "task_area",
    "/filters/kinds": "kinds",
    "/filters/legal_status": "legal_status",
    "/filters/districts": "districts",
    "/filters/government_regions": "government_regions",
    "/filters/max_distance_km": "max_distance_km",
    "/filters/exclude": "exclude",
    "/partners": "partners",
}
# What a button "without" takes off, besides wishes and bodies.
FILTERS = (
    "task_area", "kinds", "legal_status", "districts", "government_regions", "max_distance_km",
)  # fmt: skip

_SET_BY_BUTTONS = ("ignore_wishes", "ignore_named", "partners", "exclude", "sort", "limit")


class Fields(Protocol):
    """What a form or a query string offers."""

    def get(self, key: str, default: str) -> object:
        """Return one value."""

    def getlist(self, key: str) -> Sequence[object]:
        """Return all values."""


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What was typed and ticked, as it came: nothing is lost when something is wrong.

    Attributes
    ----------
    body, text
        Who searches, and what about.
    task_area
        Code, empty where the text is to tell.
    kinds, legal_status, districts, government_regions
        Filters; empty means all.
    max_distance_km
        As typed, e.g. "25,5".
    partners
        Keys of bodies on board.
    ignore_wishes, ignore_named
        What was understood of the text and taken off: codes of wishes, keys of bodies.
    exclude
        Keys of bodies that shall not appear.
    sort
        Order of the table: one of `ORDERS`.
    limit
        Partners shown, 1 … `MAX_LIMIT`.
    explain
        Name or key of a body whose place is asked for, whatever limit and filters say.
    """

    body: str = ""
    text: str = ""
    task_area: str = ""
    kinds: tuple[str, ...] = ()
    legal_status: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    government_regions: tuple[str, ...] = ()
    max_distance_km: str = ""
    partners: tuple[str, ...] = ()
    ignore_wishes: tuple[str, ...] = ()
    ignore_named: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sort: str = ORDERS[0]
    limit: int = FIRST_SHOWN
    explain: str = ""

    @classmethod
    def read(cls, sent: Fields) -> SearchForm:
        """Read the fields of a form or a query string."""

        def one(name: str) -> str:
            value = sent.get(name, "")
            return value if isinstance(value, str) else ""

        def many(name: str) -> tuple[str, ...]:
            found = [v.strip() for v in sent.getlist(name) if isinstance(v, str)]
            return tuple(dict.fromkeys(v for v in found if v))[:_MOST_LISTED]

        def without(taken_off: tuple[str, ...], put_back: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(value for value in taken_off if value not in put_back)

        typed = cls(
            # Who is offered names presses one of them: it replaces what was typed.
            body=(one("body_meant") or one("body"))[:_LONGEST_NAME],
            text=one("text").replace("\r\n", "\n"),
            task_area=one("task_area").strip(),
            kinds=many("kinds"),
            legal_status=many("legal_status"),
            districts=many("districts"),
            government_regions=many("government_regions"),
            max_distance_km=one("max_distance_km").strip(),
            # Buttons that put something back send it in a field of its own.
            partners=without(many("partners"), many("not_on_board")),
            ignore_wishes=without(many("ignore_wishes"), many("apply_wishes")),
            ignore_named=without(many("ignore_named"), many("apply_named")),
            exclude=without(many("exclude"), many("include")),
            sort=one("sort") if one("sort") in ORDERS else ORDERS[0],
            limit=_limit(one("limit")),
            explain=one("explain").strip()[:_LONGEST_NAME],
        )
        blank = cls()
        taken_off = {name: getattr(blank, name) for name in many("without") if name in FILTERS}
        return replace(typed, **taken_off)

    def query(self) -> str:
        """Return the search as the query of a link: all but the text."""
        return urlencode(self._pairs(f.name for f in fields(self) if f.name != "text"))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return (field, value) of what buttons have set, which no visible field holds."""
        return self._pairs(_SET_BY_BUTTONS)

    def _pairs(self, names: Iterable[str]) -> list[tuple[str, str]]:
        blank = SearchForm()
        pairs = []
        for name in names:
            value = getattr(self, name)
            if value != getattr(blank, name):
                pairs += [(name, str(v)) for v in (value if isinstance(value, tuple) else (value,))]
        return pairs

    @property
    def filters_set(self) -> int:
        """How many kinds of filters are set."""
        return sum(map(bool, (
            self.kinds, self.legal_status, self.districts, self.government_regions,
            self.max_distance_km,
        )))  # fmt: skip

    def asked(self, names: NameIndex) -> MatchAsked:
        """Return the request, with the body's name resolved.

        Raises
        ------
        ProblemError
            422 with the JSON pointers of version 1; `errors_by_field` names the fields.
        """
        errors = []
        plain = self.text.strip()
        key, sentence = find_key(names, self.body)
        if key is None:
            unlike = self.body.strip() and not names.resolve(self.body).suggestions
            errors.append(("/body", f"{sentence} {_LOOK_AGAIN}" if unlike else sentence))
        if not plain:
            sentence = "Bitte beschreiben, was gemeinsam erledigt werden soll."
            errors.append(("/description", sentence))
        elif len(plain) > MAX_DESCRIPTION:
            most, given = number(MAX_DESCRIPTION), number(len(plain))
            sentence = f"Höchstens {most} Zeichen, angegeben sind {given}. Bitte kürzen."
            errors.append(("/description", sentence))
        distance = _kilometres(self.max_distance_km)
        if distance is None and self.max_distance_km:
            sentence = "Bitte den Umkreis als Zahl in Kilometern angeben, zum Beispiel 25."
            errors.append(("/filters/max_distance_km", sentence))
        if errors:
            raise problems.ProblemError.of_fields(errors)
        explained = find_key(names, self.explain)[0]
        # What buttons have set outlives a change of the searcher: what contradicts it is left out.
        partners = [other for other in self.partners if other != key]
        excluded = [other for other in self.exclude if other not in (key, *partners)]
        filters = {
            "legal_status": list(self.legal_status),
            "districts": list(self.districts),
            "government_regions": list(self.government_regions),
            "max_distance_km": distance,
            "exclude": excluded,
        } | ({"kinds": list(self.kinds)} if self.kinds else {})
        try:
            return MatchAsked.model_validate(
                {
                    "body": key,
                    "description": plain,
                    "task_area": self.task_area or None,
                    "partners": partners,
                    "filters": filters,
                    "ignore_wishes": [code for code in self.ignore_wishes if code in WISHES],
                    "ignore_named": list(self.ignore_named),
                    "limit": self.limit,
                    "explain": [explained] if explained not in (None, key) else [],
                }
            )
        except ValidationError as error:
            raise problems.from_validation(error.errors(), None) from None


def errors_by_field(problem: problems.ProblemError) -> dict[str, str]:
    """Return the sentences of a problem by the field of the form that they are about."""
    found: dict[str, str] = {}
    for pointer, sentence in problem.errors:
        name = next(
            (n for p, n in _POINTERS.items() if pointer == p or pointer.startswith(f"{p}/")), "text"
        )
        found.setdefault(name, sentence)
    return found


def _limit(text: str) -> int:
    plain = text.strip()
    if not plain.isascii() or not plain.isdigit():
        return FIRST_SHOWN
    return min(max(int(plain[:9]), 1), MAX_LIMIT)


def _kilometres(typed: str) -> float | None:
    plain = typed.lower().removesuffix("km").strip().replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if 0 <= value <= 1_000 else None
