"""Curves of time and memory against size, both axes logarithmic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TIME, MEMORY = "performance_time.svg", "performance_memory.svg"
_TARGETS = {"bodies": ((10_950, 15.0), (98_000, 40.0)), "retrieval": ((1_000_000, 5.0),)}
_LINES = {
    TIME: (
        ("bodies", "bodies", (("exact_ms", "all"), ("narrow_ms", "candidates"))),
        ("cooperations", "cooperations", (("ms", "all of a search"),)),
        ("retrieval", "cooperations", (("exact_ms", "exact"), ("ivf_ms", "FAISS IVF"))),
    ),
    MEMORY: (
        ("bodies", "bodies", (("exact_mb", "all"), ("narrow_mb", "candidates"))),
        ("cooperations", "cooperations", (("mb", "all of a search"),)),
        ("retrieval", "cooperations", (("exact_mb", "exact"), ("ivf_mb", "FAISS IVF"))),
    ),
}
_TITLES = {
    "bodies": "one search, by bodies",
    "cooperations": "one search, by past cooperations",
    "retrieval": "similar cooperations alone",
}


def draw(sizes: dict[str, Any], folder: Path) -> None:
    """Write both pictures."""
    import matplotlib as mpl

    mpl.use("svg")
    # The same figures give the same file.
    mpl.rcParams["svg.hashsalt"] = "performance"
    for file, panels in _LINES.items():
        _draw(sizes, panels, "ms" if file == TIME else "MB", folder / file)


def _draw(sizes: dict[str, Any], panels: Any, unit: str, path: Path) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(panels), figsize=(12, 3.8), layout="constrained")
    for axis, (curve, size, lines) in zip(axes, panels, strict=True):
        told = False
        for key, label in lines:
            axis.loglog([r[size] for r in sizes[curve]], [r[key] for r in sizes[curve]],
                        marker="o", label=label)  # fmt: skip
        if unit == "ms":
            for at, most in _TARGETS.get(curve, ()):
                axis.plot(at, most, marker="_", markersize=18, mew=2, color="black", ls="",
                          label=None if told else "goal")  # fmt: skip
                told = True
        axis.set(title=_TITLES[curve], xlabel=size, ylabel=unit)
        axis.grid(alpha=0.3, which="both")
        axis.legend()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
