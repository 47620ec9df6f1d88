"""`make bench`: how fast, side by side with what one would take instead; and a real example."""

from __future__ import annotations

import difflib
import itertools
import json
import os
import platform
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer

from data import TaskArea
from data.names import NameIndex
from data.provenance import write_atomically
from eval.markdown import README, replace_section
from eval.service_process import service
from matcher import Matcher, MatchRequest
from matcher.features import features, make_query
from matcher.known.similar import most_similar
from matcher.outreach import Outreach, input_keys

RESULTS = Path(__file__).parent / "results" / "bench.json"
_RUNS = 200
_STARTS = 5
_CLIENTS, _ASKED_EACH = 8, 40
_NAME_PAUSE_S, _TEXT_PAUSE_S = 0.2, 1.0
_BODY = "05974008"
_TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"
Row = dict[str, float | str]


def main() -> None:
    """Measure, print, and write the results and the README's section."""
    rows = [*_service_rows(), *library_rows(Matcher.load())]
    results = {"machine": _machine(), "runs": _RUNS, "rows": rows}
    RESULTS.parent.mkdir(exist_ok=True)
    write_atomically(RESULTS, json.dumps(results, indent=2, ensure_ascii=False) + "\n")
    text = f"{markdown(rows)}\n\nMilliseconds over {_RUNS} runs on {_machine()}."
    readme = replace_section(README.read_text("utf-8"), "bench", text)
    write_atomically(README, replace_section(readme, "example", _example()))
    table = Table("what", "p50 ms", "p95 ms", "p99 ms", "against", "times as fast")
    for row in rows:
        table.add_row(*_cells(row))
    Console().print(table)


def _service_rows() -> Iterator[Row]:
    """Ask a real service over HTTP, each time with words it has not seen."""
    starts = []
    for _ in range(_STARTS):
        with service() as (_, ready_s):
            starts.append(ready_s)
    yield _row(f"start until ready, {_STARTS} times", starts)
    with service() as (address, _), httpx.Client(base_url=address, timeout=60) as client:
        number = itertools.count()

        def match() -> None:
            text = f"Sachbearbeitung im Sozialamt mit Nachbarn bündeln, Vorgang {next(number)}"
            answer = client.post("/v1/matches", json={"body": _BODY, "description": text})
            answer.raise_for_status()

        yield _row("POST /v1/matches over HTTP, new text", _time(match, "matches"))

        def find() -> None:
            client.get("/v1/bodies", params={"q": "bad sasendorf"}).raise_for_status()

        yield _row("GET /v1/bodies?q= over HTTP", _time(find, "bodies"))
        yield from _crowd_rows(address)


def _crowd_rows(address: str) -> Iterator[Row]:
    """Let eight people type at once; the page asks after a pause, not after each key."""
    number = itertools.count()

    def find(client: httpx.Client, step: int) -> None:
        typed = "bad sassendorf"[: 3 + step % 12]
        client.get("/v1/bodies", params={"q": typed, "limit": 8}).raise_for_status()

    def suggest(client: httpx.Client, step: int) -> None:
        text = f"{_TEXT} und {next(number)} weitere"
        client.post("/v1/suggestions", json={"text": text}).raise_for_status()

    names = (
        f"GET /v1/bodies?q=, {_CLIENTS} clients, a name every {_NAME_PAUSE_S * 1000:.0f} ms each"
    )
    yield _row(names, _crowd(address, find, _NAME_PAUSE_S))
    texts = f"POST /v1/suggestions, {_CLIENTS} clients, a new text every {_TEXT_PAUSE_S:.0f} s each"
    yield _row(texts, _crowd(address, suggest, _TEXT_PAUSE_S))


def _crowd(address: str, ask: Callable[[httpx.Client, int], None], pause_s: float) -> list[float]:
    """Time the requests of several clients that ask side by side, each at its own pace."""

    def one(client_number: int) -> list[float]:
        seconds = []
        with httpx.Client(base_url=address, timeout=60) as client:
            ask(client, 0)
            time.sleep(pause_s * client_number / _CLIENTS)
            for step in range(_ASKED_EACH):
                start = time.perf_counter()
                ask(client, step)
                seconds.append(time.perf_counter() - start)
                time.sleep(max(0.0, pause_s - seconds[-1]))
        return seconds

    with ThreadPoolExecutor(_CLIENTS) as pool:
        return [second for seconds in pool.map(one, range(_CLIENTS)) for second in seconds]


