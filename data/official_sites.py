"""Official sites of bodies, as far as sources of cooperations lie on them.

A host counts as a body's own where its name is that of the body and of no other, in the spellings
that town halls use ("www.bad-sassendorf.de", "stadt-hallenberg.de", "kreis-soest.de"); whatever
else a host may be, a newspaper or a party, is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OWN_PREFIXES = ("", "stadt", "gemeinde")
_ENDINGS = (".de", ".nrw")


def official_hosts(names: Mapping[str, str], addresses: Iterable[str]) -> dict[str, str]:
    """Return the host of each body that one of the addresses lies on.

    Parameters
    ----------
    names
        Key of a body -> its name.
    addresses
        Pages, such as the sources of all cooperations.

    Returns
    -------
    dict
        Key of a body -> host without "www.", for those alone that are known.
    """
    owners: dict[str, str | None] = {}
    for key, name in names.items():
        for prefix in _OWN_PREFIXES:
            spelt = prefix + spelling(name)
            # Two bodies of one name: whose it is cannot be told.
            owners[spelt] = key if spelt not in owners else None
    found: dict[str, str] = {}
    for host in sorted({_host(address) for address in addresses}):
        label, _, ending = host.rpartition(".")
        owner = owners.get(label.replace("-", "")) if f".{ending}" in _ENDINGS else None
        if owner is not None:
            found.setdefault(owner, host)
    return found


def spelling(name: str) -> str:
    """Return a name as it is written in hosts, without hyphens: "Bad Salzuflen" in one word."""
    plain = re.sub(r"\(.*?\)", "", name.casefold()).translate(_TRANSCRIBED)
    return re.sub(r"[^a-z0-9]", "", plain)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
