"""Where a cited page lies, and which pages document a cooperation at second hand only."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

# Sites that copy documents of others; their pages vanish, and no office answers for them.
_COPIES = re.compile(
    r"(?:^|\.)(?:docplayer|slideplayer|yumpu|issuu|scribd|pdfslide|doczz|studylib(?:de)?|fdokument"
    r"|dokumen|docslib|9dok|readkong|silo|adoc|vdocuments|vdokument|arietiform|infokontak"
    r"|europesays|toplocalplaces)\.\w+$"
)
# The encyclopedia, its mirrors under any name, and others of the kind.
_ENCYCLOPEDIAS = re.compile(
    r"wikipedia|wikizero|wikiwand|wikiup|wiki\.li$|dewiki|de-academic|profilpelajar|profilbaru"
    r"|dnhewrhegkli|\blexikon|-lexikon\."
)
_LISTS = re.compile(r"sitemap[^/]*(?:\.xml)?$|/feed/?$|/rss/?$|\.rss$", re.IGNORECASE)


@lru_cache(4_096)  # the addresses of all cooperations, asked for more than once
def host_of(address: str) -> str:
    """Return the host of an address in small letters, "" where there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def is_second_hand(url: str) -> bool:
    """Return whether a page is a copy, an encyclopedia or a list of addresses (a sitemap).

    Such a source is grade B at best: it names the members, but nobody responsible stands behind.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return bool(
        _COPIES.search(host)
        or _ENCYCLOPEDIAS.search(host)
        or _ENCYCLOPEDIAS.search(parts.path)
        or _LISTS.search(parts.path)
    )
