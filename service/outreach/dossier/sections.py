"""The sections of a dossier on one opportunity, in the order of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.platypus import KeepTogether, Paragraph, Spacer

from data import LegalForm
from matcher.german import count, listing, number, percent
from matcher.outreach import Example, Opportunity
from service.outreach.dossier.style import (
    BOX,
    CELL,
    HEAD,
    HEAD_NUMBER,
    LETTER,
    NUMBER,
    PALE,
    SECTION,
    SMALL,
    STRONG,
    TEXT,
    link,
    markup,
    paragraph,
    table,
)
from service.outreach.list_files import UNKNOWN

NO_VERDICT = "Vorschlag, kein Urteil"
_BAR_PT = 110.0


def caution() -> Paragraph:
    """Say what a dossier is, and what is not known."""
    return paragraph(
        f"{NO_VERDICT}: errechnet aus öffentlichen Daten, gedacht als Anlass für ein Gespräch. "
        f"{UNKNOWN}",
        BOX,
    )


def caption(opportunity: Opportunity) -> str:
    """Say in words what the map shows."""
    text = f"Karte: {listing(opportunity.names)} in ihrer Umgebung, mit den Grenzen der Kreise"
    if opportunity.with_district:
        text += "; der beteiligte Kreis ist gestrichelt umrandet"
    return f"{text}. Grenzen: © GeoBasis-DE / BKG (verändert), dl-de/by-2-0."


def parts(opportunity: Opportunity) -> list[Any]:
    """Take the score apart."""
    most = max(abs(part.contribution) for part in opportunity.parts) or 1.0
    rows = [
        [paragraph("Bestandteil", HEAD), paragraph("Beitrag", HEAD_NUMBER), paragraph("", HEAD)]
    ]
    for part in opportunity.parts:
        figure = paragraph(_signed(part.contribution), NUMBER)
        rows.append([paragraph(part.label, CELL), figure, _bar(part.contribution / most)])
    total = paragraph(_signed(opportunity.score), HEAD_NUMBER)
    rows.append([paragraph("Wert (Log-Odds)", HEAD), total, ""])
    told = "Der Wert ordnet die Liste; er sagt nicht voraus, ob eine Zusammenarbeit gelingt."
    return [table(rows, [190, 60, _BAR_PT + 12]), Spacer(0, 3), paragraph(told, SMALL)]


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else ''}{number(value, 2)}"


def _bar(share: float) -> Drawing:
    """Return a bar to the right or, where it speaks against, to the left of the middle."""
    middle, length = _BAR_PT / 2, abs(share) * _BAR_PT / 2
    drawing = Drawing(_BAR_PT, 9)
    drawing.add(Rect(0, 1, _BAR_PT, 7, fillColor=PALE, strokeColor=None))
    left = middle if share >= 0 else middle - length
    drawing.add(Rect(left, 1, length, 7, fillColor=STRONG, strokeColor=None))
    return drawing


def examples(opportunity: Opportunity) -> list[Any]:
    """List the cooperations to cite, with their sources."""
    if not opportunity.examples:
        return []
    entries = [KeepTogether(_example(example)) for example in opportunity.examples]
    return [paragraph("Kooperationen, auf die man verweisen kann", SECTION), *entries]


def _example(example: Example) -> list[Any]:
    facts = [count(example.members, "Beteiligter", "Beteiligte")]
    if example.year is not None:
        facts.append(f"seit {example.year}")
    if example.lead is not None:
        facts.append(f"durchgeführt von: {example.lead}")
    if example.legal_form is not LegalForm.UNKNOWN:
        facts.append(example.legal_form.label)
    facts.append("gleiche Form der Gruppe" if example.same_shape else "andere Form der Gruppe")
    title = f"<b>{markup(example.title)}</b> ({markup(', '.join(facts))})"
    source = f"Quelle: {link(example.source_url)}"
    return [Paragraph(title, TEXT), Paragraph(source, SMALL), Spacer(0, 5)]


def forms(opportunity: Opportunity) -> list[Any]:
    """List the legal forms that such groups choose."""
    rows = [[paragraph("Rechtsform", HEAD), paragraph("Anteil", HEAD_NUMBER)]]
    rows += [
        [paragraph(share.form.label, CELL), paragraph(percent(share.share), NUMBER)]
        for share in opportunity.legal_forms
    ]
    told = (
        "Anteile bei vergleichbaren Gruppen. Welche Form passt, ist im Einzelfall zu prüfen, "
        "ebenso die steuer- und vergaberechtlichen Fragen."
    )
    return [table(rows, [250, 60]), Spacer(0, 3), paragraph(told, SMALL)]


def grant(opportunity: Opportunity) -> list[Any]:
    """State the grant with its rule and date."""
    grant = opportunity.grant
    day = f"{date.fromisoformat(grant.as_of):%d.%m.%Y}"
    partners = len(opportunity.bodies)
    return [
        paragraph(
            f"Bis {number(grant.max_eur)} EUR bei {partners} Beteiligten nach der Richtlinie vom "
            f"{day}. {grant.rule}"
        ),
        Paragraph(f"Quelle: {link(grant.source_url)}", SMALL),
    ]


def letter(opportunity: Opportunity) -> list[Any]:
    """Lay out the draft letter."""
    letter = opportunity.letter
    return [
        paragraph("Entwurf eines Anschreibens", SECTION),
        paragraph("Zum Überarbeiten; es ist nichts verschickt worden.", SMALL),
        Spacer(0, 8),
        Paragraph(f"<b>Betreff: {markup(letter.subject)}</b>", LETTER),
        *(paragraph(part, LETTER) for part in letter.text.split("\n\n")),
    ]
