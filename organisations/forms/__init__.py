"""All input of this room: organisations, people of an organisation, decisions, settings."""
