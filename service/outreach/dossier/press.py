"""A dossier as PDF: one opportunity with all that the office needs to talk about it, or several.

A4, in German, with a map, links, bookmarks, title and language. It is not tagged: reportlab cannot
do that, so that whoever uses a screen reader is better served by the page or the spreadsheet.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from matcher import Matcher
from matcher.german import count, listing, number
from matcher.outreach import Opportunity
from service.outreach.dossier import sections
from service.outreach.dossier.place_map import DossierMap
from service.outreach.dossier.style import (
    BOLD,
    BULLET,
    CELL,
    FONT,
    FOOT,
    HEAD,
    HEAD_NUMBER,
    KICKER,
    MARGIN,
    NUMBER,
    SECTION,
    SMALL,
    SUBTITLE,
    TITLE,
    counting_canvas,
    draw_foot,
    legible,
    markup,
    paragraph,
    register_fonts,
    table,
)
from service.web.attachments import File

MEDIA_TYPE = "application/pdf"
_WIDTH = A4[0] - 2 * MARGIN
_MAP_HEIGHT = 0.54 * _WIDTH


@dataclass(frozen=True)
class Press:
    """Makes dossiers; boundaries are prepared once.

    Attributes
    ----------
    matcher
        Knows the bodies, and which model and data made the list.
    maps
        Draws groups.
    """

    matcher: Matcher
    maps: DossierMap

    @classmethod
    def of(cls, matcher: Matcher) -> Press:
        """Prepare fonts and boundaries."""
        register_fonts()
        return cls(matcher, DossierMap(matcher.directory.shapes, FONT, BOLD))

    def as_pdf(
        self,
        opportunities: Sequence[Opportunity],
        heading: str | None = None,
        statuses: Mapping[str, str] | None = None,
        day: date | None = None,
    ) -> File:
        """Return the dossier of one or several opportunities.

        Parameters
        ----------
        opportunities
            At least one; several get a page in front that lists them.
        heading
            What the list is about ("Kreis Soest"), for that page.
        statuses
            Status by id of the opportunity, in German; default none.
        day
            Date of the dossier, default today.

        Returns
        -------
        File
            To be saved.

        Raises
        ------
        ValueError
            There is no opportunity.
        """
        if not opportunities:
            raise ValueError("A dossier needs an opportunity.")
        day = day or date.today()
        pages = _Pages(self, opportunities, heading or "ausgewählte Gruppen", statuses or {}, day)
        only = f"-{opportunities[0].id}" if len(opportunities) == 1 else ""
        return File(pages.printed(), MEDIA_TYPE, f"ikz-dossier{only}-{day.isoformat()}.pdf")


@dataclass(frozen=True)
class _Pages:
    press: Press
    opportunities: Sequence[Opportunity]
    heading: str
    statuses: Mapping[str, str]
    day: date

    @property
    def title(self) -> str:
        if len(self.opportunities) > 1:
            return f"Interkommunale Zusammenarbeit: Vorschläge für {self.heading}"
        only = self.opportunities[0]
        return f"Interkommunale Zusammenarbeit: {only.matter_name}, {listing(only.names)}"

    def printed(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        document = BaseDocTemplate(
            out, pagesize=A4, title=legible(self.title), lang="de-DE", displayDocTitle=True,
            creator="IKZ-Partnersuche", author="Partnersuche für interkommunale Zusammenarbeit",
            subject=sections.NO_VERDICT,
        )  # fmt: skip
        frame = Frame(
            MARGIN, FOOT, _WIDTH, A4[1] - MARGIN - FOOT,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip

        def foot(canvas: Any, doc: Any) -> None:
            if doc.page == 1:
                for opportunity in self.opportunities:
                    canvas.addOutlineEntry(_name(opportunity), opportunity.id)
            draw_foot(canvas, self._foot(), doc.page)

        document.addPageTemplates(PageTemplate("page", [frame], onPage=foot))
        document.build(self._story(), canvasmaker=counting_canvas)
        return out.getvalue()

    def _foot(self) -> str:
        matcher = self.press.matcher
        return (
            f"{sections.NO_VERDICT} – erstellt am {self.day:%d.%m.%Y}\n"
            f"Modell {matcher.version}, Daten {matcher.dataset.version}"
        )

    def _story(self) -> list[Any]:
        story: list[Any] = []
        if len(self.opportunities) > 1:
            story += [*self._front(), PageBreak()]
        for position, opportunity in enumerate(self.opportunities):
            story += [*([PageBreak()] if position else []), *self._chapter(opportunity)]
        return story

    def _front(self) -> list[Any]:
        # A column of the state of things only where there is one.
        heads = ["Rang", "Vorhaben", "Beteiligte", *(["Status"] if self.statuses else [])]
        rows = [[paragraph(text, HEAD) for text in heads]]
        for o in self.opportunities:
            reference = f'<a href="#{o.id}" color="#1B4F9C">{markup(o.matter_name)}</a>'
            cells = [paragraph(str(o.rank), CELL), Paragraph(reference, CELL)]
            cells.append(paragraph(", ".join(o.names), CELL))
            rows.append([*cells, paragraph(self.statuses.get(o.id, "–"), CELL)][: len(heads)])
        many = count(len(self.opportunities), "Vorschlag", "Vorschläge")
        return [
            paragraph("Dossier zur interkommunalen Zusammenarbeit", KICKER),
            paragraph(f"Vorschläge für {self.heading}", TITLE),
            paragraph(f"{many}, nach Rang", SUBTITLE),
            sections.caution(),
            table(rows, [34, 150, *([_WIDTH - 264, 80] if self.statuses else [_WIDTH - 184])]),
        ]

    def _chapter(self, opportunity: Opportunity) -> list[Any]:
        status = self.statuses.get(opportunity.id)
        kicker = f"Vorschlag, Rang {opportunity.rank}" + (f", Status: {status}" if status else "")
        return [
            Paragraph(f'<a name="{opportunity.id}"/>{legible(kicker)}', KICKER),
            paragraph(opportunity.matter_name, TITLE),
            paragraph(listing(opportunity.names), SUBTITLE),
            sections.caution(),
            self._bodies(opportunity),
            Spacer(0, 8),
            self.press.maps.draw(opportunity.bodies, _WIDTH, _MAP_HEIGHT),
            Spacer(0, 3),
            paragraph(sections.caption(opportunity), SMALL),
            paragraph("Warum diese Gruppe", SECTION),
            *(Paragraph(markup(r.text), BULLET, bulletText="•") for r in opportunity.reasons),
            KeepTogether(
                [paragraph("Wie der Wert zustande kommt", SECTION), *sections.parts(opportunity)]
            ),
            *sections.examples(opportunity),
            KeepTogether(
                [paragraph("Häufige Rechtsformen", SECTION), *sections.forms(opportunity)]
            ),
            KeepTogether(
                [paragraph("Mögliche Landesförderung", SECTION), *sections.grant(opportunity)]
            ),
            PageBreak(),
            *sections.letter(opportunity),
        ]

    def _bodies(self, opportunity: Opportunity) -> Any:
        heads = [paragraph(text, HEAD) for text in ("Name", "Segment", "Kreis")]
        rows = [[*heads, paragraph("Einwohner", HEAD_NUMBER), paragraph("AGS", HEAD)]]
        for key in opportunity.bodies:
            body = self.press.matcher.directory[key]
            rows.append(
                [
                    paragraph(body.name, CELL),
                    paragraph(body.legal_status.label, CELL),
                    paragraph(body.district_name or "–", CELL),
                    paragraph(number(body.population), NUMBER),
                    paragraph(key, CELL),
                ]
            )
        return table(rows, [104, _WIDTH - 104 - 112 - 60 - 56, 112, 60, 56])


def _name(opportunity: Opportunity) -> str:
    return f"{opportunity.rank}. {opportunity.matter_name}: {', '.join(opportunity.names)}"
