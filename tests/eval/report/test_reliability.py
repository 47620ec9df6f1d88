from __future__ import annotations

import pytest

from eval import stored
from eval.report.reliability import DOCUMENT, document, merged, reliability

RESULTS = stored.read(stored.RESULTS, stored.RELIABILITY)


def test_the_document_is_what_the_stored_findings_say():
    assert (stored.RESULTS / DOCUMENT).read_text("utf-8") == document(RESULTS)


def test_at_least_25_faults_were_done_each_with_what_was_seen_and_lost():
    assert len(RESULTS["rows"]) >= 25
    faults = [row["fault"] for row in RESULTS["rows"]]
    assert len(set(faults)) == len(faults)
    assert all(row["seen"] and row["lost"] for row in RESULTS["rows"])


def test_a_fault_that_did_not_end_as_promised_is_told():
    row = {"fault": "a|b", "seen": "<x>", "lost": "1 mail", "recovery_s": None, "held": False}
    text = document({"machine": "one core", "rows": [row, row | {"held": True, "recovery_s": 2}]})
    assert "1 of 2 faults ended" in text
    assert "| a\\|b | &lt;x> | 1 mail |  | **no** |" in text
    assert "| 2.0 s | yes |" in text


def test_a_fault_done_anew_takes_its_old_place():
    old = {"machine": "m", "rows": [{"fault": "a", "seen": "x"}, {"fault": "b", "seen": "y"}]}
    new = {"machine": "m", "rows": [{"fault": "c", "seen": "z"}, {"fault": "a", "seen": "new"}]}
    assert [(r["fault"], r["seen"]) for r in merged(old, new)["rows"]] == [
        ("a", "new"), ("b", "y"), ("c", "z"),
    ]  # fmt: skip
    assert merged(old, new | {"machine": "another"})["rows"] == new["rows"]


def test_an_unknown_scenario_is_refused_with_those_that_there_are():
    with pytest.raises(ValueError, match=r"no_such: es gibt .*two_replicas"):
        reliability(lambda _: None, ["no_such"])
