"""Consultations: a municipality or institution asks, others contribute, it answers in public."""
