"""Files of the pages, compressed once and not again for each who asks."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Scope

_SUFFIXES = {".css", ".js", ".svg"}
_LEAST_BYTES = 1_000  # below this the headers weigh more than what is saved


class CompressedFiles(StaticFiles):
    """Static files that keep their compressed form; a file that changed is compressed anew.

    Else one loop, which answers all, would compress the same style sheet for each visitor.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self._kept: dict[str, tuple[int, bytes]] = {}

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, compressed where the client takes that and it is worth it."""
        plain = super().file_response(full_path, stat_result, scope, status_code)
        path = Path(full_path)
        if (
            not isinstance(plain, FileResponse)  # 304: the client has it
            or path.suffix not in _SUFFIXES
            or stat_result.st_size < _LEAST_BYTES
            or "gzip" not in Headers(scope=scope).get("Accept-Encoding", "")
        ):
            return plain
        name = str(path)
        changed, content = self._kept.get(name, (0, b""))
        if changed != stat_result.st_mtime_ns:
            content = gzip.compress(path.read_bytes(), 9, mtime=0)
            self._kept[name] = (stat_result.st_mtime_ns, content)
        headers = {name: plain.headers[name] for name in ("ETag", "Last-Modified")}
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(content, status_code, headers, media_type=plain.media_type)
