"""A file as an answer: what a browser saves instead of showing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import Response

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
}

BINARY = {"schema": {"type": "string", "format": "binary"}}
FEATURES = {
    "schema": {
        "title": "FeatureCollection",
        "description": "GeoJSON nach RFC 7946",
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["type", "geometry", "properties"],
                    "properties": {
                        "type": {"const": "Feature"},
                        "geometry": {"type": ["object", "null"]},
                        "properties": {"type": "object"},
                    },
                },
            },
        },
    }
}
"""What the OpenAPI document says of files."""


class File(NamedTuple):
    """What is in it, of what type it is, and under which name it is saved."""

    content: bytes
    media_type: str
    name: str


def attached(file: File, headers: Mapping[str, str] | None = None) -> Response:
    """Return a file as an attachment, with further headers."""
    own = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(
        file.content,
        media_type=file.media_type,
        headers=own | dict(headers or {}),
    )
