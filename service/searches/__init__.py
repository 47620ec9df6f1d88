"""Open searches: published, confirmed by mail, matched with each other, answered by a relay."""
