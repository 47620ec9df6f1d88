"""Whom to call: offices and their pages, never persons."""

from __future__ import annotations

from msgspec import Struct

from matcher.result import Consortium
from service.matching.background import Background
from service.matching.known_steps import whom_to_ask
from service.matching.official_hosts import OfficialHosts


class Contact(Struct, frozen=True):
    """An office to call: its key and name, why, and the host of its site ("" where unknown)."""

    key: str
    name: str
    why: str
    host: str


def contacts(known: Background, partners: tuple[str, ...], sites: OfficialHosts) -> list[Contact]:
    """Return whom to call, in order: who does it already, the partners, then one's own Kreis.

    The Kreis is to be told where a municipality talks with bodies beyond it (§ 24 Abs. 1 GkG NRW).
    """
    asked: dict[str, str] = {}
    for entry in known.result.existing:
        key = whom_to_ask(entry, known)
        if key is not None:
            asked.setdefault(key, "macht das schon")
    for key in partners:
        asked.setdefault(key, _why(key, known.result.consortium))
    own = known.searcher.district
    if own is not None and any(known.directory[key].own_district != own for key in partners):
        asked.setdefault(own, "Ihr Kreis: früh unterrichten (§ 24 Abs. 1 GkG NRW)")
    return [
        Contact(key, known.directory.name(key), why, sites.hosts.get(key, ""))
        for key, why in asked.items()
    ]


def _why(key: str, group: Consortium | None) -> str:
    if group is not None and key == group.carrier:
        return "ist zuständig"
    if group is not None and group.existing:
        return "schon dabei"
    agreed = group is not None and key in group.on_board
    return "hat zugesagt" if agreed else "vorgeschlagener Partner"
