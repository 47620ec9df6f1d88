"""How well partners are ranked: protocol, what has to be beaten, measures, slices."""
