"""Errors of the model layer; each sentence names the mend."""

from __future__ import annotations


class ModelError(Exception):
    """A model cannot be used."""


class MissingModelError(ModelError):
    """A model or its artifact is not there."""


class DamagedArtifactError(ModelError):
    """An artifact is not what was written: a digit, a byte or its end is another."""


class StaleArtifactError(ModelError):
    """An artifact was made from other data, features or text model than those at hand."""
