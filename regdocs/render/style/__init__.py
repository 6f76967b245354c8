"""Style sheets, read as package data. No code."""
