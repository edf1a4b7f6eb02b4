"""Writes about people, organisations, memberships, verification and places, by noun."""
