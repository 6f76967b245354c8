"""Recorded versions of a study: what was recorded, by whom, and who signed it. Joins `build` and `audit`."""
