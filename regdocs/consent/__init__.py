"""The consent form held against what it has to say and how."""
