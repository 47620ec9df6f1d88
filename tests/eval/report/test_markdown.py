from __future__ import annotations

import pytest

from eval.report.markdown import markdown_table, read_section, replace_section


def test_sections_are_replaced_between_their_markers():
    text = "vorher\n<!-- x: written by a command -->\nalt\n<!-- end of x -->\nnachher\n"
    replaced = replace_section(text, "x", "neu")
    assert "alt" not in replaced
    assert replaced.startswith("vorher\n")
    assert replaced.endswith("\nnachher\n")
    with pytest.raises(ValueError, match="no markers"):
        replace_section("nichts", "x", "neu")


def test_a_section_is_read_as_it_was_written():
    text = "<!-- x: written by a command -->\nalt\n<!-- end of x -->\n"
    assert read_section(replace_section(text, "x", "\nneu\n"), "x") == "neu"
    with pytest.raises(ValueError, match="no markers"):
        read_section(text, "y")


def test_figures_stand_to_the_right():
    table = markdown_table(["system", "nDCG"], [["ranker", "0.5"]])
    assert table == "| system | nDCG |\n|---|---:|\n| ranker | 0.5 |"
