"""The audit log: lines, the Merkle tree over them, signatures, and checks that anybody can repeat.

Knows bytes, digests and JSON trees, in the format of docs/formats/audit-log.md. Knows nothing of what a protocol means,
so that an old log is verified without today's model.
"""
