"""Opportunities as a printable dossier."""
