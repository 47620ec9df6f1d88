"""PostgreSQL: no answer is waited for longer than people wait, whatever keeps it from coming.

The server ends statements that take too long, and waits for locks; a server that is frozen, or
behind a dead network, ends nothing: so the client, too, gives up.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event

Value = TypeVar("Value")
_MARGIN_S = 1  # by which the server, which knows the reason, comes before the client
_FORGOTTEN_S = 60  # a transaction whose client is frozen lets its locks go then


class BoundedConnection(psycopg.Connection[tuple[object, ...]]):
    """A connection that ends where an answer does not come in time.

    Attributes
    ----------
    patience_s
        How long each answer is waited for, in seconds.
    """

    patience_s: float = 5.0

    def wait(self, gen: PQGen[Value], interval: float = 0.1, timeout: float | None = None) -> Value:
        """Wait for an answer.

        Raises
        ------
        psycopg.OperationalError
            None came; the connection is closed, as nobody knows what may still come on it.
        """
        try:
            return super().wait(gen, interval, timeout or self.patience_s)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def set_up(engine: Engine, wait_s: int) -> None:
    """Bound all waits of an engine of PostgreSQL.

    Parameters
    ----------
    engine
        Before its first connection.
    wait_s
        For a connection, a lock and a statement each, in seconds; the option `wait_s` of a
        transaction takes its place there.
    """

    def connect(
        _dialect: object, _record: object, arguments: list[str], given: dict[str, Any]
    ) -> BoundedConnection:
        bounds: dict[str, Any] = {"connect_timeout": wait_s, "application_name": "ikz-partnersuche"}
        made = BoundedConnection.connect(*arguments, **(bounds | given))
        made.patience_s = wait_s + _MARGIN_S
        return made

    def begin(connection: Connection) -> None:
        seconds = int(connection.get_execution_options().get("wait_s", wait_s))
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, BoundedConnection)
        driver.patience_s = seconds + _MARGIN_S
        # For this transaction alone: a pooler between may give the next one another session.
        bounds = {
            "statement_timeout": seconds,
            "lock_timeout": seconds,
            "idle_in_transaction_session_timeout": _FORGOTTEN_S,
        }
        calls = (f"set_config('{name}', '{value}s', true)" for name, value in bounds.items())
        connection.exec_driver_sql(f"SELECT {', '.join(calls)}")

    def checkin(driver: BoundedConnection | None, _record: object) -> None:
        if driver is not None:
            driver.patience_s = wait_s + _MARGIN_S

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", checkin)
