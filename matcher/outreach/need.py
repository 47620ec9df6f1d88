"""Likely need of a body in a task area: signs from public figures, never a verdict."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from matcher.known.bodies import AGEING, Bools, Floats, Ints
from matcher.known.knowledge import Knowledge
from matcher.known.peers import nearest_peers

PEERS = 15
"""Bodies of the same kind that are nearest in structure and size; by judgement."""


class Need(Struct, frozen=True):
    """Signs of need; each about 0 on average and 1 in spread, or a share.

    Attributes
    ----------
    small
        (n,) minus the z-score of log inhabitants among municipalities; 0 for others.
    ageing
        (n,) z-score of the share of people aged 67 or more; 0 for others than municipalities.
    fiscal
        (n,) z-score of the fiscal level, 1 balanced … 7 worst; 0 where unknown.
    without
        (areas, n) whether the body has no known cooperation in the area.
    peers
        (n, k) rows of the peers of each body, nearest first.
    peer_share
        (areas, n) share of the peers that have a known cooperation in the area.
    """

    small: Floats
    ageing: Floats
    fiscal: Floats
    without: Bools
    peers: Ints
    peer_share: Floats

    @property
    def gap(self) -> Floats:
        """(areas, n) share of peers that have what the body is not known to have, else 0."""
        return np.asarray(self.without * self.peer_share, np.float32)


def make_need(knowledge: Knowledge, count: int = PEERS) -> Need:
    """Read the signs from what is known."""
    bodies = knowledge.bodies
    place = bodies.is_municipality
    involved = knowledge.area_activity > 0
    peers = nearest_peers(bodies, np.arange(len(bodies)), count)
    share = involved[:, peers].mean(axis=2)
    return Need(
        small=np.where(place, -_z(bodies.log_population, place), 0).astype(np.float32),
        ageing=np.where(place, _z(bodies.structure[:, AGEING], place), 0).astype(np.float32),
        fiscal=np.nan_to_num(_z(bodies.fiscal, place)).astype(np.float32),
        without=~involved,
        peers=peers,
        peer_share=share.astype(np.float32),
    )


def _z(figures: Floats, among: Bools) -> Floats:
    mean, spread = np.nanmean(figures[among]), np.nanstd(figures[among])
    return np.asarray((figures - mean) / spread)
