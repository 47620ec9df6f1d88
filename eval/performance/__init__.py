"""How fast it is beside what one would take instead, and how that grows with size."""
