"""A request and the answer that a real service gave, as README shows it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from eval.report.service_process import service

BODY = "05974008"
TEXT = "Wir möchten die Sachbearbeitung im Sozialamt mit Nachbarn bündeln, weil Fachkräfte fehlen"


def ask() -> dict[str, Any]:
    """Ask a real service; return what was `asked`, and what is `shown` of its answer."""
    asked = {"body": BODY, "description": TEXT, "limit": 2}
    with service() as (address, _):
        answer = httpx.post(f"{address}/v1/matches", json=asked, timeout=60).json()
    return kept(asked, answer)


def kept(asked: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """Return what is stored of a request and its answer, and which ranker answered."""
    ranker = answer["model"]["version"]
    return {"ranker": ranker, "asked": asked, "shown": _rounded(_cut(answer))}


def section(example: dict[str, Any]) -> str:
    """Return request and answer as README shows them."""
    body = json.dumps(example["asked"], ensure_ascii=False)
    pretty = json.dumps(example["shown"], ensure_ascii=False, indent=2)
    # One object a line reads faster than one field a line.
    pretty = re.sub(r"\{\n\s+([^{}\[\]]*?)\n\s+\}", _on_one_line, pretty)
    return (
        "```sh\ncurl http://127.0.0.1:8000/v1/matches -H 'Content-Type: application/json' \\\n"
        f"  -d '{body}'\n```\n\n```json\n{pretty}\n```"
    )


def _cut(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave of an answer what a reader needs to see how it is made."""
    first, more = answer["matches"][0], len(answer["matches"]) - 1
    first["reasons"][3:] = [f"… {len(first['reasons']) - 3} more, all of them add up to the score"]
    first["evidence"][1:] = []
    group = answer["consortium"]
    return {
        "task_area": answer["task_area"],
        "base_value": answer["base_value"],
        "matches": [first, f"… {more} more"],
        "consortium": {"names": group["names"], "legal_forms": [group["legal_forms"][0], "…"],
                       "funding": {"max_eur": group["funding"]["max_eur"], "rule": "…"}},
    }  # fmt: skip


def _on_one_line(found: re.Match[str]) -> str:
    return "{ " + re.sub(r"\s*\n\s*", " ", found.group(1)) + " }"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return round(value, 3) if isinstance(value, float) else value
