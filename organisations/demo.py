"""The organisations' share of the demo network."""
