"""The model card on listening: what is understood of a text, and what that does to the answer."""

from __future__ import annotations

from typing import Any

from eval.report.age import measured_on
from eval.report.markdown import markdown_table

# What was aimed at; beside the figures, never instead of them.
GOALS = (
    ("no_matter_caught", "no matter caught", "≥ 0.92"),
    ("matter_refused", "matters refused", "≤ 0.03"),
    ("existing_told", "existing cooperation told", "≥ 0.85"),
    ("existing_false_alarms", "existing told where there is none", "≤ 0.06"),
)
_SETS = (("text, wishes", "all wishes of a text right", "≥ 0.90"),
         ("text, bodies", "all bodies of a text right", "≥ 0.95"))  # fmt: skip
_PLAIN = "as written"


def listening(figures: dict[str, Any], served: str) -> str:
    """Return the section on listening, from the result of `python -m eval understanding`."""
    age = measured_on(figures, served, "python -m eval understanding")
    return "\n\n".join(
        [
            f"## It listens{age}",
            _answers(figures),
            _accuracy(figures),
            _blind(figures),
            _effect(figures),
            _kinds(figures),
            _wordings(figures),
            _errors(figures),
        ]
    )


def _answers(figures: dict[str, Any]) -> str:
    """Show whole answers to composed texts: a row for each set at its first look, and now."""
    first, now = figures["first_answers"], figures["answers"]
    looks = {name: look["counts"] for name, look in first.items()}
    rows = [
        ["goal", *_ASKED.values()],
        *([name, *_shares(counts)] for name, counts in looks.items()),
        ["all, first look", *_shares(_together(looks))],
        ["all, now", *_shares(_together(now))],
    ]
    days = ", ".join(dict.fromkeys(look["day"] for look in first.values()))
    return f"""Whole answers to texts of all kinds ({days}): are the first five such as the text
asks for, is what exists told, is nobody proposed for nonsense? {_COMPOSED} The author of
`obeyed_second` saw the first lines of some tables of words. Each set was opened when the errors of
those before had been mended: its first look is what to expect of new texts of this manner, the
later the more. {_ENDED} "Now" flatters more.

{markdown_table(["set, first look", *_ASKED], rows)}"""


_COMPOSED = """No official wrote
them: language models that saw no code composed and labelled them in the manner of officials."""
_ENDED = """The series of sets
was ended after the thirteenth, when the first looks of all of them together met the goals; to stop
where it suits (optional stopping) flatters that sum, though not each look by itself. What comes
behind the thirteenth was asked for later, to see whether the figures hold for others."""
Counts = dict[str, list[int]]


def _together(sets: dict[str, Counts]) -> Counts:
    """Add up what was right and what was asked."""
    return {
        question: [
            sum(counts.get(question, (0, 0))[place] for counts in sets.values()) for place in (0, 1)
        ]
        for question in _ASKED
    }


def _shares(counts: Counts) -> list[str]:
    """Return a cell for each question: "0.905 (67 of 74)"."""
    cells = []
    for question in _ASKED:
        right, asked = counts.get(question, (0, 0))
        cells.append(f"{right / asked:.3f} ({right} of {asked})" if asked else "–")
    return cells


_ASKED = {
    "wishes obeyed": "≥ 0.90",
    "bodies named": "≥ 0.95",
    "existing told": "≥ 0.85",
    "nothing told that is not there": "≥ 0.94",
    "no matter caught": "≥ 0.92",
    "matter taken": "≥ 0.97",
    "its area told": "≥ 0.92",
}
"""Questions to whole answers -> what was aimed at."""


def _accuracy(figures: dict[str, Any]) -> str:
    matters = figures["matters"]
    rows = [[name, f"{matters[code]:.3f}", goal, "held out"] for code, name, goal in GOALS]
    for question, name, goal in _SETS:
        for texts in ("dev", "blind"):
            right, asked = figures["sets"][texts][_PLAIN][question]
            rows.append([name, f"{right / asked:.3f}", goal, f"{texts}, {asked} texts"])
    return f"""Decisions on matters are learned; each text is judged by models that saw neither it
nor near-duplicates of its cooperation. What a text says of partners is read by a grammar: `dev` was
looked at while the rules were written, so its figures flatter; so do, by now, those of `blind`,
whose mistyped texts were seen while typing errors were mended. Existing cooperations:
{matters["existing_cases"]:.0f} questions where there is one,
{matters["not_existing_cases"]:.0f} where there is only another of the same area; the threshold was
set on these, so that the false alarms are as many as was wanted. Words of the trade were added when
errors on these texts had been read, so that they flatter; what new texts give stands below.
ECE {matters["existing_ece"]:.3f}
(existing), {matters["matter_ece"]:.3f} (matter).

""" + markdown_table(["decision", "share", "goal", "measured on"], rows)


