"""Tests of the content tree, its markup and its JSON form."""
