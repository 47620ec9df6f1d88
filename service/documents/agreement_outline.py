"""The outline of the agreement for the likeliest legal form: what has to stand in it."""

from __future__ import annotations

from data import LegalForm
from service.documents.letter import matter
from service.documents.plan import CooperationPlan, described
from service.documents.word_file import WordFile

_TITLES = {
    LegalForm.AGREEMENT: "Öffentlich-rechtliche Vereinbarung",
    LegalForm.WORKING_GROUP: "Vereinbarung über eine kommunale Arbeitsgemeinschaft",
    LegalForm.ZWECKVERBAND: "Verbandssatzung",
    LegalForm.JOINT_COMPANY: "Satzung des gemeinsamen Kommunalunternehmens",
    LegalForm.PRIVATE_LAW: "Gesellschaftsvertrag",
}


def agreement_outline(plan: CooperationPlan) -> bytes:
    """Write the outline: parties, aim, one section each content, and how it takes effect.

    Raises
    ------
    ValueError
        The plan has no legal form.
    """
    if plan.form is None:
        raise ValueError("A plan without a legal form has no agreement.")
    title = _TITLES[plan.form]
    paper = WordFile(f"{title}: Gliederung", plan.day)
    paper.title(f"{title} (Gliederung)")
    paper.text(plan.subject)
    paper.text("zwischen")
    paper.points([described(body) for body in plan.members])
    paper.heading("Vorbemerkung")
    paper.text(f"Die Beteiligten verfolgen dieses Vorhaben gemeinsam: „{matter(plan)}“")
    paper.text("", "Ziele, gemeinsam formuliert")
    for number, content in enumerate(plan.contents, 1):
        paper.heading(f"§ {number} {content.title}")
        basis = f" ({content.legal_basis})" if content.legal_basis else ""
        paper.text(f"Zu regeln: {content.text}{basis}", with_next=True)
        paper.gap("Wortlaut")
    paper.heading("Unterschriften")
    paper.facts([(body.address, "") for body in plan.members], "Ort, Datum, Unterschrift, Funktion")
    paper.heading("Hinweise zum Verfahren (vor der Unterzeichnung löschen)")
    paper.text(plan.supervised)
    paper.check_list(plan.checks)
    return paper.content()
