"""HTTP for the calendar."""
