"""What stands in the fields of the forms about openings, as it was sent and shown again."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _lines(text: str) -> str:
    """Count line ends as one character, as people do; forms send two."""
    return text.replace("\r\n", "\n")


Paragraphs = Annotated[str, AfterValidator(_lines)]


class WordsTyped(BaseModel):
    """The matter."""

    title: str = ""
    description: Paragraphs = ""
    task_area: str = ""


class OpeningTyped(WordsTyped):
    """An opening to publish."""

    body: str = ""
    name: str = ""
    email: str = ""


class WordsChanged(WordsTyped):
    """The matter as its owner changed it; the token is no field that a person sees."""

    token: str = Field(default="", max_length=200, exclude=True)


class MessageTyped(BaseModel):
    """A message to the owner of an opening."""

    name: str = ""
    email: str = ""
    message: Paragraphs = ""
