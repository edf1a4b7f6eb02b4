"""Writes: one function is one act, in one transaction."""
