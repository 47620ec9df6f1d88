"""The paper on which a council decides (Beschlussvorlage), with its usual headings."""

from __future__ import annotations

from data import Kind, LegalForm
from data.legal_steps import LegalStep
from service.documents.grant_list import grant_list, grant_verdict
from service.documents.letter import cited, matter
from service.documents.plan import CooperationPlan, described
from service.documents.word_file import WordFile

_WITH_ARTICLE = {
    LegalForm.AGREEMENT: "Abschluss einer öffentlich-rechtlichen Vereinbarung",
    LegalForm.WORKING_GROUP: "Bildung einer kommunalen Arbeitsgemeinschaft",
    LegalForm.ZWECKVERBAND: "Gründung eines Zweckverbands",
    LegalForm.JOINT_COMPANY: "Gründung eines gemeinsamen Kommunalunternehmens",
    LegalForm.PRIVATE_LAW: "Gründung einer gemeinsamen Gesellschaft des Privatrechts",
}
_OTHER_WAYS = (
    "Die Aufgabe weiter allein erledigen: Aufwand und Ausfallrisiko gegenüberstellen.",
    "Andere oder weitere Partner gewinnen.",
    "Die Leistung am Markt vergeben, soweit das Gesetz es zulässt.",
)
_ATTACHED = ("Entwurf der Vereinbarung oder Satzung", "Vergleich der Wirtschaftlichkeit")
_COUNCILS = {
    Kind.MUNICIPALITY: "Der Rat",
    Kind.DISTRICT: "Der Kreistag",
    Kind.ASSOCIATION: "Die Versammlung",
}


def council_paper(plan: CooperationPlan) -> bytes:
    """Write the paper for the council of the searching body."""
    paper = WordFile(f"Beschlussvorlage: {plan.subject}", plan.day)
    paper.title("Beschlussvorlage")
    paper.facts(
        [
            ("Stelle", plan.searcher.address),
            ("Vorlagennummer", ""),
            ("Datum", f"{plan.day:%d.%m.%Y}"),
            ("Federführendes Amt", ""),
            ("Öffentlichkeit", "öffentlich (bitte prüfen)"),
            ("Beratungsfolge", ""),
        ]
    )
    paper.heading("Betreff")
    paper.text(f"{subject(plan)} mit {plan.with_whom}{_about(plan)}")
    _decision(paper, plan)
    _situation(paper, plan)
    _form(paper, plan)
    _alternatives(paper, plan)
    _money(paper, plan)
    _staff(paper)
    if plan.checks or plan.law:
        paper.heading("Vergabe, Datenschutz und weitere Prüfpunkte")
        paper.check_list([*plan.checks, *(told(step) for step in plan.law)])
    paper.heading("Auswirkungen auf Klima und Nachhaltigkeit")
    paper.gap("falls örtlich üblich")
    paper.heading("Weiteres Verfahren")
    paper.text(plan.supervised)
    paper.numbered([told(step) for step in plan.steps])
    paper.heading("Anlagen")
    paper.points(_ATTACHED if plan.form else ["Vermerk über das Gespräch"])
    return paper.content()


def subject(plan: CooperationPlan) -> str:
    """Return what is decided: to speak, to extend what is shared already, or to found something."""
    if plan.form is None:
        return "Auftrag zu Gesprächen"
    return "Ausbau der bestehenden Zusammenarbeit" if plan.extends else _WITH_ARTICLE[plan.form]


def told(step: LegalStep) -> str:
    """Return a row of the table of law on one line, with its paragraph."""
    basis = f" ({step.legal_basis})" if step.legal_basis else ""
    return f"{step.title}: {step.text}{basis}"


def _about(plan: CooperationPlan) -> str:
    return f" im Bereich {plan.area}" if plan.area else ""


def _decision(paper: WordFile, plan: CooperationPlan) -> None:
    head = _COUNCILS[plan.searcher.kind]
    paper.heading("Beschlussvorschlag")
    if plan.form is None:
        paper.numbered(
            [
                f"{head} beauftragt die Verwaltung, mit {plan.with_whom} zu sprechen.",
                f"{head} nimmt zur Kenntnis, dass die Aufgabe dort von Gesetzes wegen liegt.",
                "Die Verwaltung berichtet über das Ergebnis. Vereinbart wird damit noch nichts.",
            ]
        )
        return
    paper.numbered(
        [
            f"{head} stimmt der Zusammenarbeit mit {plan.with_whom}{_about(plan)} zu.",
            f"{head} stimmt dem Entwurf in der Anlage zu. Form: {plan.form.label}.",
            "Die Verwaltungsspitze wird ermächtigt, die Vereinbarung abzuschließen.",
            "Änderungen am Wortlaut, die die Aufsicht wünscht, brauchen keinen neuen Beschluss. "
            "Änderungen in der Sache werden neu vorgelegt.",
            "Weitere Kommunen können zu gleichen Bedingungen beitreten.",
            "Die Verwaltung beantragt vor Beginn die Landesförderung, soweit sie möglich ist.",
        ]
    )


def _situation(paper: WordFile, plan: CooperationPlan) -> None:
    paper.heading("Sachverhalt und Begründung")
    paper.text(f"Anlass ist dieses Vorhaben: „{matter(plan)}“")
    paper.text("Ist-Stand:", "Fälle im Jahr, Stellen, Aufwand, Engpässe")
    if plan.competence:
        paper.text(f"Zuständigkeit: {plan.competence}")
    paper.text("Beteiligt sind nach dem Vorschlag:")
    paper.points([described(body) for body in plan.members])
    paper.text("Diese Stellen erledigen die Aufgabe schon gemeinsam." if plan.extends else plan.why)
    if plan.existing:
        paper.text("Das gibt es in dieser Sache schon:")
        paper.points([cited(each) for each in plan.existing])
    if plan.examples:
        paper.text("Ähnliche Vorhaben anderswo:")
        paper.points([cited(each) for each in plan.examples])


def _form(paper: WordFile, plan: CooperationPlan) -> None:
    if plan.form is None:
        return
    paper.heading("Rechtsform und wesentlicher Inhalt")
    paper.text(
        f"Vorgeschlagen ist: {plan.form.label}. Vergleichbare Gruppen wählen sie häufig. "
        "Zu regeln sind vor allem:"
    )
    paper.points([told(step) for step in plan.contents])


def _alternatives(paper: WordFile, plan: CooperationPlan) -> None:
    paper.heading("Alternativen")
    paper.points(_OTHER_WAYS if plan.form else ["Es bleibt, wie es ist."])
    paper.gap("Bewertung der Alternativen")


def _money(paper: WordFile, plan: CooperationPlan) -> None:
    paper.heading("Finanzielle Auswirkungen")
    paper.facts(
        [
            ("Aufwand im Jahr", ""),
            ("Ertrag oder Erstattung im Jahr", ""),
            ("Einmaliger Aufwand", ""),
            ("Haushaltsstelle", ""),
            ("Stellenplan", ""),
        ]
    )
    paper.text(f"Landesförderung: {grant_verdict(plan.funding)}")
    if plan.form is not None:
        paper.check_list(grant_list(plan.funding))
    paper.text(f"Richtlinie: {plan.funding.source_url}")


def _staff(paper: WordFile) -> None:
    paper.heading("Personelle Auswirkungen")
    paper.text(
        "Beschäftigte, Personalrat und Gleichstellungsbeauftragte werden früh einbezogen.",
        "Stellen, Arbeitsort, Form des Wechsels",
    )
