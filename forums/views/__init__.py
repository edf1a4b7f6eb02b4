"""Pages of forums: fetch, ask, read the form, call one service, answer."""
