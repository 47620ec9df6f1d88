"""What the service remembers: open searches, mails that wait, messages sent, feedback."""

from service.storage import access_tables as access_tables  # known wherever tables are
from service.storage.database import Database
from service.storage.faults import Fault, StorageError, UnusableDatabaseError

__all__ = ["Database", "Fault", "StorageError", "UnusableDatabaseError"]
