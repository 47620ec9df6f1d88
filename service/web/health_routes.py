"""GET /health/live, /health/ready and /metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from service.web import metrics
from service.web.state import Current

router = APIRouter(tags=["health"])


class HealthAnswer(BaseModel):
    """Whether the service lives or is ready."""

    status: str
    degraded: bool | None = None


@router.get("/health/live", summary="Der Prozess lebt")
async def live() -> HealthAnswer:
    """Answer as long as the process runs."""
    return HealthAnswer(status="live")


@router.get("/health/ready", summary="Daten und Modelle sind geladen")
async def ready(state: Current) -> HealthAnswer:
    """Answer 200 once data and models are loaded, 503 before."""
    return HealthAnswer(status="ready", degraded=state.matcher.degraded)


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
