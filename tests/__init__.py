"""Tests mirror the folders of the code."""

import gc

# Of modules and tests nothing is let go: to look for it while they are loaded takes a quarter of that.
gc.disable()
