"""Openings: searches for partners, confirmed by mail and matched with each other."""
