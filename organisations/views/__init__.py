"""Pages of this room: directory, people, invitations, verification, one's own account."""
