"""GET /health/live, /health/ready and /metrics."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from service.web import metrics
from service.web.health import Health, PartHealth
from service.web.state import Current

router = APIRouter(tags=["health"])


class LiveAnswer(BaseModel):
    """The process runs."""

    status: Literal["live"]


class ReloadAnswer(BaseModel):
    """How the last reload of data and models ended; the log says why one was refused."""

    status: Literal["ok", "refused", "running"]
    at: datetime


class ReadyAnswer(BaseModel):
    """The service answers; `parts` says how each part is, "ok" or what is wrong with it."""

    status: Literal["ready"]
    degraded: bool
    parts: dict[str, PartHealth]
    reload: ReloadAnswer | None = None


@router.get("/health/live", summary="Der Prozess lebt")
async def live() -> LiveAnswer:
    """Answer as long as the process runs."""
    return LiveAnswer(status="live")


@router.get("/health/ready", summary="Daten und Modelle sind geladen, und wie jedes Teil ist")
async def ready(state: Current, request: Request) -> ReadyAnswer:
    """Answer 200 once data and models are loaded, 503 before; name each part as it is."""
    parts = await state[Health].parts()
    matcher = state.matcher
    without = "missing" if state.settings.text_model else "off"
    loaded = {
        "data": PartHealth(status="ok", version=matcher.dataset.version),
        "index": PartHealth(status=without if matcher.degraded else "ok"),
        "model": PartHealth(status="ok", version=matcher.version),
        "text_model": PartHealth(
            status=without if matcher.degraded else "ok", version=matcher.text_model_name
        ),
    }
    return ReadyAnswer(
        status="ready",
        degraded=matcher.degraded,
        parts=loaded | parts,
        reload=request.app.state.reload,
    )


@router.get(
    "/metrics",
    summary="Zahlen zum Betrieb, im Textformat von Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def figures(request: Request) -> Response:
    """Tell how many requests there were and how long they took, by route; not what they asked."""
    state = request.app.state
    return Response(
        state.metrics.text(state.ikz),
        media_type=metrics.CONTENT_TYPE,
        headers={"Cache-Control": "no-store"},
    )
