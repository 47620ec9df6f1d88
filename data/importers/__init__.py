"""Importers for the official formats from which an operator updates the tables."""
