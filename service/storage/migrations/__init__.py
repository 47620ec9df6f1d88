"""The revisions of the schema, in order; applied when the service starts."""
