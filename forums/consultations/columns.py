"""The columns of the list of consultations in files."""

from hub.exports import Column, address

#: Headings are names for programs and stay the same in every language.
COLUMNS: list[Column] = [
    ("subject", lambda row: row.topic.title),
    ("organisation", lambda row: row.topic.organisation.name),
    ("stage", lambda row: row.stage_now.name),
    ("published", lambda row: row.topic.published),
    ("closes", lambda row: row.closes),
    ("answer_due", lambda row: row.answer_due),
    ("contributions", lambda row: row.topic.reply_count),
    ("url", address),
]
