"""Tables and sections of Markdown files that commands write."""

from __future__ import annotations

_START, _END = "<!-- {name}: written by a command -->", "<!-- end of {name} -->"


def replace_section(text: str, name: str, content: str) -> str:
    """Put content between the markers of a section.

    Raises
    ------
    ValueError
        The markers are missing.
    """
    head, _, rest = _parts(text, name)
    return f"{head}\n{content.strip()}\n{rest}"


def read_section(text: str, name: str) -> str:
    """Return what stands between the markers of a section.

    Raises
    ------
    ValueError
        The markers are missing.
    """
    return _parts(text, name)[1].strip()


def markdown_table(heading: list[str], rows: list[list[str]]) -> str:
    """Return a table, the first column to the left, figures to the right."""
    lines = ["| " + " | ".join(heading) + " |", "|---|" + "---:|" * (len(heading) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def _parts(text: str, name: str) -> tuple[str, str, str]:
    """Return what is before a section (with its marker), inside, and after it (with its marker)."""
    start, end = _START.format(name=name), _END.format(name=name)
    if start not in text or end not in text:
        raise ValueError(f"Section {name!r} has no markers: {start} … {end}")
    head, rest = text.split(start, 1)
    inside, after = rest.split(end, 1)
    return f"{head}{start}", inside, f"{end}{after}"
