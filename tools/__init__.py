"""Scripts that set up a checkout: nothing here is part of the running hub."""
