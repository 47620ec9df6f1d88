"""Next steps: whom to call, and drafts of letter, council paper and agreement as Word files."""
