"""Why two bodies are comparable, in one sentence: what is alike, and what differs most."""

from __future__ import annotations

import numpy as np

from matcher.german import listing
from matcher.known.bodies import Bodies

# Columns of `Bodies.structure`, and -1 for inhabitants.
_FACETS = {
    "Größe": (-1,),
    "Altersaufbau": (0, 1),
    "Bevölkerungsentwicklung": (2, 3),
    "Flächennutzung": (4, 5, 6),
    "Bevölkerungsdichte": (7,),
}
_MOST_ALIKE = 3
_ALIKE, _UNLIKE = 0.5, 0.8  # standard deviations among all municipalities


def peer_sentence(bodies: Bodies, row: int, peer: int) -> str:
    """Return the sentence for two rows: "ähnlich in Größe und Altersaufbau"."""
    gap = np.append(
        bodies.structure[row] - bodies.structure[peer],
        bodies.log_population[row] - bodies.log_population[peer],
    ).astype(np.float64)
    apart = {
        name: float(np.sqrt((gap[list(columns)] ** 2).mean())) for name, columns in _FACETS.items()
    }
    near = sorted(apart, key=apart.__getitem__)
    alike = [name for name in near if apart[name] < _ALIKE][:_MOST_ALIKE] or near[:1]
    other = near[-1]
    unlike = f"; anders in {other}" if apart[other] > _UNLIKE and other not in alike else ""
    return f"ähnlich in {listing(alike)}{unlike}"
