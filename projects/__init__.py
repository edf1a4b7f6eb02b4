"""What we agreed and what came of it: projects, agreements, commitments."""
