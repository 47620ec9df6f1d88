"""HTTP, pages and command line: thin, calls the matcher."""
