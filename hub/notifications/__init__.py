"""Notices to people: a kind, an actor, a target.  Words are found when a notice is read."""
