"""How good the matching is, for whom, and against what: `python -m eval --help`."""
