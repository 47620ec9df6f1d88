"""Working with outreach: the computed list, its memory, and what is shown of it."""
