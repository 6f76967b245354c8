"""The table of document kinds; one module a kind: a typed view of the protocol, composed into a content tree."""
