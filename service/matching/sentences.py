"""An answer in German sentences, for where there is no page."""

from __future__ import annotations

from collections.abc import Iterator

from matcher import Matcher, MatchResult
from matcher.german import german_date, number
from matcher.result import Consortium, Funding, Interpretation
from service.matching.background import Background
from service.matching.body_article import accusative_in_text, dative_in_text
from service.matching.chips import chips
from service.matching.known_steps import next_step, whom_to_ask
from service.matching.proposal import proposal
from service.matching.wording import ELIGIBLE, deadline, relation_label


def told(result: MatchResult, matcher: Matcher) -> list[str]:
    """Return what an answer says beside its ranked bodies, one sentence or line an entry."""
    understood = list(_understood(result.understood))
    if not result.understood.is_matter:
        return [*understood, result.understood.hint or ""]
    known = Background.of(result, matcher)
    area = [] if result.task_area is None else [result.task_area.area.label]
    return [
        *(f"Aufgabenbereich: {label}" for label in area),
        *understood,
        *([result.understood.hint] if result.understood.hint else []),
        *_existing(known),
        *_competence(result),
        *([] if result.consortium is None else _group(result.consortium, known)),
    ]


def _understood(said: Interpretation) -> Iterator[str]:
    labels = [chip.label for chip in chips(said, (), ())]
    if labels:
        yield f"Verstanden: {'; '.join(labels)}"


def _competence(result: MatchResult) -> Iterator[str]:
    # Who carries the task oneself knows it.
    if result.competence is not None and result.competence.own is not True:
        yield f"Zuständigkeit: {result.competence.text}"


def _existing(known: Background) -> Iterator[str]:
    for entry in known.result.existing:
        others = known.nearest(entry.bodies)
        ask = whom_to_ask(entry, known)
        call = f"Fragen Sie {known.said(ask, accusative_in_text)}. " if ask else ""
        names = known.names(others, dative_in_text, 4, "weiteren") if others else ""
        yield (
            f"Gibt es schon ({next_step(entry)}): {entry.title} ({relation_label(entry)})"
            f"{f', mit {names}' if others else ''}. "
            f"{call}{entry.source_url}"
        )


def _group(group: Consortium, known: Background) -> Iterator[str]:
    proposed = proposal(known)
    if proposed is not None:
        name = "Bestehende Gruppe" if group.existing else "Vorschlag"
        yield f"{name}: {proposed.heading}. {proposed.sentence}"
        yield from (f"{other.label}: {other.sentence}" for other in proposed.alternatives)
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
