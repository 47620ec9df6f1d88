"""A draft letter in German: facts with their gaps, an offer to talk, no verdict and no names."""

from __future__ import annotations

from collections.abc import Sequence

from data import LegalForm
from data.land import LAND
from matcher.german import count, listing, number
from matcher.outreach.group_profile import GroupProfile
from matcher.outreach.opportunity import Example, Letter, OutreachReason
from matcher.result import Grant, LegalFormShare

_FORMS = 2  # of the most frequent legal forms that the letter names


def draft(
    view: GroupProfile,
    reasons: Sequence[OutreachReason],
    examples: Sequence[Example],
    forms: Sequence[LegalFormShare],
    grant: Grant,
    together: bool = False,
) -> Letter:
    """Write the draft to all bodies of a group.

    Parameters
    ----------
    view
        The group.
    reasons, examples, forms, grant
        What is shown beside it; the letter says the same.
    together
        Whether bodies of the group are known to work together in the area; the reason "unknown"
        says which.
    """
    recipients = tuple(view.body(int(row)).address for row in view.rows)
    about = view.area.label if view.is_other else view.matter.name
    by_code = {reason.code: reason.text for reason in reasons}
    paragraphs = [
        f"An: {listing(recipients)}",
        "Sehr geehrte Damen und Herren,",
        _opening(view, by_code["unknown"], together),
        " ".join(by_code[code] for code in ("proximity", "ties") if code in by_code),
        " ".join(by_code[code] for code in ("elsewhere", "peers", "now") if code in by_code),
    ]
    if examples:
        lines = "\n".join(f"– {cite(example)}" for example in examples)
        paragraphs.append(f"Beispiele, die öffentlich dokumentiert sind:\n{lines}")
    paragraphs += [_form_sentence(forms), _grant_sentence(view, grant), _offer(view)]
    paragraphs += [f"Mit freundlichen Grüßen\n{LAND.office}"]
    subject = f"Interkommunale Zusammenarbeit – {about}: Anregung zum Austausch"
    return Letter(recipients, subject, "\n\n".join(part for part in paragraphs if part))


def _opening(view: GroupProfile, known: str, together: bool) -> str:
    if together:
        return (
            f"wir schreiben Ihnen gemeinsam zur Zusammenarbeit im Bereich "
            f"{view.area.label}. {known} Wie sie "
            "sich bewährt, und ob sie sich um Aufgaben oder Beteiligte erweitern ließe, würden wir "
            "gern von Ihnen erfahren."
        )
    what = f"eine Zusammenarbeit im Bereich {view.area.label}"
    if not view.is_other:
        what = f"das Vorhaben „{view.matter.name}“"
    return (
        f"wir schreiben Ihnen gemeinsam, weil uns {what} zwischen "
        f"Ihnen möglich erscheint. {known} Falls Sie hier bereits zusammenarbeiten, freuen wir uns "
        "über einen kurzen Hinweis."
    )


def cite(example: Example) -> str:
    """Return one line about a cooperation: title, members, year, lead, form, source."""
    facts = [count(example.members, "Beteiligte", "Beteiligte")]
    if example.year is not None:
        facts.append(f"seit {example.year}")
    if example.lead is not None:
        facts.append(f"durchgeführt von: {example.lead}")
    if example.legal_form is not LegalForm.UNKNOWN:
        facts.append(example.legal_form.label)
    return f"„{example.title}“ ({', '.join(facts)}), {example.source_url}"


def _form_sentence(forms: Sequence[LegalFormShare]) -> str:
    named = [f"{f.form.label} ({number(100 * f.share)} %)" for f in forms[:_FORMS]]
    return (
        f"Vergleichbare Gruppen wählen am häufigsten diese Formen: {listing(named)}. Welche zu "
        "Ihrem Vorhaben passt, wäre im Einzelfall zu prüfen, ebenso die steuer- und "
        "vergaberechtlichen Fragen."
    )


def _grant_sentence(view: GroupProfile, grant: Grant) -> str:
    partners = count(len(view.rows), "Beteiligtem", "Beteiligten")
    day = ".".join(reversed(grant.as_of.split("-")))
    return (
        f"Das Land kann neue Kooperationen fördern: bei {partners} nach der Richtlinie vom {day} "
        f"mit bis zu {number(grant.max_eur)} EUR. {grant.rule}"
    )


def _offer(view: GroupProfile) -> str:
    text = (
        "Ob eine Zusammenarbeit für Sie in Frage kommt, entscheiden allein Sie. Auf Wunsch "
        "vermitteln wir Kontakte zu Beteiligten solcher Beispiele und begleiten ein erstes Gespräch"
    )
    if view.district is None:
        return f"{text}."
    return f"{text}; der Kreis könnte dabei beteiligt sein oder vermitteln."
