"""Online precision: of the suggestions that officials judged, the share that fit."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from scipy.stats import binomtest

FITS, NOT, KNOWN = "fits", "does_not_fit", "already_partner"
_COLUMNS = {"request_id", "ags", "verdict", "model_version", "time"}


class FeedbackFileError(ValueError):
    """The file is not what `ikz feedback export` writes; the sentence names line and field."""


def online_precision(path: Path) -> pd.DataFrame:
    """Read judgements and sum them up by model version.

    "Already a partner" says that the suggestion was right but no news: it counts as fitting in
    `precision`, and is left out of `new precision`. Who judges is not drawn at random, so these
    figures tell about the judged suggestions alone.

    Parameters
    ----------
    path
        CSV written by `ikz feedback export`.

    Returns
    -------
    DataFrame
        Index the model version, the last row all of them: `judged`, counts by verdict,
        `precision` and `new precision` (shares of 1) with `low` and `high`, the 95 % Wilson
        interval of `precision`.

    Raises
    ------
    FeedbackFileError
        The file or a column is missing, or a verdict is unknown.
    """
    if not path.is_file():
        raise FeedbackFileError(f"Die Datei fehlt ({path}); „ikz feedback export“ schreibt sie.")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    missing = sorted(_COLUMNS - set(table.columns))
    if missing:
        raise FeedbackFileError(f"{path}: es fehlt die Spalte {missing[0]}.")
    unknown = table.index[~table["verdict"].isin([FITS, NOT, KNOWN])]
    if len(unknown):
        # Line 1 holds the names of the columns.
        line, verdict = int(unknown[0]) + 2, table["verdict"][unknown[0]]
        raise FeedbackFileError(f"{path}, Zeile {line}: das Urteil „{verdict}“ ist unbekannt.")
    latest = table.sort_values("time", kind="stable").drop_duplicates(
        ["request_id", "ags"], keep="last"
    )
    groups = [(str(name), part) for name, part in latest.groupby("model_version")]
    rows = {name: _figures(part["verdict"]) for name, part in [*groups, ("all", latest)]}
    return pd.DataFrame.from_dict(rows, orient="index")


def _figures(verdicts: pd.Series) -> dict[str, float]:
    counts = {name: int((verdicts == name).sum()) for name in (FITS, NOT, KNOWN)}
    judged, right = len(verdicts), counts[FITS] + counts[KNOWN]
    news = counts[FITS] + counts[NOT]
    interval = binomtest(right, judged).proportion_ci(method="wilson") if judged else None
    return {
        "judged": judged,
        **counts,
        "precision": right / judged if judged else float("nan"),
        "low": interval.low if interval else float("nan"),
        "high": interval.high if interval else float("nan"),
        "new precision": counts[FITS] / news if news else float("nan"),
    }
