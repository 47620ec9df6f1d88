"""What the service remembers: open searches, messages sent, feedback."""

from service.storage.database import Database, StorageError, UnusableDatabaseError

__all__ = ["Database", "StorageError", "UnusableDatabaseError"]
