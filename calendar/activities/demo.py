"""The calendar's share of the demo network."""
