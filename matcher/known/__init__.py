"""What is known before a request comes: bodies, their ties, patterns of past cooperations."""
