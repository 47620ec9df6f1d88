"""Which record a hint is about: its name, its address, and whose domain counts as its own."""

from __future__ import annotations

from msgspec import Struct

from matcher import Matcher
from service.hints.hint import Claim
from service.problems import ProblemError
from service.web.named_bodies import find_key


class Subject(Struct, frozen=True):
    """A record: its id or key, its title, its page, the bodies it is about, what can be said."""

    id: str
    title: str
    address: str
    bodies: tuple[str, ...]
    claims: tuple[Claim, ...]


def subject_of(matcher: Matcher, identifier: str) -> Subject:
    """Return the record with an id or key.

    Raises
    ------
    ProblemError
        404: there is none.
    """
    for known in matcher.dataset.cooperations:
        if known.id == identifier:
            address = f"/kooperationen/{known.id}"
            return Subject(known.id, known.title, address, known.participants, tuple(Claim))
    key, _ = find_key(matcher.directory.name_index, identifier[:200])
    if key is None or key != identifier:
        raise ProblemError(404, "Diesen Eintrag gibt es nicht.")
    name = matcher.directory.name(key)
    return Subject(key, name, f"/kommunen/{key}", (key,), (Claim.TRUE, Claim.MISSING))


def is_own_domain(host: str, email: str) -> bool:
    """Tell whether an address lies on a host or below it: "amt.kreis-soest.de" on its Kreis."""
    domain = email.rpartition("@")[2].casefold()
    return bool(host) and (domain == host or domain.endswith(f".{host}"))
