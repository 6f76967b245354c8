"""How each element of consent stands in a text without marks: another's Word file, a form that came back.

The states are those of `standing.py`, but what is found was found by words: a sentence like those with which forms say
such a thing. A pattern can miss a wording that nobody thought of, and take one for another; so each state says that it
rests on words, and shows the sentence. English only. Knows no file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from regdocs.consent.as_text import sections_of_document
from regdocs.consent.conditions import Condition
from regdocs.consent.elements import AS_APPROPRIATE, Element, elements
from regdocs.consent.evidence import BEFORE_SECTIONS, Evidence, evidence_of
from regdocs.consent.packs import Applied
from regdocs.consent.people import answer_against
from regdocs.consent.standing import Standing, State
from regdocs.consent.verbatim import differences, in_words, stands_verbatim
from regdocs.content.model import Document
from regdocs.prose.recognised import Said, TextSection, against, recognised_names, said
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

BY_WORDS = "found by its words, not by a mark"
NOT_BY_WORDS = "no sentence was recognised that says it; a person may find it in other words"
_NOTHING_AGAINST = (
    "no words were recognised by which a right is given up, and none that say that rights stay; a person reads the text"
)
_OPEN = "[TO BE COMPLETED"


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without marks as it was read: what its sentences say, and what speaks against an element."""

    sections: tuple[TextSection, ...]
    said: Mapping[str, tuple[Said, ...]]
    against: Mapping[str, tuple[Said, ...]]


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A block of our own form whose mark its words do not bear out."""

    element: str
    block: str
    section: str
    words: str


def read_unmarked(sections: tuple[TextSection, ...]) -> Unmarked:
    """Return a text read for what it says."""
    return Unmarked(sections, said(sections), against(sections))


def standings_by_words(
    text: Unmarked, packs: tuple[Applied, ...], condition: Callable[[str], Condition]
) -> tuple[Standing, ...]:
    """Return how every element of the packs that apply stands in a text, in the order of the list."""
    applying = {one.pack for one in packs if one.applies}
    return tuple(_standing(one, text, condition) for one in elements() if one.pack in applying)


def with_what_is_recorded(one: Standing, protocol: Protocol, site: Site | None) -> Standing:
    """Return a standing with what people recorded: an element that is not there may be left out by an answer.

    Whether a board's decision about it was followed in this text, words cannot tell: that is for a person.
    """
    if one.state != "missing":
        return one
    answer = answer_against(one.element, protocol) if one.element.expected != "always" else None
    if answer is not None and answer.whole:
        return replace(one, state="not applicable", why=answer.words, paths=(answer.path,))
    bodies = {body.id for body in protocol.oversight if site is not None and site.id in body.sites}
    marks = {one.element.id, *(mark for group in one.element.given_by for mark in group)}
    decided = [w.id for w in protocol.waivers if w.body in bodies and marks.intersection(w.elements)]
    if not decided:
        return one
    return replace(one, state="for a person", why=f'{one.why}; decided about it: "{decided[0]}" under waivers')


def out_of_place_by_words(text: Unmarked, packs: tuple[Applied, ...]) -> tuple[Standing, ...]:
    """Return the elements of packs that do not apply whose words are true under those alone, and stand all the same."""
    reasons = {one.pack: one.reason for one in packs if not one.applies}
    return tuple(
        Standing(one, "found", _evidence(one, text), f"{reasons[one.pack]}; {BY_WORDS}")
        for one in elements()
        if one.pack in reasons and one.only_there and _evidence(one, text)
    )


def unrecognised(document: Document) -> tuple[Unrecognised, ...]:
    """Return of our own form the marked blocks whose words say nothing of what their mark says, as a cross-check.

    A block counts as borne out where a sentence of its section says the thing. One whose value is still open, and an
    element without patterns, is left out.
    """
    found = said(sections_of_document(document))
    return tuple(
        Unrecognised(mark, one.block, one.section, one.words)
        for mark, given in evidence_of(document).items()
        for one in given
        if mark in recognised_names() and one.state != "todo" and not _said_there(found.get(mark, ()), one)
    )


def _said_there(sentences: tuple[Said, ...], one: Evidence) -> bool:
    """Tell whether one of these sentences stands in the section of a block."""
    chapter = "" if one.section == BEFORE_SECTIONS else one.section
    return any(sentence.section.partition(": ")[0] == chapter for sentence in sentences)


# ------------------------------------------------------------------------------------------------------------- states


def _standing(element: Element, text: Unmarked, condition: Callable[[str], Condition]) -> Standing:
    stands = _evidence(element, text)
    if element.expected not in ("always", *AS_APPROPRIATE):
        asked = condition(element.expected)
        if not asked.holds:
            return Standing(element, "not applicable", stands, f"only where {asked.words}; {asked.recorded}")
    if element.kind in ("person", "duty"):
        return Standing(element, "for a person", stands, "a text without marks cannot show it")
    if text.against.get(element.id):
        spoken = tuple(map(spoken_as_evidence, text.against[element.id]))
        return Standing(element, "missing", spoken, f"these words speak against it; {BY_WORDS}")
    return _by_words(element, text, stands)


def _by_words(element: Element, text: Unmarked, stands: tuple[Evidence, ...]) -> Standing:
    lacking = next((group for group in element.given_by if not any(mark in text.said for mark in group)), ())
    if element.id == "CR-a6" and lacking:
        return Standing(element, "for a person", (), _NOTHING_AGAINST)
    if lacking:
        named = "" if lacking == (element.id,) else f" ({' or '.join(lacking)})"
        return Standing(element, "missing", stands, f"{NOT_BY_WORDS}{named}")
    if element.id == "FDA-c":
        return _word_for_word(Standing(element, "found", stands, BY_WORDS), text)
    opened = any(_is_open(group, text) for group in element.given_by)
    state: State = "to be completed" if opened else "found"
    return Standing(element, state, stands, BY_WORDS)


def _is_open(group: tuple[str, ...], text: Unmarked) -> bool:
    """Tell whether every sentence that gives one of these marks waits for its words."""
    return all(_OPEN in one.sentence.upper() for mark in group for one in text.said.get(mark, ()))


def _word_for_word(standing: Standing, text: Unmarked) -> Standing:
    words = "\n".join(one.text for one in text.sections)
    if stands_verbatim(words):
        return standing
    told = in_words(differences(words)) or "none of its words stand there"
    return Standing(standing.element, "missing", standing.evidence, f"not word for word: {told}")


def _evidence(element: Element, text: Unmarked) -> tuple[Evidence, ...]:
    marks = (mark for group in element.given_by for mark in group)
    return tuple(dict.fromkeys(spoken_as_evidence(one) for mark in marks for one in text.said.get(mark, ())))


def spoken_as_evidence(one: Said) -> Evidence:
    """Return a sentence as evidence; it has no block of ours."""
    return Evidence("", one.section or BEFORE_SECTIONS, one.sentence, "known")
