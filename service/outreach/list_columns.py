"""What a table of opportunities can show: all columns by their code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from data import Kind
from matcher import Body
from matcher.german import number
from matcher.outreach import Example, Opportunity
from service.web.spreadsheets import Column, Shape

_EXAMPLES = 3
_FORMS = 3


class ColumnError(ValueError):
    """A column is asked for that does not exist; the sentence lists those that do."""


class Entry(Struct, frozen=True):
    """One opportunity with what a table shows beside it.

    Attributes
    ----------
    bodies
        In the order of `Opportunity.bodies`.
    status
        Where the office stands with it, "" where nothing is noted.
    """

    opportunity: Opportunity
    bodies: tuple[Body, ...]
    status: str

    @property
    def places(self) -> list[Body]:
        """The municipalities, without the Kreis that is approached too."""
        return [body for body in self.bodies if body.kind is Kind.MUNICIPALITY]


def _part(*codes: str) -> Callable[[Entry], float]:
    return lambda line: round(
        sum(part.contribution for part in line.opportunity.parts if part.code in codes), 3
    )


def _need(line: Entry) -> float:
    parts = line.opportunity.parts
    rest = sum(part.contribution for part in parts if part.code in ("size", "gap"))
    return round(rest, 3)


def _reason(code: str) -> Callable[[Entry], str]:
    return lambda line: " ".join(r.text for r in line.opportunity.reasons if r.code == code)


def _other_reasons(line: Entry) -> str:
    return " ".join(r.text for r in line.opportunity.reasons if r.code not in _REASONS)


def _example(n: int, told: Callable[[Example], str]) -> Callable[[Entry], str]:
    def value(line: Entry) -> str:
        cited = line.opportunity.examples
        return told(cited[n]) if n < len(cited) else ""

    return value


def _forms(line: Entry) -> str:
    shown = line.opportunity.legal_forms[:_FORMS]
    return ", ".join(f"{share.form.label} {number(100 * share.share)} %" for share in shown)


def _unique(values: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in values if isinstance(value, str)))


_REASONS = {
    "these": "Warum diese",
    "matter": "Warum dieses Vorhaben",
    "now": "Warum jetzt",
    "against": "Was dagegen sprechen kann",
    "unknown": "Bekannt zu diesem Vorhaben",
    "peers": "Ähnliche Kommunen",
    "elsewhere": "Landesweit",
    "proximity": "Nähe",
    "ties": "Bisherige Zusammenarbeit",
    "situation": "Ausgangslage",
}

COLUMNS: dict[str, Column[Entry]] = {
    "rank": Column("Rang", 7, Shape.COUNT, lambda x: x.opportunity.rank),
    "area": Column("Aufgabenbereich", 26, Shape.TEXT, lambda x: x.opportunity.task_area.label),
    "matter": Column("Vorhaben", 32, Shape.TEXT, lambda x: x.opportunity.matter_name),
    "names": Column("Beteiligte", 42, Shape.TEXT, lambda x: ", ".join(x.opportunity.names)),
    "status": Column("Status", 16, Shape.TEXT, lambda x: x.status),
    "districts": Column("Kreis", 26, Shape.TEXT, lambda x: _unique(map(_district, x.places))),
    "region": Column(
        "Regierungsbezirk",
        18,
        Shape.TEXT,
        lambda x: _unique(b.government_region or "" for b in x.places),
    ),
    "segments": Column(
        "Segment",
        34,
        Shape.TEXT,
        lambda x: _unique(b.legal_status.label for b in x.places),
    ),
    "places": Column("Kommunen", 11, Shape.COUNT, lambda x: len(x.places)),
    "with_district": Column(
        "mit Kreis", 11, Shape.TEXT, lambda x: "ja" if x.opportunity.with_district else "nein"
    ),
    "population": Column(
        "Einwohner zusammen", 13, Shape.COUNT, lambda x: sum(b.population for b in x.places)
    ),
    "score": Column("Wert (Log-Odds)", 12, Shape.ODDS, lambda x: round(x.opportunity.score, 3)),
    "fit": Column("davon Passung", 12, Shape.ODDS, _part("fit")),
    "need": Column("davon Bedarf", 12, Shape.ODDS, _need),
    "evidence": Column("davon Erfahrung", 12, Shape.ODDS, _part("evidence", "spread")),
    **{
        f"why_{code}" if code == "matter" else code: Column(title, 48, Shape.TEXT, _reason(code))
        for code, title in _REASONS.items()
    },
    "other_reasons": Column("Weitere Gründe", 48, Shape.TEXT, _other_reasons),
    **{
        key: column
        for n in range(_EXAMPLES)
        for key, column in (
            (
                f"example_{n + 1}",
                Column(f"Beispiel {n + 1}", 42, Shape.TEXT, _example(n, lambda e: e.title)),
            ),
            (
                f"source_{n + 1}",
                Column(f"Quelle {n + 1}", 36, Shape.LINK, _example(n, lambda e: e.source_url)),
            ),
        )
    },
    "legal_forms": Column("Häufige Rechtsformen", 44, Shape.TEXT, _forms),
    "grant": Column(
        "Förderung bis EUR", 13, Shape.COUNT, lambda x: round(x.opportunity.grant.max_eur)
    ),
    "grant_day": Column(
        "Richtlinie vom", 13, Shape.DAY, lambda x: date.fromisoformat(x.opportunity.grant.as_of)
    ),
    "grant_rule": Column("Förderregel", 80, Shape.TEXT, lambda x: x.opportunity.grant.rule),
    "grant_source": Column(
        "Quelle der Regel", 36, Shape.LINK, lambda x: x.opportunity.grant.source_url
    ),
    "subject": Column("Betreff", 42, Shape.TEXT, lambda x: x.opportunity.letter.subject),
    "letter": Column(
        "Entwurf des Anschreibens", 80, Shape.TEXT, lambda x: x.opportunity.letter.text
    ),
    "keys": Column("AGS", 30, Shape.TEXT, lambda x: ", ".join(x.opportunity.bodies)),
    "id": Column("Kennung", 16, Shape.TEXT, lambda x: x.opportunity.id),
}
"""All columns by their code, in the order in which they are written."""

DEFAULT_COLUMNS = tuple(
    code for code in COLUMNS if code not in ("other_reasons", "subject", "letter")
)
"""Without the letters: they make rows of a screen's height."""


def chosen(codes: Sequence[str]) -> list[Column[Entry]]:
    """Return columns in the wanted order.

    Raises
    ------
    ColumnError
        A code is not in `COLUMNS`, or there is none.
    """
    strange = [code for code in codes if code not in COLUMNS]
    if strange or not codes:
        named = (
            f"Spalte „{strange[0]}“ ist unbekannt." if strange else "Es ist keine Spalte gewählt."
        )
        raise ColumnError(f"{named} Zulässig sind: {', '.join(COLUMNS)}.")
    return [COLUMNS[code] for code in dict.fromkeys(codes)]


def _district(body: Body) -> str:
    return body.district_name or f"{body.name} (kreisfrei)"
