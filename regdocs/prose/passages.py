"""A text for people in a neutral form: sections with their headings, in them passages, each with its sentences.

Made of a content tree or of plain text by whoever has one. Also what a rule on wording is told of the study, and what
it gives back. Knows no protocol and no tree.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from regdocs.prose.sentences import Sentence, sentences

Role = Literal["body", "title", "signature", "staff"]
Span = tuple[int, int]
_LONGEST = 4000  # letters of a sentence that are read; what is longer is no sentence
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-"})  # letter for letter


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or table cell.

    Attributes:
        id: Name of it in its document.
        text: Its words; what is still to be completed stands as blanks in them.
        role: What it is: the text itself, a title, something that is signed, or an instruction to staff.
        verbatim: Stretches that are copied word for word (titles, ids, criteria), which nobody can word otherwise.
    """

    id: str
    text: str
    role: Role = "body"
    verbatim: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading; what comes before every heading has level 0."""

    id: str
    heading: str
    level: int
    passages: tuple[Passage, ...] = ()
    above: tuple[str, ...] = ()

    @property
    def headings(self) -> str:
        """Its heading and those above it, as one line."""
        return " / ".join((*self.above, self.heading)).translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the passage and the section in which it stands; `text` has straight quotation marks."""

    section: Section
    passage: Passage
    sentence: Sentence
    text: str


@dataclass(frozen=True)
class Prose:
    """A whole text."""

    sections: tuple[Section, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every sentence and fragment, in order; headings are none."""
        return tuple(line for section in self.sections for line in lines_of(section))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a study and of a form, as far as rules on wording ask.

    Attributes:
        products: Names of what is tested, while it is unproven.
        unproven: Whether something unproven is tested at all.
        randomised: Whether chance decides what a participant gets.
        fda_regulated: Whether the study is under 21 CFR part 50.
        applicable_trial: Whether 21 CFR 50.25(c) applies.
        more_than_minimal_risk: Whether injuries have to be spoken of.
        key_information: Whether a rule wants the text to begin with key information.
        whole: Whether the form gives all that a participant is told (an assent does not).
        abbreviations: What abbreviations stand for, as far as the study says.
    """

    products: tuple[str, ...] = ()
    unproven: bool = False
    randomised: bool = False
    fda_regulated: bool = True
    applicable_trial: bool = True
    more_than_minimal_risk: bool = True
    key_information: bool = True
    whole: bool = True
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that a rule found; without a passage, something that the whole text or a section does not say.

    Attributes:
        passage: Id of the passage or section; None for the whole text.
        span: Where the words stand in the passage; (0, 0) where nothing is quoted.
        quote: The words, or "".
        told: What is wrong with them, as the end of a sentence that begins with the words.
    """

    passage: str | None
    span: Span
    quote: str
    told: str


def prose(sections: Iterable[Section]) -> Prose:
    """Return a text of its sections in order, each with the headings above it filled in."""
    found: list[Section] = []
    above: list[tuple[int, str]] = []
    for one in sections:
        above = [(level, heading) for level, heading in above if level < one.level]
        found.append(Section(one.id, one.heading, one.level, one.passages, tuple(heading for _, heading in above)))
        above.append((one.level, one.heading))
    return Prose(tuple(found))


def lines_of(section: Section) -> Iterator[Line]:
    """Yield the sentences of a section's own passages."""
    for passage in section.passages:
        for sentence in sentences(passage.text):
            yield Line(section, passage, sentence, sentence.text[:_LONGEST].translate(_PLAIN))


def hit(line: Line, span: Span, told: str) -> Hit:
    """Return a hit for a stretch of a line."""
    start = line.sentence.start
    return Hit(line.passage.id, (start + span[0], start + span[1]), line.sentence.text[span[0] : span[1]], told)


def is_verbatim(line: Line, span: Span) -> bool:
    """Tell whether a stretch of a line touches words that are copied word for word."""
    first, last = line.sentence.start + span[0], line.sentence.start + span[1]
    return any(first < end and start < last for start, end in line.passage.verbatim)
