"""GET /health/live and /health/ready."""

from __future__ import annotations

from fastapi import APIRouter

from service import schemas
from service.state import Current

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="Der Prozess lebt")
def live() -> schemas.HealthAnswer:
    """Answer as long as the process runs."""
    return schemas.HealthAnswer(status="live")


@router.get("/ready", summary="Daten und Modelle sind geladen")
def ready(state: Current) -> schemas.HealthAnswer:
    """Answer 200 once data and models are loaded, 503 before."""
    return schemas.HealthAnswer(status="ready", degraded=state.matcher.degraded)
