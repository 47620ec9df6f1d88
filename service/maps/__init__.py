"""Maps drawn on the server, and the borders for the map that can be moved."""
