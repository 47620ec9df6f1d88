"""Open openings: published by a body, confirmed by mail, matched with each other."""
