"""Staff of the office: accounts, sessions, and who may do what."""
