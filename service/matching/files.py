"""Ranked partners as files: CSV and XLSX for the office, GeoJSON for the map. No I/O."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from data import LegalStatus
from matcher import Body, Evidence
from service.matching.arguments import is_argument
from service.matching.group_schemas import ConsortiumAnswer
from service.matching.likelihood import Likelihood
from service.matching.schemas import MatchAnswer, MatchesAnswer
from service.matching.sentences import funding_sentence
from service.matching.wording import relation_label, year_and_state
from service.web.attachments import MEDIA_TYPES, File
from service.web.spreadsheets import Column, Shape, csv_file

FileFormat = Literal["xlsx", "csv", "geojson"]
# Who searches for what is nobody's to keep.
PRIVATE = {"Cache-Control": "no-store"}


NO_VERDICT = (
    "Diese Liste enthält Vorschläge, keine Urteile über eine Kommune. Eine Zusammenarbeit, die "
    "hier fehlt, ist nicht bekannt – es kann sie trotzdem geben."
)
_REASONS = 3
_EVIDENCE = 3


def _reasons(match: MatchAnswer) -> list[str]:
    """Return the strongest reasons; those against are marked, as no bar shows it here."""
    told = [reason for reason in match.reasons if is_argument(reason)]
    return [
        reason.text if reason.contribution >= 0 else f"{reason.text} (spricht dagegen)"
        for reason in told[:_REASONS]
    ]


def _nth_reason(n: int) -> Callable[[MatchAnswer], str]:
    return lambda match: dict(enumerate(_reasons(match))).get(n, "")


def _nth_title(n: int) -> Callable[[MatchAnswer], str]:
    return lambda match: _title(match.evidence[n]) if n < len(match.evidence) else ""


def _nth_source(n: int) -> Callable[[MatchAnswer], str]:
    return lambda match: match.evidence[n].source_url if n < len(match.evidence) else ""


def _title(entry: Evidence) -> str:
    """Return a title with year and state: nobody shall take what has ended for running."""
    told = year_and_state(entry.title, entry.status, entry.year)
    return f"{entry.title} ({told})" if told else entry.title


_COLUMNS: tuple[Column[MatchAnswer], ...] = (
    Column("Rang", 7, Shape.COUNT, lambda m: m.rank),
    Column("AGS", 11, Shape.TEXT, lambda m: m.body.ags),
    Column("Name", 30, Shape.TEXT, lambda m: m.body.name),
    Column("Art/Status", 32, Shape.TEXT, lambda m: LegalStatus.parse(m.body.legal_status).label),
    Column("Kreis", 26, Shape.TEXT, lambda m: m.body.district or ""),
    Column("Einwohner", 12, Shape.COUNT, lambda m: m.body.population),
    Column("Entfernung km", 15, Shape.KILOMETRES, lambda m: round(m.distance_km, 1)),
    Column("gemeinsame Grenze", 20, Shape.TEXT, lambda m: "ja" if m.adjacent else "nein"),
    Column("schon gemeinsam", 17, Shape.TEXT, lambda m: "ja" if m.together else "nein"),
    Column("Aussicht", 14, Shape.TEXT, lambda m: m.likelihood.label),
    Column("Wahrscheinlichkeit", 19, Shape.SHARE, lambda m: round(m.probability, 4)),
    Column("In einem Satz", 60, Shape.TEXT, lambda m: m.sentence),
    *(Column(f"Grund {n + 1}", 48, Shape.TEXT, _nth_reason(n)) for n in range(_REASONS)),
    *(
        column
        for n in range(_EVIDENCE)
        for column in (
            Column(f"Beleg {n + 1}", 48, Shape.TEXT, _nth_title(n)),
            Column(f"Quelle {n + 1}", 40, Shape.LINK, _nth_source(n)),
        )
    ),
    Column("andere Zusammenarbeit", 48, Shape.TEXT, lambda m: "; ".join(map(_title, m.ties))),
)


class Question(Struct, frozen=True):
    """What was asked, for the file that answers it.

    Attributes
    ----------
    searcher
        The searching body.
    matter
        The text.
    conditions
        Wishes, named bodies and filters as they were applied, in German.
    day
        Date of the search.
    """

    searcher: Body
    matter: str
    conditions: tuple[str, ...]
    day: date


def partner_file(
    answer: MatchesAnswer, file_format: FileFormat, question: Question, *, noted: bool = False
) -> File:
    """Return the file of an answer.

    Parameters
    ----------
    answer
        The ranked partners.
    file_format
        Which file.
    question
        What was asked.
    noted
        Whether a CSV says below its table what a workbook says on its second sheet: good for
        people, in the way of programs.
    """
    if file_format == "csv":
        content = to_csv(answer.matches, _notes(answer, question) if noted else ())
    elif file_format == "xlsx":
        content = to_xlsx(answer, question)
    else:
        content = to_geojson(answer, question.searcher.name, question.day)
    name = f"partnersuche-{question.searcher.key}-{question.day.isoformat()}.{file_format}"
    return File(content, MEDIA_TYPES[file_format], name)


def to_csv(matches: Sequence[MatchAnswer], notes: Sequence[tuple[str, Any]] = ()) -> bytes:
    """Return what a German Excel opens by double click: UTF-8 with BOM, semicolon, comma."""
    return csv_file(_COLUMNS, matches, notes)


def to_xlsx(answer: MatchesAnswer, question: Question) -> bytes:
    """Return a workbook: the partners, and a sheet on what the list is and is not."""
    from service.web.workbook import xlsx_file

    # Rank, key and name stay in sight, as does the header.
    return xlsx_file(_COLUMNS, answer.matches, "Partner", _notes(answer, question), frozen="D2")


def to_geojson(answer: MatchesAnswer, searcher: str, day: date) -> bytes:
    """Return points in WGS 84 (RFC 7946); names of properties are those of the JSON answer."""
    collection = {
        "type": "FeatureCollection",
        "note": NO_VERDICT,
        "searcher": searcher,
        "date": day.isoformat(),
        "model_version": answer.model.version,
        "data_version": answer.data_version,
        "hint": answer.understood.hint,
        "consortium": None if answer.consortium is None else _group(answer.consortium),
        "features": [_feature(match) for match in answer.matches],
    }
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8")


def _group(group: ConsortiumAnswer) -> dict[str, Any]:
    return group.model_dump(mode="json", include={"bodies", "names", "existing", "funding"})


def _notes(answer: MatchesAnswer, question: Question) -> list[tuple[str, Any]]:
    area = answer.task_area
    return [
        ("Hinweis", NO_VERDICT),
        ("Suchende Kommune", question.searcher.name),
        ("Vorhaben", question.matter),
        *([] if area is None else [("Aufgabenbereich", area.label)]),
        ("Berücksichtigt", "; ".join(question.conditions) or "keine Filter und Wünsche"),
        ("Datum der Abfrage", question.day),
        *_findings(answer),
        *((f"Aussicht: {each.label}", each.meaning) for each in Likelihood),
        ("Entfernung km", "Luftlinie zwischen den Verwaltungssitzen."),
        ("Gründe", "Die drei Gründe mit dem größten Gewicht."),
        ("schon gemeinsam", "Die Aufgabe ist schon Teil einer bekannten Zusammenarbeit beider."),
        ("Modellversion", answer.model.version),
        ("Textmodell", answer.model.text_model or "nicht verfügbar (eingeschränkter Betrieb)"),
        ("Datenstand", answer.data_version),
    ]


def _findings(answer: MatchesAnswer) -> list[tuple[str, Any]]:
    """Return what was found beside the ranking: no matter, what exists, group and grant."""
    found: list[tuple[str, Any]] = []
    if answer.understood.hint:
        unread = answer.understood.is_matter
        found.append(("Nicht verstanden" if unread else "Kein Vorschlag", answer.understood.hint))
    found += [
        (
            "Das gibt es schon",
            f"{known.step}: {known.title} ({relation_label(known)}), {known.source_url}",
        )
        for known in answer.existing
    ]
    if answer.competence is not None:
        found.append(("Zuständigkeit", answer.competence.text))
    group = answer.consortium
    if group is not None:
        name = "Bestehende Gruppe" if group.existing else "Gruppenvorschlag"
        found.append((name, ", ".join(group.names)))
        if group.sentence:
            found.append(("Warum diese", group.sentence))
        found += [(f"Andere Gruppe: {other.label}", other.sentence) for other in group.alternatives]
        found.append(("Mögliche Landesförderung", funding_sentence(group.funding)))
        found += [("Vorher zu prüfen", sentence) for sentence in group.checks]
    return found


def _feature(match: MatchAnswer) -> dict[str, Any]:
    body = match.body
    return {
        "type": "Feature",
        "id": body.ags,
        "geometry": {"type": "Point", "coordinates": [body.longitude, body.latitude]},
        "properties": {
            "rank": match.rank,
            "ags": body.ags,
            "name": body.name,
            "kind": body.kind,
            "legal_status": LegalStatus.parse(body.legal_status).label,
            "district": body.district,
            "population": body.population,
            "distance_km": round(match.distance_km, 1),
            "adjacent": match.adjacent,
            "probability": round(match.probability, 4),
            "score": round(match.score, 3),
            "together": match.together,
            "reasons": _reasons(match),
            "evidence": [
                {
                    "title": entry.title,
                    "year": entry.year,
                    "status": entry.status,
                    "source_url": entry.source_url,
                }
                for entry in match.evidence[:_EVIDENCE]
            ],
        },
    }
