from __future__ import annotations

import pytest

from data import DataError, LegalForm
from data.dataset import TABLES
from data.legal_steps import TABLE, Use, read_legal_steps


def test_steps_hold_for_one_form_or_for_all_and_keep_their_order():
    steps = read_legal_steps(TABLES / TABLE).of(Use.STEP, LegalForm.AGREEMENT)
    titles = [step.title for step in steps]
    assert titles[0] == "Vorgespräch"
    assert titles.index("Beschlüsse") < titles.index("Genehmigung") < titles.index("Nachschau")
    assert {step.form for step in steps} == {None, LegalForm.AGREEMENT}


def test_a_broken_row_is_named_by_line_and_field(tmp_path):
    path = tmp_path / TABLE
    path.write_text("use,form,title,text,legal_basis,source_url\nschritt,alle,A,B,,x\n")
    with pytest.raises(DataError, match="source_url"):
        read_legal_steps(path)
