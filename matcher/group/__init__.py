"""A proposed group: who, in which legal form, with which grant."""
