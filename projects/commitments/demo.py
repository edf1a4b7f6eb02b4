"""The share of the demo network."""
