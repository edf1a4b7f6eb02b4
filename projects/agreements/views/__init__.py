"""Pages of the register of agreements."""
