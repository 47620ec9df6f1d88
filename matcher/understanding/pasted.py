"""What pasted text brings along: soft hyphens, words parted at the end of a line, HTML."""

from __future__ import annotations

import html
import re

# "Stadt-\nund Gemeinderat" keeps its hyphen, "höch-\nstens" is one word.
JOINT = (
    r"(?:\u00ad+(?:[ \t]*\r?\n[ \t]*)?"
    r"|-[ \t]*\r?\n[ \t]*(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie|bis|u)\b))"
)
"""What may stand inside a word without belonging to it."""
# An accent may be a sign of its own, an umlaut an entity of HTML.
LETTER = r"(?:[^\W\d_][\u0300-\u036f]*|&(?:[aouAOU]uml|szlig);)"
TAG = r"</?[a-zA-Z][^<>]{0,500}>|&nbsp;"
"""What says nothing; a tag that begins or ends a block parts sentences, see `parts`."""

_JOINT = re.compile(JOINT)
_INSIDE = re.compile(rf"(?<=[^\W\d_])(?:{JOINT})(?=[^\W\d_])|\u00ad")
_TAG = re.compile(TAG)
_BLOCK = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|table|section|article)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&[aouAOU]uml;|&szlig;|&amp;|&shy;")


def joined(word: str) -> str:
    r"""Return a word without what pasting put between its letters.

    Examples
    --------
    >>> joined("höch-\nstens"), joined("M&uuml;ll")
    ('höchstens', 'Müll')
    """
    return html.unescape(_JOINT.sub("", word))


def parts(tag: str) -> bool:
    """Tell whether a tag parts sentences: "<br>" does, "<b>" does not."""
    return _BLOCK.match(tag) is not None


def plain(text: str) -> str:
    """Return a text without all that, for readers who need no places in it."""
    if not any(sign in text for sign in ("\u00ad", "-\n", "-\r", "- \n", "<", "&")):
        return text
    text = _TAG.sub(lambda tag: "\n" if parts(tag[0]) else " " if tag[0] == "&nbsp;" else "", text)
    return _INSIDE.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), text))
