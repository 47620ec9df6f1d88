"""Alerts: a mail when a new open search or cooperation fits a saved search."""
