"""Official sites of bodies, by their key, for those that are known."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class OfficialHosts(Struct, frozen=True):
    """Key of a body -> host of its official site."""

    hosts: Mapping[str, str]
