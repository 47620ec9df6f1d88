"""What is known, told: bodies, cooperations, method, interface."""
