"""Numbers in documents and records: where they stand, from which protocol path they come, and whether they agree."""
