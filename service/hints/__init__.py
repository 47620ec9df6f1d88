"""Hints of anybody on what is on record: true, ended, something missing; staff decide."""
