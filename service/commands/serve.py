"""`ikz serve`: pages and interface on a port."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.console import ERRORS, loading_errors, settings_or_stop, stop

if TYPE_CHECKING:
    from service.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Adresse; sonst IKZ_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port; sonst IKZ_PORT.", min=1, max=65535)
    ] = None,
) -> None:
    """Startet den Dienst mit Seite und Schnittstelle."""
    import logging

    # What is loaded stays: to look again and again for garbage in it takes a fifth of the start.
    gc.disable()
    # Nothing installed beside is let into the checks of requests, nor looked for in each package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _set_threads()
    settings = settings_or_stop()
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for chatty in ("sentence_transformers", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    address, number = host or settings.host, port or settings.port
    # Imported after the settings are known to be good: it brings the models with it.
    from service import server

    shown = f"http://[{address}]:{number}" if ":" in address else f"http://{address}:{number}"
    try:
        listener = server.open_port(address, number)
        ERRORS.print("Daten und Modelle werden geladen …")
        server.run(reached_at(settings, number), listener, lambda: _ready(shown))
    except server.ListenError as error:
        stop(str(error))
    except loading_errors() as error:
        stop(str(error))


def reached_at(settings: Settings, port: int) -> Settings:
    """Return the settings with the port in the public address, where nobody has set that."""
    if "base_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"base_url": f"http://127.0.0.1:{port}"})


def _set_threads() -> None:
    """Say how many threads the libraries take, before they are loaded and read it once.

    A text is encoded on two cores where they are free, for whoever types waits for it. Small
    matrices gain nothing from threads. An operator's own value stays.
    """
    for name, value in (
        ("OMP_NUM_THREADS", str(min(os.cpu_count() or 1, 2))),
        ("OPENBLAS_NUM_THREADS", "1"),
    ):
        os.environ.setdefault(name, value)


def _ready(address: str) -> None:
    """Say so, and look for garbage from here on, in nothing that was loaded."""
    gc.freeze()  # with the one object in a hundred that is garbage: to find it takes 0.2 s
    gc.enable()
    ERRORS.print(f"Bereit: {address}")
