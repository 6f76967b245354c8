"""Compile one clinical study: a protocol in YAML in, its regulatory documents out."""

__all__ = ["__version__"]

__version__ = "0.1.0"
