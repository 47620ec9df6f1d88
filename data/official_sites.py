"""Official sites of bodies, as far as pages that the data cite lie on them.

A site counts as a body's own where

- its domain (what one registers: "bad-sassendorf.de" of "rathaus.bad-sassendorf.de") bears the name
  of that body and of no other, in the spellings that town halls use ("stadt-hallenberg.de",
  "kreis-soest.de", "muelheim-ruhr.de"); and
- the domain says what it is (a Stadt, a Gemeinde, a Rathaus, a Kreis, the abbreviation of an
  association), or the page shows whose it is: it documents a cooperation in which the body takes
  part, or was read as a page of a public body.

Whatever else a domain may be, a newspaper, a party or an association, is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from data.competences import CarriedTask
from data.dataset import Dataset
from data.source_pages import host_of

_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_OWN_PREFIXES = ("stadt", "gemeinde", "rathaus")
_KIND = re.compile(r"(?:stadt|gemeinde|rathaus|kreis)-")
_ENDINGS = ("de", "nrw")
# An association is known by its abbreviation, which is its key here, under any ending of its own.
_ASSOCIATION_ENDINGS = (*_ENDINGS, "org", "ruhr")
# "Mülheim an der Ruhr" is "muelheim-ruhr", "Emmerich am Rhein" is "emmerich".
_WHERE = re.compile(r" (?:am|an der|im|in der) ")


def hosts_in(dataset: Dataset, tasks: Iterable[CarriedTask]) -> dict[str, str]:
    """Return the domain of each body that the pages behind cooperations and laws tell."""
    names = {str(key): str(name) for key, name in dataset.bodies["name"].items()}
    documented = ((c.source_url, c.participants) for c in dataset.cooperations)
    read = (task.source_url for task in tasks if task.official and task.checked)
    return official_hosts(names, documented, read)


def official_hosts(
    names: Mapping[str, str],
    documented: Iterable[tuple[str, Collection[str]]],
    official: Iterable[str] = (),
) -> dict[str, str]:
    """Return the domain of each body whose site one of the pages lies on.

    Parameters
    ----------
    names
        Key of a body -> its name.
    documented
        (address, participants) of pages that document a cooperation.
    official
        Addresses that were read as pages of public bodies.

    Returns
    -------
    dict
        Key of a body -> domain, for those alone that are known. Where there are two, the one that
        says what it is ("stadt-muenster.de") comes before that of the name alone.
    """
    owners = _owners(names)
    found: dict[str, set[str]] = {}
    for address, participants in documented:
        domain = _domain(address)
        owner = _owner(domain, owners)
        if owner is None:
            continue
        if owner in participants or _KIND.match(domain) or owner.isalpha():
            found.setdefault(owner, set()).add(domain)
    for address in official:
        domain = _domain(address)
        owner = _owner(domain, owners)
        if owner is not None:
            found.setdefault(owner, set()).add(domain)
    return {
        owner: min(domains, key=lambda domain: (_label(domain) == spelling(names[owner]), domain))
        for owner, domains in sorted(found.items())
    }


def spelling(name: str) -> str:
    """Return a name as it is written in domains, without hyphens: "Bad Salzuflen" in one word."""
    plain = re.sub(r"\(.*?\)", "", name.casefold()).translate(_TRANSCRIBED)
    return re.sub(r"[^a-z0-9]", "", plain)


def _owners(names: Mapping[str, str]) -> dict[str, str | None]:
    """Return whose a spelling is; None where two bodies have it, so that nobody can tell."""
    owners: dict[str, str | None] = {}
    for key, name in names.items():
        known_as = {key.casefold()} if key.isalpha() else set()
        for spelt in known_as | set(_spellings(name)):
            owners[spelt] = key if spelt not in owners else None
    return owners


def _spellings(name: str) -> Iterator[str]:
    whole = spelling(name)
    yield whole
    yield spelling(_WHERE.sub(" ", name))
    yield spelling(_WHERE.split(name)[0])
    yield from (prefix + whole for prefix in _OWN_PREFIXES)
    if name.startswith("Kreis ") and "-" in name:
        # "siegen-wittgenstein.de": two names together are nobody else's.
        yield spelling(name.removeprefix("Kreis "))


def _owner(domain: str, owners: Mapping[str, str | None]) -> str | None:
    """Return whose a domain is by its name, None where that is nobody's or not certain."""
    label, _, ending = domain.rpartition(".")
    owner = owners.get(label.replace("-", ""))
    is_association = owner is not None and owner.isalpha()
    return owner if ending in (_ASSOCIATION_ENDINGS if is_association else _ENDINGS) else None


def _label(domain: str) -> str:
    label, _, ending = domain.rpartition(".")
    return label.replace("-", "") if ending in _ENDINGS else ""


def _domain(address: str) -> str:
    """Return the last two labels of the host, "" where there is none."""
    return ".".join(host_of(address).split(".")[-2:])
