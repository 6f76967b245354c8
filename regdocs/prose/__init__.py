"""Plain words about plain text: sentences, syllables, grades, simpler terms; knows no protocol and no tree."""
