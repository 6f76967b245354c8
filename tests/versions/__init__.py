"""Tests of `regdocs.versions`."""
