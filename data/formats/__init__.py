"""How official and office files are read, whatever then becomes of their content."""
