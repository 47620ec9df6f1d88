"""What people think of suggestions."""
