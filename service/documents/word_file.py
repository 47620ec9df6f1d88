"""A Word file in the look of an office paper: headings, lists, gaps to fill, and "Entwurf" on it.

Built with styles rather than with sizes, so that a reader's program can name headings, and whoever
goes on writing keeps one look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_FONT = "Arial"
_BLUE = RGBColor(0x17, 0x3A, 0x6B)
_GREY = RGBColor(0x4A, 0x59, 0x6B)
_STYLES = (("Normal", 11, None), ("Title", 18, _BLUE), ("Heading 1", 13, _BLUE))
_NO_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}
_PARAGRAPH = re.compile(r"(§|\b(?:Abs|Art|Nr)\.) (?=\d)")
_BOX = "☐"
_HANGING = Cm(0.8)
_WIDTHS = (Cm(6), Cm(10))


class WordFile:
    """A paper that grows from top to bottom.

    Parameters
    ----------
    title
        What it is; stands in the file's properties and at its top.
    day
        Day of the draft.
    """

    def __init__(self, title: str, day: date) -> None:
        self._file = Document()
        self._file.core_properties.title = title
        self._file.core_properties.author = ""
        self._file.core_properties.language = "de-DE"
        self._file.core_properties.comments = ""
        self._lay_out()
        self._mark(day)

    def title(self, text: str) -> None:
        """Write the title of the paper."""
        self._file.add_paragraph(_plain(text), style="Title")

    def heading(self, text: str) -> None:
        """Begin a section."""
        self._file.add_heading(_plain(text), level=1)

    def text(self, text: str, gap: str = "", with_next: bool = False) -> None:
        """Write a paragraph; `gap` is what somebody has to fill in behind it.

        `with_next` keeps it on one page with what follows.
        """
        paragraph = self._file.add_paragraph(_plain(text))
        paragraph.paragraph_format.keep_with_next = with_next
        if gap:
            self._gap(paragraph, gap, bool(text))

    def gap(self, what: str) -> None:
        """Leave a marked gap of its own, saying what belongs there."""
        self._gap(self._file.add_paragraph(), what, False)

    def points(self, lines: Sequence[str]) -> None:
        """Write a list."""
        for line in lines:
            self._file.add_paragraph(_plain(line), style="List Bullet")

    def numbered(self, lines: Sequence[str]) -> None:
        """Write a counted list; each begins at 1, which the list of a style would not."""
        for number, line in enumerate(lines, 1):
            self._hanging(f"{number}.", line)

    def check_list(self, lines: Sequence[str]) -> None:
        """Write lines with a box to tick."""
        for line in lines:
            self._hanging(_BOX, line)

    def facts(self, rows: Sequence[tuple[str, str]], gap: str = "bitte ergänzen") -> None:
        """Write a table of two columns: what, and its value; an empty value is a gap."""
        table = self._file.add_table(rows=0, cols=2, style="Table Grid")
        table.autofit = False
        for name, value in rows:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = row.cells
            cells[0].paragraphs[0].add_run(_plain(name)).bold = True
            if value:
                cells[1].paragraphs[0].add_run(_plain(value))
            else:
                self._gap(cells[1].paragraphs[0], gap, False)
            for cell, width in zip(cells, _WIDTHS, strict=True):
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
        for column, width in zip(table.columns, _WIDTHS, strict=True):
            column.width = width
        self._file.add_paragraph().paragraph_format.space_after = Pt(0)

    def content(self) -> bytes:
        """Return the file."""
        stream = BytesIO()
        self._file.save(stream)
        return stream.getvalue()

    def _hanging(self, mark: str, line: str) -> None:
        layout = self._file.add_paragraph(f"{mark}\t{_plain(line)}").paragraph_format
        layout.left_indent, layout.first_line_indent = _HANGING, -_HANGING
        layout.tab_stops.add_tab_stop(_HANGING)
        layout.space_after = Pt(3)

    def _gap(self, paragraph: Any, what: str, behind_text: bool) -> None:
        if behind_text:
            paragraph.add_run(" ")
        run = paragraph.add_run(f"[{_plain(what)}]")
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def _lay_out(self) -> None:
        section = self._file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)  # A4
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.5)
        section.footer_distance = Cm(1)
        for name, size, colour in _STYLES:
            style = self._file.styles[name]
            style.font.name, style.font.size = _FONT, Pt(size)
            # The theme's font would win over the name.
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            if colour is not None:
                style.font.color.rgb = colour
        heading = self._file.styles["Heading 1"].paragraph_format
        heading.space_before, heading.space_after, heading.keep_with_next = Pt(14), Pt(4), True
        normal = self._file.styles["Normal"]
        normal.paragraph_format.space_after = Pt(6)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "de-DE")
        normal.element.get_or_add_rPr().append(language)

    def _mark(self, day: date) -> None:
        section = self._file.sections[0]
        above = section.header.paragraphs[0].add_run("ENTWURF – zum Prüfen und Ergänzen")
        above.bold, above.font.size, above.font.color.rgb = True, Pt(9), _GREY
        below = section.footer.paragraphs[0].add_run(
            f"Entwurf der IKZ-Partnersuche vom {day:%d.%m.%Y}. Gelbe Stellen ergänzen. Vorschlag "
            "auf der Grundlage öffentlicher Angaben, keine Rechtsberatung; das Gesetz geht vor."
        )
        below.font.size, below.font.color.rgb = Pt(8), _GREY


def _plain(text: str) -> str:
    """Return the text without characters that no XML file may hold; a paragraph stays on a line."""
    cleaned = _PARAGRAPH.sub("\\1\N{NO-BREAK SPACE}", text.translate(_NO_CONTROL))
    return "".join(c for c in cleaned if c not in "\ufffe\uffff" and not 0xD800 <= ord(c) < 0xE000)
