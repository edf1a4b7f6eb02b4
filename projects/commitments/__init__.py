"""Commitments: who owes what to whom by when, what was done, and how others see it."""
