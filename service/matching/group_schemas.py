"""The JSON of a proposed group: members, why, what else one could do, legal forms and the grant."""

from __future__ import annotations

from pydantic import BaseModel

from matcher.result import Consortium, Funding, LegalFormShare
from service.matching.proposal import Alternative, Proposal
from service.web.schemas import TermAnswer


class LegalFormAnswer(TermAnswer):
    """A legal form and how often it fits, as a share of 1."""

    share: float

    @classmethod
    def of_share(cls, share: LegalFormShare) -> LegalFormAnswer:
        """Return a legal form with its share."""
        return LegalFormAnswer(code=share.form.value, label=share.form.label, share=share.share)


class AlternativeAnswer(BaseModel):
    """Another group than the proposed one; `sentence` says in German what it is good for."""

    code: str
    label: str
    bodies: tuple[str, ...]
    sentence: str

    @classmethod
    def of(cls, other: Alternative) -> AlternativeAnswer:
        """Return another group."""
        return AlternativeAnswer(
            code=other.code, label=other.label, bodies=other.bodies, sentence=other.sentence
        )


class ConsortiumAnswer(BaseModel):
    """A proposed group, the searcher first; `sentence` says in German why these."""

    bodies: tuple[str, ...]
    names: tuple[str, ...]
    sentence: str
    alternatives: list[AlternativeAnswer]
    reasons: tuple[str, ...]
    legal_forms: list[LegalFormAnswer]
    funding: Funding
    checks: tuple[str, ...]
    existing: bool

    @classmethod
    def of(cls, group: Consortium, proposed: Proposal | None) -> ConsortiumAnswer:
        """Return a proposed group; `proposed` is None where the searcher is alone in it."""
        alternatives = () if proposed is None else proposed.alternatives
        return ConsortiumAnswer(
            bodies=group.bodies,
            names=group.names,
            sentence="" if proposed is None else proposed.sentence,
            alternatives=[AlternativeAnswer.of(other) for other in alternatives],
            reasons=group.reasons,
            legal_forms=[LegalFormAnswer.of_share(share) for share in group.legal_forms],
            funding=group.funding,
            checks=group.checks,
            existing=group.existing,
        )
