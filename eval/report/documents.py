"""The documents that commands write, section by section, from stored results.

Each section is declared once here; the commands write them, and a test holds that the documents
are exactly that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import models
from data.provenance import write_atomically
from eval import stored
from eval.report import bench, card, card_quality, example, screenshots
from eval.report.age import measured_on
from eval.report.markdown import read_section, replace_section
from eval.stored import RESULTS
from models.additive import AdditiveRanker

_HOUSE = Path(__file__).resolve().parents[2]
README, CARD = _HOUSE / "README.md", _HOUSE / "models" / "CARD.md"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that is written by a command.

    Attributes
    ----------
    document
        File it stands in.
    name
        Of its markers; empty where the whole file is written.
    text
        What has to stand there.
    """

    document: Path
    name: str
    text: str

    def written(self) -> str:
        """Return what stands there now; empty where the document is missing."""
        if not self.document.is_file():
            return ""
        whole = self.document.read_text("utf-8")
        return read_section(whole, self.name) if self.name else whole

    def is_current(self) -> bool:
        """Return whether the document holds exactly this."""
        return self.written() == (self.text.strip() if self.name else self.text)

    def write(self) -> None:
        """Write it; the rest of the document stays as it is."""
        text = self.text
        if self.name:
            text = replace_section(self.document.read_text("utf-8"), self.name, text)
        write_atomically(self.document, text)


def sections(results: Path = RESULTS, served: str | None = None) -> Iterator[Section]:
    """Yield all generated sections as they have to be.

    Parameters
    ----------
    results
        Folder with the stored results.
    served
        Version of the ranker that ships; default that of the shipped artifact. Sections measured
        on another say so.

    Raises
    ------
    eval.stored.NoResultError
        Something was never measured.
    """
    ranker = AdditiveRanker.load(models.ARTIFACTS)
    served = served or ranker.version
    measured = stored.read(results, stored.EVALUATION)
    heard = stored.read(results, stored.UNDERSTANDING)
    trials = stored.read(results, stored.TRIALS)
    yield Section(CARD, "", card.render(measured, heard, trials, ranker, served))
    quality = card_quality.table(measured) + measured_on(measured, served)
    yield Section(README, "quality", quality)
    timed, asked = stored.read(results, stored.BENCH), stored.read(results, stored.EXAMPLE)
    yield Section(README, "bench", bench.section(timed) + measured_on(timed, served, "make bench"))
    yield Section(
        README, "example", example.section(asked) + measured_on(asked, served, "make bench")
    )
    yield Section(README, "pages", screenshots.section())


def write() -> list[Section]:
    """Write all sections that are not what they have to be, and return them.

    Sections with markers are left out where there is no README: an installed package has none.
    """
    changed = []
    for section in sections():
        if section.name and not section.document.is_file():
            continue
        if not section.is_current():
            section.write()
            changed.append(section)
    return changed
