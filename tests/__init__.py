"""Tests of regdocs, one folder a package."""
