"""Pages of the register of commitments."""
