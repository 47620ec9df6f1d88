from __future__ import annotations

import pytest

from eval.ranking.online import FeedbackFileError, online_precision

HEAD = "request_id,ags,verdict,model_version,time\n"


def written(tmp_path, *lines):
    path = tmp_path / "urteile.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return path


def test_precision_counts_what_fits_by_model_version(tmp_path):
    path = written(
        tmp_path,
        "a,05974040,fits,v1,2026-11-01T10:00:00Z",
        "a,05974028,does_not_fit,v1,2026-11-01T10:00:01Z",
        "b,05974040,already_partner,v2,2026-11-02T10:00:00Z",
        "b,05974028,fits,v2,2026-11-02T10:00:00Z",
    )
    table = online_precision(path)
    assert table.loc["v1", "precision"] == pytest.approx(0.5)
    assert table.loc["v2", "precision"] == pytest.approx(1.0)
    assert table.loc["v2", "new precision"] == pytest.approx(1.0)
    assert table.loc["all", "judged"] == 4
    assert table.loc["all", "precision"] == pytest.approx(0.75)
    # Wilson (1927) for 3 of 4.
    assert table.loc["all", "low"] == pytest.approx(0.3006, abs=1e-4)
    assert table.loc["all", "high"] == pytest.approx(0.9544, abs=1e-4)


def test_the_last_judgement_counts(tmp_path):
    path = written(
        tmp_path,
        "a,05974040,does_not_fit,v1,2026-11-01T10:00:01Z",
        "a,05974040,fits,v1,2026-11-01T10:00:00Z",
    )
    assert online_precision(path).loc["all", "precision"] == 0


def test_without_judgements_there_is_no_figure(tmp_path):
    table = online_precision(written(tmp_path))
    assert table.loc["all", "judged"] == 0
    assert table["precision"].isna().all()


def test_a_broken_file_is_named(tmp_path):
    with pytest.raises(FeedbackFileError, match="Zeile 2: das Urteil „super“ ist unbekannt"):
        online_precision(written(tmp_path, "a,05974040,super,v1,2026-11-01"))
    with pytest.raises(FeedbackFileError, match="Die Datei fehlt"):
        online_precision(tmp_path / "nichts.csv")
    path = tmp_path / "leer.csv"
    path.write_text("ags,verdict\n", "utf-8")
    with pytest.raises(FeedbackFileError, match="es fehlt die Spalte model_version"):
        online_precision(path)
