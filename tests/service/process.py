"""`ikz serve` in a process of its own: shared with the report on faults."""

from eval.reliability.process import Process, environment, read_all, serving

__all__ = ["Process", "environment", "read_all", "serving"]
