"""Files that people attach: checked when they come, and again each time they are read."""
