"""A Word file that comes back: read with its marks, held against the study, told, and proposed as edits of its text."""
