"""Whether who publishes a search speaks for its body: by the mail domain, else by the office.

Which domain is a body's own, the operator says in a file (IKZ_MAIL_DOMAINS). Beside that counts
what the data show: the address of a page that documents a cooperation of the body, where the whole
name of the address is the name of that body and of no other ("soest.de" for Soest).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from data import Dataset
from data.source_pages import host_of
from data.terms import Term

_ENDINGS = ("de", "nrw")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_KEY, _DOMAIN = re.compile(r"\d{5}(\d{3})?"), re.compile(r"[a-z0-9.-]+\.[a-z]+")
_COLUMNS = ("ags", "domain")


class Proof(Term):
    """How it was shown; the code is stored."""

    MAIL_DOMAIN = "mail_domain", "über die E-Mail-Adresse der Kommune bestätigt"
    STAFF = "staff", "von der Geschäftsstelle bestätigt"


class MailDomainsError(OSError):
    """The operator's file cannot be read; the German sentence names file and line."""


class MailDomains(Struct, frozen=True):
    """The mail domains of bodies, by key."""

    by_body: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset, file: Path | None = None) -> MailDomains:
        """Return the domains that the data show, and those of the operator.

        Raises
        ------
        MailDomainsError
            The file is missing or a line of it broken.
        """
        found: dict[str, set[str]] = defaultdict(set)
        labels = {key: _label(name) for key, name in dataset.bodies["name"].to_dict().items()}
        known = Counter(labels.values())
        for cooperation in dataset.cooperations:
            host = host_of(cooperation.source_url).removeprefix("www.")
            name, _, ending = host.partition(".")
            if ending not in _ENDINGS:
                continue
            spelt = _label(name)
            for key in cooperation.participants:
                if known[spelt] == 1 and labels.get(key) == spelt:
                    found[key].add(host)
        for key, domain in _read(file) if file is not None else ():
            found[key].add(domain)
        return cls({key: frozenset(domains) for key, domains in found.items()})

    def prove(self, body: str, address: str) -> Proof | None:
        """Return MAIL_DOMAIN where an address lies at a domain of the body or below it."""
        domain = address.strip().lower().partition("@")[2]
        own = self.by_body.get(body, frozenset())
        if any(domain == each or domain.endswith(f".{each}") for each in own):
            return Proof.MAIL_DOMAIN
        return None


def _label(name: str) -> str:
    """Return a name as it would stand in the address of a site: letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", name.lower().translate(_SPELT))


def _read(file: Path) -> list[tuple[str, str]]:
    try:
        lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise MailDomainsError(f"IKZ_MAIL_DOMAINS: {file} ist nicht lesbar.") from None
    found = []
    for number, line in enumerate(lines, start=2):
        key, domain = ((line.get(column) or "").strip().lower() for column in _COLUMNS)
        if not re.fullmatch(r"\d{5}(\d{3})?", key) or not re.fullmatch(
            r"[a-z0-9.-]+\.[a-z]+", domain
        ):
            sentence = f"IKZ_MAIL_DOMAINS: {file.name}, Zeile {number}: erwartet wird „ags,domain“."
            raise MailDomainsError(f"{sentence} Beispiel: 05974040,soest.de")
        found.append((key, domain))
    return found
