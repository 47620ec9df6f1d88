"""What is asked: a body, a matter in words, who is on board, and which results are wanted."""

from __future__ import annotations

from msgspec import Struct, field

from data import Kind, LegalForm, LegalStatus, TaskArea

MAX_TITLE = 200
MAX_DESCRIPTION = 10_000
MAX_LIMIT = 500
ALL_WISHES = "*"


class Filters(Struct, frozen=True):
    """Which bodies may appear; an empty tuple means all.

    Attributes
    ----------
    kinds, legal_status
        Wanted kinds and standings.
    districts
        AGS of Kreise: the Kreis itself and its municipalities pass.
    government_regions
        Names of Regierungsbezirke.
    max_distance_km
        Greatest distance between seats.
    exclude
        Keys of bodies never shown.
    """

    kinds: tuple[Kind, ...] = ()
    legal_status: tuple[LegalStatus, ...] = ()
    districts: tuple[str, ...] = ()
    government_regions: tuple[str, ...] = ()
    max_distance_km: float | None = None
    exclude: tuple[str, ...] = ()


class MatchRequest(Struct, frozen=True):
    """One partner search.

    Attributes
    ----------
    body
        Key of the searching body (AGS, ARS of 12 digits, or that of an association).
    title, description
        The matter; at least one is not blank.
    task_area, legal_form
        Where known; else the task area is predicted from the text.
    partners
        Keys of bodies already on board.
    filters
        Which bodies may appear.
    limit
        Number of matches, 1 … 500.
    ignore_wishes
        Codes of wishes in the text that are not applied; `ALL_WISHES`: none is.
    ignore_named
        Keys of bodies that the text names and that shall not count for it.
    explain
        Keys of bodies that are answered with rank and reasons, whatever limit and filters say.
    curves
        Whether to tell what nearness and size count in this search.
    """

    body: str
    title: str = ""
    description: str = ""
    task_area: TaskArea | None = None
    legal_form: LegalForm | None = None
    partners: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    limit: int = 10
    ignore_wishes: tuple[str, ...] = ()
    ignore_named: tuple[str, ...] = ()
    explain: tuple[str, ...] = ()
    curves: bool = False

    @property
    def text(self) -> str:
        """Title and description as one text, for the text model."""
        return "\n".join(part.strip() for part in (self.title, self.description) if part.strip())

    def check(self) -> None:
        """Refuse what no body could be ranked for.

        Raises
        ------
        RequestError
            Nothing is told of the matter, or a field is longer or greater than allowed.
        """
        if not self.text:
            message = "Bitte einen Titel oder eine Beschreibung des Vorhabens angeben."
            raise RequestError("/description", message)
        for name, limit in (("title", MAX_TITLE), ("description", MAX_DESCRIPTION)):
            length = len(getattr(self, name))
            if length > limit:
                message = f"Höchstens {limit} Zeichen, angegeben sind {length}."
                raise RequestError(f"/{name}", message)
        if not 1 <= self.limit <= MAX_LIMIT:
            raise RequestError("/limit", f"Zulässig sind 1 bis {MAX_LIMIT}.")


class RequestError(ValueError):
    """A request that cannot be answered.

    Parameters
    ----------
    field
        JSON pointer of the field, e.g. `/body`.
    message
        German sentence that says what to do.
    """

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        self.message = message
        super().__init__(f"{field}: {message}")
