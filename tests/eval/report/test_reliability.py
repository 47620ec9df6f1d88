from __future__ import annotations

from eval import stored
from eval.report.reliability import DOCUMENT, document

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
