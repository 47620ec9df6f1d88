"""Faults done to real processes: what users saw, what was lost, how long it took to recover."""
