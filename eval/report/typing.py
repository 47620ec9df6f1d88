"""How long after the last key the page has its answer, in a real browser at three widths."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from eval.report import chromium
from eval.report.bench import machine
from eval.report.example import BODY
from eval.report.service_process import service

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from matcher import Matcher

DOCUMENT = "typing.md"
GOAL_MS = 200.0
TEXTS = 20
_WIDTHS = (1280, 768, 360)
_KEY_MS = 120  # between two keys: 500 in a minute, which is quick
_QUIET_MS = 900  # after this long nothing more comes of a text
_SAMPLE_S = 1.0
_STAT = Path("/proc/stat")
# Draws of the answer and of the map, keys, and what has moved. A message that is
# sent in a frame's callbacks arrives when the frame is painted, before any timer.
_WATCH = """
window.seen = { key: 0, answer: 0, map: 0, shift: 0, shiftInAll: 0 };
addEventListener("keydown", () => { seen.key = performance.now(); }, true);
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
        seen.shiftInAll += value;
        if (!hadRecentInput) seen.shift += value;
    }
}).observe({ type: "layout-shift", buffered: true });
addEventListener("DOMContentLoaded", () => {
    const result = document.getElementById("ergebnis");
    const painted = (what) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => { seen[what] = performance.now(); };
        port2.postMessage("");
    });
    new MutationObserver((changes) => {
        if (changes.some(({ target }) => target === result)) painted("answer");
        else if (changes.some(({ target }) => target.id === "karte-bild")) painted("map");
    }).observe(result, { childList: true, subtree: true });
});
"""
_HEAD = """# How soon the page answers who types

Written by `python -m eval typing`: a real service and a real Chromium on one machine. Of each of
{texts} requests all but the last word stands in the field; that word is typed at {key} ms a key.
Timed is from its last key until the answer is painted, and until the map that can be moved has
followed. Goal: {goal:.0f} ms, which holds at p95 in {reached} of {all} widths.

"Moved" is the layout shift while the page loads and while one types: what browsers count (without
half a second after a key), and all of it. "Asked a key" are searches for each key, "busy" how often
the service sent one away. "Others" is the share of all cores that other programs took just before:
where that is not near 0, a quiet machine does better.

{table}

Milliseconds. On {machine}.
"""
_COLUMNS = (
    "width", "texts", "answer, p50", "p95", "with map, p50", "p95", "moved", "moved in all",
    "asked a key", "busy", "others",
)  # fmt: skip


def typing(matcher: Matcher, texts: int = TEXTS) -> dict[str, Any]:
    """Type requests that the data hold into a page of each width.

    Parameters
    ----------
    matcher
        Whose cooperations tell what is typed; the service is one of its own.
    texts
        How many a width; each is typed once, so that none was seen before.

    Raises
    ------
    chromium.NoBrowserError
        There is none.
    """
    words = [known.request for known in matcher.dataset.cooperations]
    step = len(words) // (texts * len(_WIDTHS) + 1)
    with service() as (address, _), chromium.started() as browser:
        rows = [
            _row(browser, address, width, words[place * step :: step * len(_WIDTHS)][:texts])
            for place, width in enumerate(_WIDTHS, start=1)
        ]
    return {"ranker": matcher.version, "machine": machine(), "rows": rows}


def document(results: dict[str, Any]) -> str:
    """Return the document about stored results."""
    rows = results["rows"]
    lines = [list(_COLUMNS), ["---:"] * len(_COLUMNS), *(_cells(row) for row in rows)]
    return _HEAD.format(
        texts=rows[0]["texts"],
        key=_KEY_MS,
        goal=GOAL_MS,
        reached=sum(row["answer_p95_ms"] <= GOAL_MS for row in rows),
        all=len(rows),
        table="\n".join(f"| {' | '.join(line)} |" for line in lines),
        machine=results["machine"],
    )


def _cells(row: dict[str, Any]) -> list[str]:
    times = (f"{row[f'{what}_p{q}_ms']:.0f}" for what in ("answer", "map") for q in (50, 95))
    others = "" if row["others"] is None else f"{row['others']:.0%}"
    return [
        str(row["width"]), str(row["texts"]), *times, f"{row['moved']:.3f}",
        f"{row['moved_in_all']:.3f}", f"{row['asked_a_key']:.2f}", str(row["busy"]), others,
    ]  # fmt: skip


def _row(browser: Browser, address: str, width: int, texts: list[str]) -> dict[str, Any]:
    others = busy_share()
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.add_init_script(_WATCH)
    asked: list[int] = []

    def note(response: Response) -> None:
        if (response.request.method, response.url) == ("POST", f"{address}/"):
            asked.append(response.status)

    page.on("response", note)
    page.goto(address)
    page.fill("#body", BODY)
    timed, keys = [], 0
    for text in texts:
        first, _, last = text.rpartition(" ")
        page.fill("#text", first)
        page.wait_for_timeout(_QUIET_MS)
        timed.append(_typed(page, f" {last}"))
        keys += len(last) + 1
    seen = page.evaluate("seen")
    context.close()
    answer, with_map = np.array(timed).T
    return {
        "width": width,
        "texts": len(texts),
        **{f"answer_p{q}_ms": round(float(np.percentile(answer, q)), 1) for q in (50, 95)},
        **{f"map_p{q}_ms": round(float(np.percentile(with_map, q)), 1) for q in (50, 95)},
        "moved": round(seen["shift"], 4),
        "moved_in_all": round(seen["shiftInAll"], 4),
        "asked_a_key": round((len(asked) - len(texts)) / keys, 2),
        "busy": asked.count(503),
        "others": others,
    }


def _typed(page: Page, last: str) -> tuple[float, float]:
    """Type what is missing of a text; return ms from its last key to the answer, and to the map."""
    page.evaluate("Object.assign(seen, { key: 0, answer: 0, map: 0 })")
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type(last, delay=_KEY_MS)
    page.wait_for_timeout(_QUIET_MS)
    seen = page.evaluate("seen")
    if seen["answer"] < seen["key"]:
        raise RuntimeError(f"No answer came after „{last}“.")
    # Where nobody is proposed there is no map: then the answer is all.
    return seen["answer"] - seen["key"], max(seen["map"], seen["answer"]) - seen["key"]


def busy_share() -> float | None:
    """Return which share of all cores is taken while nothing of this goes on, None if unknown."""
    if not _STAT.is_file():
        return None
    before = _ticks()
    time.sleep(_SAMPLE_S)
    passed = [after - earlier for after, earlier in zip(_ticks(), before, strict=True)]
    idle = passed[3] + passed[4]  # idle and waiting for a disk, see proc_stat(5)
    return round(1 - idle / max(sum(passed), 1), 3)


def _ticks() -> list[int]:
    return [int(each) for each in _STAT.read_text("utf-8").splitlines()[0].split()[1:]]
