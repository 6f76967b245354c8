"""Translations on their way to people and back: workbooks, changes to the files, side-by-side reviews."""
