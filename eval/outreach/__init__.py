"""Whether lists of whom to approach came true, forward in time."""
