"""Quantities in clinical text: limits, their units in UCUM, and what one unit is in another. Knows no protocol."""