def _blind(figures: dict[str, Any]) -> str:
    """Show texts in the manner of officials: at the first look, and now."""
    first, now = figures["first_look"], figures["officials"]
    sizes = {name: size for name, size in _SIZES.items() if name in first}
    rows = []
    for question in sorted(set().union(*now.values())):
        cells = [first[name]["counts"].get(question) for name in sizes]
        after = [now[name][question] for name in now if question in now[name]]
        cells.append([sum(right for right, _ in after), sum(asked for _, asked in after)])
        rows.append([question, *(f"{c[0]} of {c[1]}" if c else "–" for c in cells)])
    heading = ["question", *(f"{size} texts" for size in sizes.values()), "all of them, now"]
    return f"""Texts in the manner of officials, with all kinds of question, in sets, each written
when the errors of the one before had been mended and labelled before any answer to it was seen
(from {first["officials"]["day"]} on). No official wrote these either: language models composed
them, those of the tenth set and later without having seen rules or answers. All columns but the
last are the first look at each set: what to expect of new texts of this manner. {_ENDED} The last
column is what all give now that their errors were mended, and flatters. A text
counts as right where all its wishes, or all its bodies, are. Texts that training knows are left out
since; labels that broke the conventions of `dev.jsonl` were mended with the errors (nine of the
first set, five of the third).

{markdown_table(heading, rows)}"""


_SIZES = {
    "officials": 206,
    "officials_after": 49,
    "officials_third": 126,
    "officials_fourth": 51,
    "officials_fifth": 25,
    "officials_sixth": 245,
    "officials_seventh": 146,
    "officials_eighth": 82,
    "officials_ninth": 60,
    "officials_tenth": 90,
    "officials_eleventh": 90,
    "officials_twelfth": 200,
    "officials_thirteenth": 200,
    "officials_fourteenth": 60,
    "officials_fifteenth": 60,
    "officials_sixteenth": 140,
    "officials_seventeenth": 140,
}
"""Sets of texts in the manner of officials -> how many each has."""


def _effect(figures: dict[str, Any]) -> str:
    rows = [
        [name, f"{e['cases']:.0f}", f"{e['kept']:.3f}", f"{e['hit@5']:.3f}",
         f"{e['hit@5 with']:.3f}", f"{e['nDCG@10']:.3f}", f"{e['nDCG@10 with']:.3f}",
         f"{e['p']:.3f}"]
        for name, e in figures["wishes"].items()
    ]  # fmt: skip
    heading = ["wish", "requests", "kept", "hit@5", "with it", "nDCG@10", "with it", "p"]
    return """Known requests with a wish added that their partners in fact keep to, asked in states
that do not know them (the ranker is the shipped one, so the level flatters and the difference does
not). Kept: share of answers of which all ten bodies, or the group, keep to it.

""" + markdown_table(heading, rows)


def _kinds(figures: dict[str, Any]) -> str:
    plain = {name: wordings[_PLAIN] for name, wordings in figures["sets"].items()}
    rows = []
    for question in sorted(set().union(*plain.values())):
        if question.startswith("text"):
            continue
        cells = [plain[name].get(question) for name in ("dev", "blind")]
        rows.append([question, *(f"{c[0]} of {c[1]}" if c else "–" for c in cells)])
    return "By kind:\n\n" + markdown_table(["question", "dev", "blind"], rows)


def _wordings(figures: dict[str, Any]) -> str:
    rows = []
    for wording in figures["sets"]["dev"]:
        cells = [figures["sets"][name][wording][q] for name in ("dev", "blind") for q, *_ in _SETS]
        rows.append([wording, *(f"{right / asked:.3f}" for right, asked in cells)])
    other = figures["english"]
    heading = ["wording", "wishes, dev", "bodies, dev", "wishes, blind", "bodies, blind"]
    return f"""The same texts in other wordings:

{markdown_table(heading, rows)}

Wishes are read in German, simple ones in English too. Of {other["cases"]:.0f} requests in English,
of known cooperations,
{other["matter"]:.1%} are taken for a matter, and the task area of {other["area"]:.1%} is told."""


def _errors(figures: dict[str, Any]) -> str:
    counts, times = figures["errors"], figures["milliseconds"]
    rows = [[cause, str(count)] for cause, count in counts.items()]
    return f"""{sum(counts.values())} errors, read and sorted by cause
(`eval/understanding/errors.jsonl`):

{markdown_table(["cause", "errors"], rows)}

Time (median of the processor, vectors made before): {times["partners"]:.1f} ms for what is said of
partners, {times["all"]:.1f} ms for all reading; of that {times["beside"]:.1f} ms wait for the text
model or go before it (goal: 3), as words are read while it computes. A whole answer takes
{times["answer"]:.1f} ms."""
