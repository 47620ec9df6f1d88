"""The first letter to the proposed partners."""

from __future__ import annotations

from data import LegalForm
from service.documents.plan import Cited, CooperationPlan, described
from service.documents.word_file import WordFile

_LONGEST_MATTER = 1_500


def letter(plan: CooperationPlan) -> bytes:
    """Write the letter to all partners of a plan."""
    paper = WordFile(f"Anschreiben: {plan.subject}", plan.day)
    paper.text(f"{plan.searcher.address}", "Amt, Anschrift, Telefon")
    paper.text("An")
    for body in plan.partners:
        paper.text(body.address)
    paper.text(f"Datum: {plan.day:%d.%m.%Y}")
    paper.heading(f"{plan.subject}: Einladung zu einem Gespräch")
    paper.text("Sehr geehrte Damen und Herren,")
    paper.text(_opening(plan))
    paper.text(f"„{matter(plan)}“")
    paper.text(_reason(plan))
    if plan.existing:
        paper.text("Uns ist bekannt:")
        paper.points([cited(each) for each in plan.existing])
    if plan.examples:
        paper.text("So machen es andere:")
        paper.points([cited(each) for each in plan.examples])
    if plan.form is not None:
        paper.text(f"{_possible(plan.form)} Ob das passt, möchten wir mit Ihnen klären.")
    paper.text("Für ein erstes Gespräch schlagen wir vor:")
    paper.points(_TO_CARRIER if plan.form is None else _TO_PARTNERS)
    # A greeting alone on a second page looks like an accident.
    paper.text(
        "Unser Vorschlag für einen Termin:",
        "zwei Termine, Ort oder Videokonferenz",
        with_next=True,
    )
    paper.text(
        "Ein Anruf genügt. Falls Sie kein Interesse haben, freuen wir uns über einen Hinweis.",
        with_next=True,
    )
    paper.text("Mit freundlichen Grüßen", with_next=True)
    paper.gap("Unterschrift, Funktion, Durchwahl")
    return paper.content()


_FEMININE = frozenset(("oerv", "arbeitsgemeinschaft", "privatrecht"))
_TO_PARTNERS = (
    "Welchen Bedarf haben Sie, und bis wann?",
    "Was soll gemeinsam erledigt werden, was bleibt bei jeder Stelle?",
    "Wer könnte die Aufgabe übernehmen, und wie teilen wir die Kosten?",
    "Wie kann jede Stelle später wieder aussteigen?",
)
_TO_CARRIER = (
    "Wie erledigen Sie die Aufgabe heute, auch für uns?",
    "Wo können wir vor Ort helfen, oder was brauchen wir von Ihnen?",
    "Arbeiten Sie dabei mit anderen zusammen, oder planen Sie das?",
    "Wer spricht bei uns und bei Ihnen weiter darüber, und bis wann?",
)


def _possible(form: LegalForm) -> str:
    if form.value in _FEMININE:
        return f"Als Form kommt eine {form.label} in Betracht."
    return f"Als Form kommt in Betracht: {form.label}."


def _opening(plan: CooperationPlan) -> str:
    if plan.extends:
        return (
            "eine Aufgabe erledigen wir schon gemeinsam mit Ihnen. Das möchten wir ausbauen. "
            "Unser Vorhaben:"
        )
    if plan.form is None:
        return "für eine Aufgabe, die uns beschäftigt, sind Sie zuständig. Unser Anliegen:"
    return "wir möchten eine Aufgabe gemeinsam mit Ihnen erledigen. Unser Vorhaben:"


def _reason(plan: CooperationPlan) -> str:
    who = "; ".join(described(body) for body in plan.members)
    if plan.extends or plan.form is None:
        return f"Beteiligt wären: {who}."
    return f"Wir denken an diese Gruppe: {who}. {plan.why}"


def matter(plan: CooperationPlan) -> str:
    """Return the text as typed, shortened where it would fill the page."""
    text = " ".join(plan.matter.split())
    return text if len(text) <= _LONGEST_MATTER else f"{text[:_LONGEST_MATTER].rstrip()} …"


def cited(each: Cited) -> str:
    """Return a known cooperation on one line, with its source."""
    told = f" ({each.told})" if each.told else ""
    return f"{each.title}{told}. Quelle: {each.source_url}"
