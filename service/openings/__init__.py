"""Openings: searches for partners that bodies publish, confirmed by mail, matched with each other."""
