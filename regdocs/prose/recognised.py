"""Which elements of consent a plain English text says, told by its words: `elements_in_words.yaml` has the patterns.

A heading alone says nothing; what stands under it does. Sentences count that carry the wording, each with its
section. What is recognised is said; whether it is said well, or truly, is for a person. Knows no protocol, no tree and
no rule on consent: the names of elements are only names here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regdocs.prose.passages import Passage, Prose, Section
from regdocs.prose.recogniser import Recogniser, Saying, sayings
from regdocs.prose.rights import gives_up
from regdocs.prose.sentences import sentences

_NO_RIGHT_GIVEN_UP = "CR-a6"
_LONGEST = 800  # letters of a sentence that are looked at
_MOST_LETTERS = 300_000  # of a text; the longest forms have about half of it
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
    words_from: int  # number of the first sentence that is not the heading
    body_from: int  # number of the first that is no title either

    def begins(self, at: str) -> int:
        """Return the number of the sentence with which what counts begins: a title counts as such alone."""
        return {"title": 0, "body": self.body_from}.get(at, self.words_from)


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
    """Return for every element the sentences that speak against it: of CR-a6 those of the rule on exculpatory words."""
    text = Prose(tuple(_as_section(number, one) for number, one in enumerate(sections)))
    spoken = tuple(
        dict.fromkeys(Said(line.sentence.text, line.section.heading) for line in text.lines if gives_up(line))
    )
    return {_NO_RIGHT_GIVEN_UP: spoken} if spoken else {}


def _as_section(number: int, one: TextSection) -> Section:
    passages = (Passage(f"{number}.{n}", words) for n, words in enumerate(one.text.split("\n")) if words.strip())
    return Section(str(number), one.heading, 1, tuple(passages))


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
    groups = [_group(group, saying.never, there, saying.at) for group in saying.groups]
    return tuple(dict.fromkeys(one for group in groups for one in group)) if all(groups) else ()


def _counted(saying: Saying, found: Mapping[str, tuple[Said, ...]]) -> tuple[Said, ...]:
    there = [found[name] for name in saying.of if name in found]
    return tuple(dict.fromkeys(one for group in there for one in group)) if len(there) >= saying.least else ()


def _stands(part: _Part, saying: Saying) -> bool:
    if saying.outside is not None and saying.outside.search(part.heading):
        return False
    return {"opening": part.opening, "title": part.title}.get(saying.at, True)


def _group(
    recognisers: tuple[Recogniser, ...], never: Recogniser | None, parts: tuple[_Part, ...], at: str = "anywhere"
) -> tuple[Said, ...]:
    return tuple(
        Said(part.sentences[number], part.heading)
        for part in parts
        for number in range(part.begins(at), len(part.plain))
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
    left = _MOST_LETTERS
    parts: list[_Part] = []
    for number, section in enumerate(sections):
        parts.append(_part(section, opens=number in opening, title=number == 0, most=left))
        left = max(0, left - len(section.text))
    return tuple(parts)


def _part(section: TextSection, *, opens: bool, title: bool, most: int) -> _Part:
    headed = title and len(section.heading.split()) >= _TITLE_WORDS
    found = sentences(section.text[:most])
    written = (*((section.heading,) if headed else ()), *(one.text for one in found))
    plain = tuple(map(_plain, written))
    titled = title and not section.heading and bool(found) and not found[0].complete
    heading = _plain(section.headings)
    return _Part(
        section.headings, written, plain, " ".join((heading, *plain)), opens, title, int(headed), int(headed or titled)
    )


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


def _plain(text: str) -> str:
    return " ".join(text[:_LONGEST].translate(_ALIKE).split())
