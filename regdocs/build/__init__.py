"""Builds a study's documents: what is there, what has to be made, making it, and the manifest of what was made."""
