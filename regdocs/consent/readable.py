"""How a document reads, section by section: grades where they are defined, the hardest sentences, plainer words.

Only whole sentences are graded: in paragraphs, list items, table cells and above signatures, and lines that lead into a
list. Labels, items and cells without an end mark are counted apart, because as sentences of two words they would make
any form look easy. It reports and changes nothing: no element of consent is worth a number. Knows content trees.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from regdocs.consent.passages import Part, Passage, passages
from regdocs.content.model import Document
from regdocs.prose.plain_words import hard_words
from regdocs.prose.readability import (
    SMOG_SENTENCES,
    Counts,
    counts_of,
    flesch_kincaid_grade,
    flesch_reading_ease,
    has_grade,
    smog_grade,
)
from regdocs.prose.sentences import Sentence, sentences

AIM = 8.0  # the grade that many boards ask for; no law has a number
WORST = 10
FEW_WORDS = 100  # Flesch took samples of 100 words; a grade of fewer says little
_RANKED_WORDS = 10  # shorter ones are not among the hardest: three long words alone have a grade of 30
_TERMS = 30
_LONG = 8  # letters; or more, so that one word in a hundred is long


@dataclass(frozen=True, slots=True)
class Measure:
    """What was counted in a section or a document, with its grades; they are None where none is defined.

    `fragments` are what is no sentence: labels, items and cells without an end mark; `fragment_counts` their counts.
    """

    name: str
    key: bool
    counts: Counts
    fragments: int
    fragment_counts: Counts
    graded: bool

    @property
    def grade(self) -> float | None:
        """Flesch-Kincaid grade."""
        return flesch_kincaid_grade(self.counts) if self.graded else None

    @property
    def ease(self) -> float | None:
        """Flesch reading ease."""
        return flesch_reading_ease(self.counts) if self.graded else None

    @property
    def smog(self) -> float | None:
        """SMOG grade; see `smog_from_few`."""
        return smog_grade(self.counts) if self.graded else None

    @property
    def smog_from_few(self) -> bool:
        """Whether SMOG is taken from fewer than 30 sentences."""
        return self.counts.sentences < SMOG_SENTENCES

    @property
    def few_words(self) -> bool:
        """Whether a grade says little."""
        return self.counts.words < FEW_WORDS

    @property
    def grade_of_all(self) -> float | None:
        """The grade if each fragment were a sentence too: mostly lower, which is why it is not `grade`."""
        return flesch_kincaid_grade(self.counts + self.fragment_counts) if self.graded else None

    @property
    def above_aim(self) -> bool:
        """Whether the grade, as it is printed, is above the aim."""
        return self.grade is not None and round(self.grade, 1) > AIM


@dataclass(frozen=True, slots=True)
class HardSentence:
    """One of the hardest sentences: where it stands first, and how often. `grade` is None where none is defined."""

    text: str
    section: str
    place: str
    words: int
    grade: float | None
    complete: bool
    times: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hard term with plain words for it (None for a long word of a language without a list), and how often."""

    term: str
    plain: str | None
    times: int
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How one document reads. `verbatim` and `open_values` count the values that were left out."""

    language: str
    sections: tuple[Measure, ...]
    whole: Measure
    worst: tuple[HardSentence, ...]
    suggestions: tuple[Suggestion, ...]
    verbatim: int
    open_values: int

    @property
    def graded(self) -> bool:
        """Whether the language has a grade."""
        return has_grade(self.language)


@dataclass(frozen=True, slots=True)
class _Read:
    passage: Passage
    sentence: Sentence


def read(document: Document) -> Reading:
    """Return how a document reads, by the rules of its language. The same tree gives the same answer."""
    listed = tuple(passages(document))
    graded = has_grade(document.language)
    found = tuple(_Read(one, sentence) for one in listed for sentence in sentences(one.text))
    parts: dict[Part, list[_Read]] = {}
    for one in found:
        parts.setdefault(one.passage.part, []).append(one)
    return Reading(
        language=document.language,
        sections=tuple(_measure(part, own, graded) for part, own in parts.items()),
        whole=_measure(Part("Whole document"), found, graded),
        worst=_worst(found, graded),
        suggestions=_suggestions(listed) if graded else _terms(found),
        verbatim=sum(one.verbatim for one in listed),
        open_values=sum(one.open_values for one in listed),
    )


def _measure(part: Part, found: Sequence[_Read], graded: bool) -> Measure:
    whole = [one.sentence for one in found if _is_sentence(one)]
    rest = [one.sentence for one in found if not _is_sentence(one)]
    return Measure(part.name, part.key, counts_of(whole), len(rest), counts_of(rest), graded)


def _is_sentence(one: _Read) -> bool:
    """Tell whether it is graded: it has an end mark, or leads into a list with a colon, and is no label."""
    leads = one.passage.role == "text" and one.sentence.text.endswith(":")
    return one.passage.role != "label" and (one.sentence.complete or leads)


# -------------------------------------------------------------------------------------------- sentences and terms


def _worst(found: Sequence[_Read], graded: bool) -> tuple[HardSentence, ...]:
    """Return the hardest sentences, the hardest first: by grade, or by length where no grade is defined."""
    times = Counter(one.sentence.text for one in found)
    first = {one.sentence.text: one for one in reversed(found)}  # the first place of each wins
    long = (one for one in first.values() if len(one.sentence.words) >= _RANKED_WORDS)
    hard = [_hard(one, graded, times[one.sentence.text]) for one in long]
    return tuple(sorted(hard, key=_hardest_first)[:WORST])


def _hardest_first(one: HardSentence) -> tuple[float, str]:
    return -(one.words if one.grade is None else one.grade), one.text


def _hard(one: _Read, graded: bool, times: int) -> HardSentence:
    passage, sentence = one.passage, one.sentence
    grade = flesch_kincaid_grade(counts_of((sentence,))) if graded else None
    complete = _is_sentence(one)
    return HardSentence(sentence.text, passage.part.name, passage.place, len(sentence.words), grade, complete, times)


def _suggestions(listed: Sequence[Passage]) -> tuple[Suggestion, ...]:
    """Return plainer words for the hard terms of all passages, labels too; the most frequent first."""
    found = [(hard.of, passage.place) for passage in listed for hard in hard_words(passage.text)]
    times = Counter(of for of, _ in found)
    first = dict(reversed(found))
    ordered = sorted(times, key=lambda of: (-times[of], of.term))
    return tuple(Suggestion(of.term, of.plain, times[of], first[of]) for of in ordered)


def _terms(found: Sequence[_Read]) -> tuple[Suggestion, ...]:
    """Return words to explain, for a language without a list: the longest ones and abbreviations, with counts."""
    listed = [(_term(word), one.passage.place) for one in found for word in one.sentence.words if word.isalpha()]
    lengths = sorted(len(word) for word, _ in listed)
    long = max(_LONG, lengths[len(lengths) * 99 // 100] if lengths else 0)
    terms = [(word, place) for word, place in listed if len(word) >= long or (len(word) > 1 and word.isupper())]
    times, first = Counter(word for word, _ in terms), dict(reversed(terms))
    ordered = sorted(times, key=lambda word: (-times[word], word))[:_TERMS]
    return tuple(Suggestion(word, None, times[word], first[word]) for word in ordered)


def _term(word: str) -> str:
    return word if word.isupper() else word.lower()
