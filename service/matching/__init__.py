"""The partner search: form, answer, map, files, and help while one types."""
