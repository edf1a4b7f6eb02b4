"""The demo's share of forums."""
