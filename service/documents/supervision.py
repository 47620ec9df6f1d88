"""Who supervises a cooperation, by its legal form and members (§ 29 GkG, §§ 115, 120 GO NRW)."""

from __future__ import annotations

from collections.abc import Sequence

from data import Kind, LegalForm, LegalStatus
from matcher import Body

_APPROVED = (LegalForm.AGREEMENT, LegalForm.ZWECKVERBAND)
_CORPORATE = (LegalForm.ZWECKVERBAND, LegalForm.JOINT_COMPANY)


def supervision(form: LegalForm | None, members: Sequence[Body], district: str | None) -> str:
    """Return one German sentence on who approves, or is to be told, and by which paragraph.

    Parameters
    ----------
    form
        The legal form, None where the Kreis that has the task by law is spoken with alone.
    members
        All bodies of the group.
    district
        Name of the Kreis that all members lie in, None where they lie in several or stand alone.
    """
    if form is None:
        return (
            "Solange der Kreis die Aufgabe selbst erledigt, ist nichts zu vereinbaren. Soll sich "
            "daran etwas ändern, fragen Sie bitte vorher die Kommunalaufsicht."
        )
    if form is LegalForm.AGREEMENT:
        return _of_agreement(members, district)
    if form in _CORPORATE:
        return _of_corporation(form, members, district)
    if form is LegalForm.PRIVATE_LAW:
        return (
            "Anzeige bei der Kommunalaufsicht jeder beteiligten Stelle: beim Landrat für "
            "kreisangehörige, bei der Bezirksregierung für kreisfreie Kommunen und Kreise "
            "(§§ 115, 120 GO NRW)."
        )
    return (
        "Bei dieser Form geht keine Aufgabe über (§ 2 GkG NRW). Ob die Kommunalaufsicht zu "
        "beteiligen ist, bitte dort kurz fragen."
    )


def _of_agreement(members: Sequence[Body], district: str | None) -> str:
    if _of_high_standing(members):
        return (
            "Es genehmigt die Bezirksregierung, zu deren Bezirk die Stelle gehört, die die Aufgabe "
            f"übernimmt{_regions(members)} (§ 29 Abs. 4 GkG NRW)."
        )
    if district:
        return f"Es genehmigt der Landrat ({district}; § 29 Abs. 4 GkG NRW)."
    return (
        "Die Beteiligten gehören zu verschiedenen Kreisen: Welche Aufsicht genehmigt, regelt "
        "§ 29 Abs. 4 Nr. 2 GkG NRW. Bitte bei der eigenen Kommunalaufsicht fragen."
    )


def _of_corporation(form: LegalForm, members: Sequence[Body], district: str | None) -> str:
    verb = "Es genehmigt" if form is LegalForm.ZWECKVERBAND else "Anzeige bei"
    associations = any(body.kind is Kind.ASSOCIATION for body in members)
    if form is LegalForm.JOINT_COMPANY and associations:
        return "Anzeige beim zuständigen Ministerium (§ 29 Abs. 1 GkG NRW)."
    if _of_high_standing(members):
        whom = "die" if form is LegalForm.ZWECKVERBAND else "der"
        return f"{verb} {whom} Bezirksregierung am Sitz{_regions(members)} (§ 29 Abs. 1 GkG NRW)."
    whom = "der Landrat" if form is LegalForm.ZWECKVERBAND else "dem Landrat"
    where = f" ({district})" if district else ""
    return f"{verb} {whom} am Sitz{where}, § 29 Abs. 1 GkG NRW."


def _of_high_standing(members: Sequence[Body]) -> bool:
    """Tell whether a Kreis, a kreisfreie Stadt or an association takes part."""
    return any(
        body.kind is not Kind.MUNICIPALITY or body.legal_status is LegalStatus.INDEPENDENT
        for body in members
    )


def _regions(members: Sequence[Body]) -> str:
    found = {body.government_region for body in members if body.government_region}
    return f": {found.pop()}" if len(found) == 1 else ""
