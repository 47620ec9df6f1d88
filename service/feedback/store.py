"""What people think of suggestions: kept with the version of the ranker that made them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from data.provenance import write_atomically
from data.terms import Term
from service.problems import ProblemError
from service.storage import Database
from service.storage.tables import FeedbackRow
from service.web.spreadsheets import guarded

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Verdict(Term):
    """What somebody thinks of a suggested partner."""

    FITS = "fits", "passt"
    DOES_NOT_FIT = "does_not_fit", "passt nicht"
    ALREADY_PARTNER = "already_partner", "schon Partner"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on the suggestion of a body in the answer to a request."""

    request_id: str
    ags: str
    verdict: Verdict
    model_version: str
    time: datetime


def checked_request_id(text: str) -> str:
    """Return the id of a request.

    Raises
    ------
    ProblemError
        422: it is none.
    """
    plain = text.strip()
    if not _REQUEST_ID.fullmatch(plain):
        sentence = "Hier wird die Kennung einer Suche erwartet (Feld request_id der Antwort)."
        raise ProblemError.of_fields([("/request_id", sentence)])
    return plain


def record(database: Database, feedback: Feedback) -> None:
    """Keep a verdict; a later one on the same suggestion takes its place."""
    row = FeedbackRow(
        request_id=feedback.request_id,
        ags=feedback.ags,
        verdict=feedback.verdict.value,
        model_version=feedback.model_version,
        time=feedback.time,
    )
    try:
        _merge(database, row)
    except IntegrityError:
        # Two at the same time on PostgreSQL: the other one is there by now.
        _merge(database, row)


def export(database: Database, file: Path) -> int:
    """Write all verdicts as CSV, oldest first, in one step; returns how many."""
    oldest_first = select(FeedbackRow).order_by(
        FeedbackRow.time, FeedbackRow.request_id, FeedbackRow.ags
    )
    with database.read() as session:
        rows = session.scalars(oldest_first).all()
    known = [
        Feedback(r.request_id, r.ags, Verdict.parse(r.verdict), r.model_version, r.time)
        for r in rows
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([field.name for field in fields(Feedback)])
    for entry in known:
        *texts, moment = astuple(entry)
        writer.writerow([*(guarded(text) for text in texts), moment.isoformat()])
    write_atomically(file, buffer.getvalue().encode("utf-8"))
    return len(known)


def _merge(database: Database, row: FeedbackRow) -> None:
    with database.write() as session:
        session.merge(row)
