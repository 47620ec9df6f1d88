"""An answer in German sentences, for where there is no page."""

from __future__ import annotations

from collections.abc import Iterator

from matcher import Directory, MatchResult
from matcher.german import number
from matcher.result import Consortium, Funding, Interpretation
from service.matching.chips import chips
from service.matching.wording import ELIGIBLE, deadline, relation_label
from service.web.templating import german_date


def told(result: MatchResult, directory: Directory) -> list[str]:
    """Return what an answer says beside its ranked bodies, one sentence or line an entry."""
    understood = list(_understood(result.understood))
    if not result.understood.is_matter:
        return [*understood, result.understood.hint or ""]
    area = [] if result.task_area is None else [result.task_area.area.label]
    return [
        *(f"Aufgabenbereich: {label}" for label in area),
        *understood,
        *([result.understood.hint] if result.understood.hint else []),
        *([] if result.competence is None else [f"Zuständigkeit: {result.competence.text}"]),
        *_existing(result, directory),
        *([] if result.consortium is None else _group(result.consortium)),
    ]


def _understood(said: Interpretation) -> Iterator[str]:
    labels = [chip.label for chip in chips(said, (), ())]
    if labels:
        yield f"Verstanden: {'; '.join(labels)}"


def _existing(result: MatchResult, directory: Directory) -> Iterator[str]:
    for known in result.existing:
        others = [key for key in known.bodies if key != result.body]
        names = ", ".join(directory.names_of(others))
        yield (
            f"Gibt es schon: {known.title} ({relation_label(known)})"
            f"{f', mit {names}' if names else ''}. {known.source_url}"
        )


def _group(group: Consortium) -> Iterator[str]:
    yield f"{'Bestehende Gruppe' if group.existing else 'Gruppe'}: {', '.join(group.names)}"
    yield f"Mögliche Landesförderung: {funding_sentence(group.funding)}"
    yield from (f"Vorher zu prüfen: {sentence}" for sentence in group.checks)


def funding_sentence(funding: Funding) -> str:
    """Return whether there is a grant, how much, why, until when and who decides."""
    most = "" if funding.max_eur is None else f", bis zu {number(funding.max_eur)} EUR"
    until = deadline(funding)
    return (
        f"{ELIGIBLE[funding.eligible]}{most}. {funding.why}{f' {until}' if until else ''} "
        f"Es entscheidet: {funding.authority}. "
        f"Stand {german_date(funding.as_of)}, {funding.source_url}"
    )