def library_rows(matcher: Matcher, runs: int = _RUNS) -> Iterator[Row]:
    """Time the parts in this process, each beside what would do the same job."""
    knowledge = matcher.knowledge
    assert matcher.text_model is not None
    text = "Wir suchen Partner für ein gemeinsames Standesamt"
    reader = knowledge.reader
    assert reader is not None
    encode = matcher.text_model.encode_queries
    vector = encode([text])[0]
    matter = reader.read(vector, text)
    row = int(knowledge.bodies.keys.get_loc(_BODY))
    request = MatchRequest(body=_BODY, description=text)
    yield _row("match, text seen before", _time(lambda: matcher.match(request), "match", runs))

    matrix = features(make_query(knowledge, row, matter), knowledge)[0]
    score = _time(lambda: matcher.ranker.score(matrix), "score", runs)
    loop = _time(
        lambda: [matcher.ranker.score(matrix[i : i + 1]) for i in range(430)], "loop", min(runs, 5)
    )
    yield _row("score all 430 bodies at once", score, loop, "one body at a time")

    descriptions = [c.description for c in matcher.dataset.cooperations]
    tfidf = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    table = tfidf.fit_transform(descriptions)
    number = itertools.count()

    def like() -> None:
        asked = f"{text} {next(number)}"
        most_similar(reader.read(encode([asked])[0], asked).to_descriptions)

    similar = _time(like, "like", runs)
    words = _time(
        lambda: np.argsort(-(table @ tfidf.transform([text]).T).toarray(), 0), "tfidf", runs
    )
    yield _row("similar cooperations, new text", similar, words, "TF-IDF of scikit-learn")

    yield from _outreach_rows(matcher, runs)

    index = NameIndex(matcher.dataset.bodies)
    names = [str(name) for name in matcher.dataset.bodies["name"]]
    search = _time(lambda: index.search("bad sasendorf"), "names", runs)
    plain = _time(lambda: difflib.get_close_matches("bad sasendorf", names, 8), "difflib", runs)
    yield _row("name search with a typing error", search, plain, "difflib of Python")


def _outreach_rows(matcher: Matcher, runs: int) -> Iterator[Row]:
    """Score every municipality and Kreis in every task area, then make lists from that."""
    start = time.perf_counter()
    outreach = Outreach.of(matcher)
    areas = f"{len(TaskArea)} task areas"
    computed = [time.perf_counter() - start]
    yield _row(f"outreach: all bodies, {areas}, once", computed)
    times = _time(
        lambda: input_keys(matcher.knowledge, matcher.ranker, tuple(TaskArea)), "inputs", 3
    )
    yield _row("outreach: find what was computed before", times, computed, "all computed anew")
    times = _time(outreach.opportunities, "outreach", min(runs, 20))
    yield _row("outreach: the list of 50, scored before", times)


def _example() -> str:
    """Return a request and the answer that a real service gave, cut to what a reader needs."""
    asked = {"body": _BODY, "description": _TEXT, "limit": 2}
    with service() as (address, _):
        answer = httpx.post(f"{address}/v1/matches", json=asked, timeout=60).json()
    first, more = answer["matches"][0], len(answer["matches"]) - 1
    first["reasons"][3:] = [f"… {len(first['reasons']) - 3} more, all of them add up to the score"]
    first["evidence"][1:] = []
    group = answer["consortium"]
    shown = {
        "task_area": answer["task_area"],
        "base_value": answer["base_value"],
        "matches": [first, f"… {more} more"],
        "consortium": {"names": group["names"], "legal_forms": [group["legal_forms"][0], "…"],
                       "funding": {"max_eur": group["funding"]["max_eur"], "rule": "…"}},
    }  # fmt: skip
    body = json.dumps(asked, ensure_ascii=False)
    pretty = json.dumps(_rounded(shown), ensure_ascii=False, indent=2)
    # One object a line reads faster than one field a line.
    pretty = re.sub(r"\{\n\s+([^{}\[\]]*?)\n\s+\}", _on_one_line, pretty)
    return (
        "```sh\ncurl http://127.0.0.1:8000/v1/matches -H 'Content-Type: application/json' \\\n"
        f"  -d '{body}'\n```\n\n```json\n{pretty}\n```"
    )


def _on_one_line(found: re.Match[str]) -> str:
    return "{ " + re.sub(r"\s*\n\s*", " ", found.group(1)) + " }"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return round(value, 3) if isinstance(value, float) else value


def _time(call: Callable[[], object], name: str, runs: int = _RUNS) -> list[float]:
    call()
    seconds = []
    for _ in track(range(runs), description=name, console=Console(stderr=True), transient=True):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return seconds


def _row(
    what: str, seconds: list[float], other: list[float] | None = None, against: str = ""
) -> Row:
    p50, p95, p99 = (float(np.percentile(seconds, q)) * 1000 for q in (50, 95, 99))
    row: Row = {"what": what, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99}
    if other is not None:
        row |= {"against": against, "ratio": float(np.median(other)) * 1000 / p50}
    return row


def _cells(row: Row) -> list[str]:
    figures = [f"{row[key]:.2f}" for key in ("p50_ms", "p95_ms", "p99_ms")]
    ratio = f"{row['ratio']:.1f}" if "ratio" in row else ""
    return [str(row["what"]), *figures, str(row.get("against", "")), ratio]


def markdown(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| what | p50 | p95 | p99 | against | times as fast |",
        "|---|---:|---:|---:|---|---:|",
    ]
    return "\n".join([*lines, *("| " + " | ".join(_cells(row)) + " |" for row in rows)])


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.is_file() else []
    processor = names[0] if names else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores ({processor}), Python {platform.python_version()}"


if __name__ == "__main__":
    main()
