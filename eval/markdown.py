"""Tables and sections of Markdown files that commands write."""

from __future__ import annotations

from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
_START, _END = "<!-- {name}: written by a command -->", "<!-- end of {name} -->"


def replace_section(text: str, name: str, content: str) -> str:
    """Put content between the markers of a section.

    Raises
    ------
    ValueError
        The markers are missing.
    """
    start, end = _START.format(name=name), _END.format(name=name)
    if start not in text or end not in text:
        raise ValueError(f"Section {name!r} has no markers: {start} … {end}")
    head, rest = text.split(start, 1)
    return f"{head}{start}\n{content.strip()}\n{end}{rest.split(end, 1)[1]}"


def markdown_table(heading: list[str], rows: list[list[str]]) -> str:
    """Return a table, the first column to the left, figures to the right."""
    lines = ["| " + " | ".join(heading) + " |", "|---|" + "---:|" * (len(heading) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
