"""What is known of a proposed cooperation, as letters and papers need it. No I/O."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from data import LegalForm, LegalStatus, Status
from data.legal_steps import LegalStep, LegalSteps, Use
from matcher import Body
from matcher.german import listing, number
from matcher.result import Consortium, ExistingCooperation, Funding
from service.documents.supervision import supervision
from service.matching.background import Background
from service.matching.body_article import dative, nominative
from service.matching.proposal import proposal
from service.matching.wording import year_and_state

_NO_OUTLINE = (LegalForm.INFORMAL, LegalForm.UNKNOWN)
_MOST_EXAMPLES = 3
_MANY = 6  # from so many partners on, a subject counts them instead of naming them


class Cited(Struct, frozen=True):
    """A known cooperation as it is cited: what it is, what is told of it, and its source."""

    title: str
    told: str
    source_url: str


class CooperationPlan(Struct, frozen=True):
    """A proposed cooperation with all facts that drafts are filled with.

    Attributes
    ----------
    day
        Day of the draft.
    searcher, partners
        Who proposes, and to whom.
    matter, area
        The text as it was typed, and the label of its task area ("" if unknown).
    form
        The likeliest legal form that has an outline; None where the Kreis has the task by law and
        is spoken with alone: then there is nothing to agree on yet.
    why
        Why these, in one sentence.
    extends
        Whether the searcher shares the task with these partners already: then that is extended.
    existing, examples
        What there is already, and similar cooperations elsewhere.
    competence
        Who carries the task by law, "" where nothing is known.
    funding, checks
        The grant by its rule, and what is to be checked for this group.
    supervised
        Who approves or is to be told.
    steps, contents, law
        The way, the contents of the agreement, and what else the law asks.
    """

    day: date
    searcher: Body
    partners: tuple[Body, ...]
    matter: str
    area: str
    form: LegalForm | None
    why: str
    extends: bool
    existing: tuple[Cited, ...]
    examples: tuple[Cited, ...]
    competence: str
    funding: Funding
    checks: tuple[str, ...]
    supervised: str
    steps: tuple[LegalStep, ...]
    contents: tuple[LegalStep, ...]
    law: tuple[LegalStep, ...]

    @property
    def members(self) -> tuple[Body, ...]:
        """Return all, the searcher first."""
        return (self.searcher, *self.partners)

    @property
    def subject(self) -> str:
        """Return what it is about: "Zusammenarbeit im Bereich Archiv"."""
        return f"Zusammenarbeit im Bereich {self.area}" if self.area else "Zusammenarbeit"

    @property
    def with_whom(self) -> str:
        """Return the partners for a subject line, counted where they are many."""
        if len(self.partners) >= _MANY:
            return f"{len(self.partners)} weiteren Stellen"
        return listing([dative(body) for body in self.partners])


def cooperation_plan(
    known: Background, matter: str, legal: LegalSteps, day: date
) -> CooperationPlan | None:
    """Gather what drafts need; None where nobody is proposed."""
    group, proposed = known.result.consortium, proposal(known)
    if group is None or proposed is None:
        return None
    form = None if group.carrier is not None else _form(group)
    members = tuple(known.directory[key] for key in group.bodies)
    area, competence = known.result.task_area, known.result.competence
    there = {entry.cooperation for entry in known.result.existing}
    who = nominative(members[0])
    return CooperationPlan(
        day=day,
        searcher=members[0],
        partners=members[1:],
        matter=matter.strip(),
        area="" if area is None else area.area.label,
        form=form,
        why=proposed.why,
        extends=group.existing,
        existing=tuple(
            Cited(e.title, _standing(e, members[0]), e.source_url) for e in known.result.existing
        ),
        examples=tuple(
            Cited(e.title, year_and_state(e.title, e.status, e.year), e.source_url)
            for e in [e for e in known.result.similar_cooperations if e.cooperation not in there][
                :_MOST_EXAMPLES
            ]
        ),
        competence=""
        if competence is None
        else competence.text.replace("Die suchende Stelle", who[0].upper() + who[1:]),
        funding=group.funding,
        checks=group.checks,
        supervised=supervision(form, members, _common_district(members)),
        steps=() if form is None else legal.of(Use.STEP, form),
        contents=() if form is None else legal.of(Use.CONTENT, form),
        law=() if form is None else legal.of(Use.CHECK, form),
    )


def _form(group: Consortium) -> LegalForm:
    forms = [share.form for share in group.legal_forms if share.form not in _NO_OUTLINE]
    return forms[0] if forms else LegalForm.AGREEMENT


def described(body: Body) -> str:
    """Return a body with Kreis and size: "Stadt Werl (Kreis Soest, 30.767 Einwohner)"."""
    facts = [] if body.district_name is None else [body.district_name]
    if body.legal_status is LegalStatus.INDEPENDENT:
        facts = ["kreisfrei"]
    return f"{body.address} ({', '.join([*facts, f'{number(body.population)} Einwohner'])})"


def _standing(entry: ExistingCooperation, searcher: Body) -> str:
    """Return how the searcher stands to a known cooperation, in the third person."""
    since = f" seit {entry.year}" if entry.year else ""
    if entry.status == Status.PLANNED.value:
        return "geplant"
    if entry.relation == "member":
        return f"{nominative(searcher)} ist dabei{since}"
    if entry.relation == "joinable":
        return f"besteht{since}; ein Beitritt ist denkbar"
    return f"beendet; {nominative(searcher)} war dabei"


def _common_district(members: tuple[Body, ...]) -> str | None:
    found = {body.district_name for body in members}
    return found.pop() if len(found) == 1 else None
