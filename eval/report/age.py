"""How old a figure is: whether it was measured on the ranker that ships."""

from __future__ import annotations

from typing import Any


def measured_on(results: dict[str, Any], served: str, command: str = "make evaluate") -> str:
    """Return a paragraph where results belong to another ranker than the one that ships, else "".

    Parameters
    ----------
    results
        Stored results, with the version of the measured `ranker`.
    served
        Version of the ranker that ships.
    command
        Measures anew.
    """
    if results["ranker"] == served:
        return ""
    return (
        f"\n\nOlder than what ships: measured on ranker `{results['ranker']}`, "
        f"what ships is `{served}`; `{command}` measures anew."
    )
