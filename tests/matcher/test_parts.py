"""What every start would derive anew lies beside the models, and fits them."""

from __future__ import annotations

import models
from matcher.parts import load_parts
from models.derived import DERIVED, Derived


def test_the_shipped_derivations_fit_data_and_models():
    """If this fails: `ikz train --derived-only` makes them anew."""
    derived = Derived(models.ARTIFACTS / DERIVED)
    load_parts(None, models.BUNDLED, None, show_progress=False, derived=derived)
    assert derived.made_anew == []
