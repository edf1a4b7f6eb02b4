"""Measurements: not part of the running hub."""
