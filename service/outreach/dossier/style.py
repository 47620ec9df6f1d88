"""How a dossier looks: fonts, styles, tables and the lines at the foot of each page.

The fonts are Bitstream Vera, which come with reportlab and are embedded: they hold all letters of
German and of its neighbours, which the built-in fonts of PDF do not.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table, TableStyle

_TOTAL, _TOTAL_PT = "number-of-pages", 14  # points that up to three digits take
FONT, BOLD = "Vera", "VeraBd"
MARGIN, FOOT = 20 * mm, 24 * mm
INK, QUIET = HexColor("#16202C"), HexColor("#4A596B")
STRONG, PALE, RULE = HexColor("#173A6B"), HexColor("#EEF2F8"), HexColor("#C3CDD9")


@cache
def register_fonts() -> None:
    """Make the fonts known to reportlab; once is enough."""
    for name in (FONT, BOLD, "VeraIt", "VeraBI"):
        registerFont(TTFont(name, f"{name}.ttf"))
    registerFontFamily(FONT, normal=FONT, bold=BOLD, italic="VeraIt", boldItalic="VeraBI")


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    more = {"fontName": FONT, "textColor": INK, "leading": size * 1.38} | more
    return ParagraphStyle(name, fontSize=size, **more)


TEXT = _style("text", 9, spaceAfter=4)
SMALL = _style("small", 7.5, textColor=QUIET)
CELL = _style("cell", 8)
NUMBER = _style("number", 8, alignment=TA_RIGHT)
HEAD = _style("head", 8, fontName=BOLD)
HEAD_NUMBER = _style("head-number", 8, fontName=BOLD, alignment=TA_RIGHT)
KICKER = _style("kicker", 8.5, textColor=QUIET, spaceAfter=2)
TITLE = _style("title", 17, fontName=BOLD, textColor=STRONG, spaceAfter=3)
SUBTITLE = _style("subtitle", 11, spaceAfter=8)
SECTION = _style(
    "section", 11, fontName=BOLD, textColor=STRONG, spaceBefore=11, spaceAfter=4, keepWithNext=1
)
BOX = _style(
    "box", 8.5, backColor=PALE, borderColor=RULE, borderWidth=0.6, borderPadding=6,
    leftIndent=6, rightIndent=6, spaceBefore=6, spaceAfter=14,
)  # fmt: skip
BULLET = _style("bullet", 9, leftIndent=10, bulletIndent=0, spaceAfter=3)
LETTER = _style("letter", 9.5, spaceAfter=8)


def legible(text: str) -> str:
    """Return text in letters that the font has; what it lacks becomes "?"."""
    register_fonts()
    known = getFont(FONT).face.charToGlyph
    plain = unicodedata.normalize("NFC", text)
    return "".join(c if ord(c) in known or c == "\n" else "?" for c in plain)


def markup(text: str) -> str:
    """Return plain text in the markup of paragraphs; line breaks are kept."""
    return escape(legible(text)).replace("\n", "<br/>")


def paragraph(text: str, style: ParagraphStyle = TEXT) -> Paragraph:
    """Return plain text as a paragraph."""
    return Paragraph(markup(text), style)


def link(address: str, text: str | None = None) -> str:
    """Return the markup of a link; only web addresses become one."""
    shown = markup(text or address)
    if not address.startswith(("http://", "https://")):
        return shown
    quoted = escape(address, {'"': "&quot;"})
    return f'<a href="{quoted}" color="#1B4F9C">{shown}</a>'


def table(rows: list[list[Any]], widths: list[float]) -> Table:
    """Return a table with a heading row, repeated where it goes on to another page."""
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), PALE),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, STRONG),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(look), hAlign="LEFT")


def counting_canvas(*arguments: Any, **named: Any) -> Any:
    """Return a canvas that fills in the number of pages, known only when it is saved."""
    canvas = Canvas(*arguments, **named)
    save = canvas.save

    def count_and_save() -> None:
        total = canvas.getPageNumber() - 1
        canvas.beginForm(_TOTAL, upperx=2 * _TOTAL_PT, uppery=10)
        canvas.setFillColor(QUIET)
        canvas.setFont(FONT, 7)
        canvas.drawString(0, 3, str(total))
        canvas.endForm()
        save()

    canvas.save = count_and_save
    return canvas


def draw_foot(canvas: Any, left: str, page: int) -> None:
    """Write the lines at the foot of a page: what it is, made when and from what; page number."""
    width = canvas._pagesize[0]
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, FOOT - 5 * mm, width - MARGIN, FOOT - 5 * mm)
    canvas.setFillColor(QUIET)
    for row, line in enumerate(left.split("\n")):
        canvas.setFont(BOLD if row == 0 else FONT, 7)
        canvas.drawString(MARGIN, FOOT - 9 * mm - row * 9, legible(line))
    canvas.setFont(FONT, 7)
    right = width - MARGIN - _TOTAL_PT
    canvas.drawRightString(right - 2, FOOT - 9 * mm, f"Seite {page} von")
    canvas.translate(right, FOOT - 9 * mm - 3)
    canvas.doForm(_TOTAL)
    canvas.restoreState()
