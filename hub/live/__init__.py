"""Live updates: an event is a row first and a frame second.

`publish` writes into a stream inside a service; `position` tells a page where it stands;
`register_stream` and `register_event` are for the apps' `live.py`.
"""
