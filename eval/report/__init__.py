"""What is printed and published of what was measured; how fast it is, and how it looks."""
