"""The block "Nächste Schritte" of the answer page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.legal_steps import LegalSteps
from service.documents.contacts import contacts
from service.documents.drafts import offered
from service.documents.grant_list import grant_list, grant_verdict
from service.documents.plan import cooperation_plan
from service.matching.background import Background
from service.matching.official_hosts import OfficialHosts

_MOST_CALLED = 6


def block(
    known: Background, matter: str, legal: LegalSteps, sites: OfficialHosts, day: date
) -> Mapping[str, Any] | None:
    """Return what the template shows, None where no group is proposed."""
    plan = cooperation_plan(known, matter, legal, day)
    if plan is None:
        return None
    called = contacts(known, tuple(body.key for body in plan.partners), sites)
    return {
        "contacts": called[:_MOST_CALLED],
        "more_contacts": max(0, len(called) - _MOST_CALLED),
        "drafts": offered(plan),
        "form": plan.form,
        "grant": grant_verdict(plan.funding),
        "grant_list": grant_list(plan.funding) if plan.form else (),
        "supervised": plan.supervised,
        "steps": plan.steps,
    }
