"""Where the tables are updated from: one module a source, each with title, read and install."""

from __future__ import annotations

from collections.abc import Mapping

from data.sources import boundaries, cooperations, fiscal_status, hints, register
from data.sources.source import Reading, Source

SOURCES: Mapping[str, Source] = {
    "register": register,
    "boundaries": boundaries,
    "fiscal-status": fiscal_status,
    "cooperations": cooperations,
    "hints": hints,
}

__all__ = ["SOURCES", "Reading", "Source"]
