"""`ikz serve` in a process of its own: shared with the report on faults."""

from eval.reliability.process import PLAIN, Process, environment, read_all, serving

__all__ = ["PLAIN", "Process", "environment", "read_all", "serving"]
