"""Build a wheel only with all that the pages load: else they are plain, and nobody is told.

Called by setuptools (`[tool.setuptools.cmdclass]` in pyproject.toml), never by the service.
"""

from __future__ import annotations

from pathlib import Path

from setuptools.command.build_py import build_py
from setuptools.errors import SetupError

PAGES = (
    "service/web/node_modules/@kern-ux/native/dist/kern.min.css",
    "service/web/node_modules/leaflet/dist/leaflet.js",
)


class BuildWithPages(build_py):  # type: ignore[misc]
    """What setuptools does anyway, once the style sheets and the map are there."""

    def run(self) -> None:
        """Collect the files of the wheel.

        Raises
        ------
        SetupError
            They are missing; an installation that is worked on (`pip install -e`) gets them later.
        """
        missing = [name for name in PAGES if not Path(name).is_file()]
        if missing and not self.editable_mode:
            raise SetupError(
                f"Den Seiten fehlt {', '.join(missing)}. "
                "Abhilfe: npm ci --prefix service/web --ignore-scripts"
            )
        super().run()
