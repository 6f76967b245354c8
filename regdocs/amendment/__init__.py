"""What changed between two data forms and what follows from it: in words, by document, by regime. Writes nothing."""
