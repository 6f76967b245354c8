"""Which elements of consent a plain English text says, told by its words: `elements_in_words.yaml` has the patterns.

A heading alone says nothing; what stands under it does. Sentences count that carry the wording, each with its
section. What is recognised is said; whether it is said well, or truly, is for a person. Knows no protocol, no tree and
no rule on consent: the names of elements are only names here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regdocs.prose.recogniser import Recogniser, Saying, sayings
from regdocs.prose.sentences import sentences

_LONGEST = 1_500  # letters of a sentence that are looked at; a longer one is no sentence
_MOST_SENTENCES = 5_000
_NEAR = 2  # sentences before and after in which a neighbour may stand
_OPENING = 40  # words from which a section is more than a title or a list of names
_TITLE_WORDS = 5
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class TextSection:
    """A section of a text: its heading, "" before the first, the words under it, and the headings above, if any."""

    heading: str
    text: str
    above: str = ""

    @property
    def headings(self) -> str:
        """The heading and those above it, outermost first."""
        return ": ".join(filter(None, (self.above, self.heading)))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that says something, and the heading of the section it stands in."""

    sentence: str
    section: str


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    sentences: tuple[str, ...]
    plain: tuple[str, ...]
    whole: str
    opening: bool
    title: bool
    first: int  # the first sentence that is no title


def said(sections: Iterable[TextSection]) -> dict[str, tuple[Said, ...]]:
    """Return for every element that the text says the sentences that say it; what is not said is not in it."""
    parts = _parts(tuple(sections))
    found: dict[str, tuple[Said, ...]] = {}
    for name, saying in sayings().items():
        sentences_found = _counted(saying, found) if saying.of else _said(saying, parts)
        if sentences_found:
            found[name] = sentences_found
    return found


def against(sections: Iterable[TextSection]) -> dict[str, tuple[Said, ...]]:
    """Return for every element the sentences that speak against it, such as one by which a right is given up."""
    parts = _parts(tuple(sections))
    told = {name: _group(one.against, one.spared, parts) for name, one in sayings().items() if one.against}
    return {name: sentences_found for name, sentences_found in told.items() if sentences_found}


def recognised_names() -> tuple[str, ...]:
    """Return the names of the elements that have patterns, in the order of the file."""
    return tuple(sayings())


def sections_of(text: str) -> tuple[TextSection, ...]:
    """Return the sections of a text in which a line that begins with "# " is a heading."""
    sections: list[TextSection] = []
    heading, lines = "", list[str]()
    for line in [*text.splitlines(), "# "]:
        if not line.startswith("# "):
            lines.append(line)
            continue
        if heading or any(map(str.strip, lines)):
            sections.append(TextSection(heading, "\n".join(lines).strip()))
        heading, lines = line[2:].strip(), []
    return tuple(sections)


# ------------------------------------------------------------------------------------------------------------ groups


def _said(saying: Saying, parts: tuple[_Part, ...]) -> tuple[Said, ...]:
    """Return what says an element: sentences of every group, or nothing where a group has none."""
    there = tuple(part for part in parts if _stands(part, saying))
    body_alone = saying.at == "body"
    groups = [_group(group, saying.never, there, body_alone=body_alone) for group in saying.groups]
    return tuple(dict.fromkeys(one for group in groups for one in group)) if all(groups) else ()


def _counted(saying: Saying, found: Mapping[str, tuple[Said, ...]]) -> tuple[Said, ...]:
    there = [found[name] for name in saying.of if name in found]
    return tuple(dict.fromkeys(one for group in there for one in group)) if len(there) >= saying.least else ()


def _stands(part: _Part, saying: Saying) -> bool:
    if saying.outside is not None and saying.outside.search(part.heading):
        return False
    return {"opening": part.opening, "title": part.title}.get(saying.at, True)


def _group(
    recognisers: tuple[Recogniser, ...], never: Recogniser | None, parts: tuple[_Part, ...], *, body_alone: bool = False
) -> tuple[Said, ...]:
    return tuple(
        Said(part.sentences[number], part.heading)
        for part in parts
        for number in range(part.first if body_alone else 0, len(part.plain))
        if any(_fits(one, part, number) for one in recognisers)
        and not (never is not None and _fits(never, part, number))
    )


def _fits(one: Recogniser, part: _Part, number: int) -> bool:
    sentence = part.plain[number]
    if not all(pattern.search(sentence) for pattern in one.says) or any(no.search(sentence) for no in one.without):
        return False
    if one.under is not None and not one.under.search(part.heading):
        return False
    if one.outside is not None and one.outside.search(part.heading):
        return False
    if one.near:
        around = " ".join(part.plain[max(0, number - _NEAR) : number + _NEAR + 1])
        if not all(pattern.search(around) for pattern in one.near):
            return False
    return all(pattern.search(part.whole) for pattern in one.beside)


# ------------------------------------------------------------------------------------------------------------- parts


def _parts(sections: tuple[TextSection, ...]) -> tuple[_Part, ...]:
    opening = _opening(sections)
    left = _MOST_SENTENCES
    parts: list[_Part] = []
    for number, section in enumerate(sections):
        written = tuple(_written(section, title=number == 0))[:left]
        left -= len(written)
        plain = tuple(_plain(one) for one in written)
        heading = _plain(section.headings)
        whole = " ".join((heading, *plain))
        first = 1 if number == 0 and _titled(section) else 0
        parts.append(_Part(section.headings, written, plain, whole, number in opening, number == 0, first))
    return tuple(parts)


def _opening(sections: tuple[TextSection, ...]) -> range:
    """Return the numbers of the sections with which a text begins.

    They end with the first chapter that is more than a title and has a heading; where none has, with the first.
    """
    chapters = [one.above.partition(": ")[0] or one.heading for one in sections]
    words: dict[str, int] = {}
    for name, one in zip(chapters, sections, strict=True):
        words[name] = words.get(name, 0) + len(one.text.split())
    first = next((number for number, name in enumerate(chapters) if name and words[name] >= _OPENING), 0)
    rest = (number for number in range(first, len(chapters)) if chapters[number] != chapters[first])
    return range(next(rest, len(chapters)))


def _titled(section: TextSection) -> bool:
    """Tell whether the first section begins with a title: its heading, or words without an end mark."""
    begun = next(iter(sentences(section.text[:_LONGEST])), None)
    return not section.heading and begun is not None and not begun.complete


def _written(section: TextSection, *, title: bool) -> Iterator[str]:
    """Yield the sentences of a section; of the first its heading too where it is long enough to be a title."""
    if title and len(section.heading.split()) >= _TITLE_WORDS:
        yield section.heading
    for sentence in sentences(section.text):
        yield sentence.text


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].translate(_ALIKE).split())
