"""What we say to each other: forums, topics and posts, and one room per structured procedure."""
