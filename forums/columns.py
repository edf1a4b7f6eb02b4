"""The columns of the list of forums in files."""

from hub.exports import Column, address

#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("title", lambda row: row.title),
    ("purpose", lambda row: row.purpose),
    ("organisation", lambda row: row.owner.name),
    ("topics", lambda row: row.topic_count),
    ("posts", lambda row: row.post_count),
    ("last_post", lambda row: row.last_post_at),
    ("url", address),
]
