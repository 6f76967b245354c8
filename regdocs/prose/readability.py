"""Three published readability formulas for English, over counts; what they count and what they are worth.

- Flesch reading ease: R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948) 221-233.
- Flesch-Kincaid grade: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of new readability
  formulas for Navy enlisted personnel", Research Branch Report 8-75, Chief of Naval Technical Training, 1975.
- SMOG grade: G. H. McLaughlin, "SMOG grading - a new readability formula", Journal of Reading 12 (1969) 639-646; with
  the constants of the regression, not the rounded rule "3 + square root".

All three were fitted to English school texts; for another language no grade is given. They see lengths, not sense.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from regdocs.prose.sentences import Sentence
from regdocs.prose.spoken import spoken_syllables

POLYSYLLABLE = 3  # McLaughlin counts words of three or more syllables
SMOG_SENTENCES = 30  # and takes 30 sentences; from fewer the grade is less sure


@dataclass(frozen=True, slots=True)
class Counts:
    """What a text has. `letters` counts letters and digits; `polysyllables` words of three or more syllables."""

    sentences: int = 0
    words: int = 0
    letters: int = 0
    syllables: int = 0
    polysyllables: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.letters + other.letters,
            self.syllables + other.syllables,
            self.polysyllables + other.polysyllables,
        )


def counts_of(sentences: Iterable[Sentence]) -> Counts:
    """Return the counts of sentences, each as one sentence. Syllables are those of English."""
    return sum((_counts(sentence.words) for sentence in sentences), Counts())


def _counts(words: tuple[str, ...]) -> Counts:
    spoken = [spoken_syllables(word) for word in words]
    letters = sum(letter.isalnum() for word in words for letter in word)
    return Counts(1, len(words), letters, sum(spoken), sum(count >= POLYSYLLABLE for count in spoken))


def flesch_kincaid_grade(counts: Counts) -> float | None:
    """Return the grade of a United States school; None for a text without a word."""
    if not counts.words or not counts.sentences:
        return None
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def flesch_reading_ease(counts: Counts) -> float | None:
    """Return the ease: 60 to 70 is plain English, 100 is very easy, below 30 very hard; None without a word."""
    if not counts.words or not counts.sentences:
        return None
    return 206.835 - 1.015 * counts.words / counts.sentences - 84.6 * counts.syllables / counts.words


def smog_grade(counts: Counts) -> float | None:
    """Return the grade at which readers understand all of it; None without a sentence. See `SMOG_SENTENCES`."""
    if not counts.sentences:
        return None
    return 1.0430 * math.sqrt(counts.polysyllables * SMOG_SENTENCES / counts.sentences) + 3.1291


def has_grade(language: str) -> bool:
    """Tell whether the formulas are defined for a language, a BCP 47 tag: for English only."""
    return language.lower().split("-")[0] == "en"
