"""What the register does by itself: mark what is over, and tell the parties."""

from hub.periodic import register_periodic
from projects.agreements.services import end_expired

EVERY_SECONDS = 15 * 60

register_periodic("agreements-end", EVERY_SECONDS, end_expired)
