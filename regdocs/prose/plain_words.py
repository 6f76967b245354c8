"""Plain words for hard ones: the list in `plain_words.yaml`, and where a text has a term of it in any form.

A suggestion is told, never carried out. Knows English forms: plurals of nouns, and -s, -ed and -ing of verbs.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regdocs.prose.sentences import Word, words

_LIST = Path(__file__).with_name("plain_words.yaml")
_VOWELS = "aeiou"
_Form = tuple[str, ...]  # the words of a term in small letters


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A hard term as the list has it first, and plain words for it."""

    term: str
    plain: str


@dataclass(frozen=True, slots=True)
class Hard:
    """A place where a text has a hard term: `text` is `source[start:end]`, `of` says which term it is."""

    text: str
    start: int
    end: int
    of: PlainWord


def plain_words() -> tuple[PlainWord, ...]:
    """Return the list, each term once, in the order of the file."""
    return tuple(dict.fromkeys(_by_form().values()))


def hard_words(text: str) -> tuple[Hard, ...]:
    """Return the hard terms of a text in order; the longest where two begin with the same word. None overlap."""
    found: list[Hard] = []
    listed = words(text)
    at = 0
    while at < len(listed):
        form = _form_at(text, listed, at)
        if form:
            start, end = listed[at].start, listed[at + len(form) - 1].end
            found.append(Hard(text[start:end], start, end, _by_form()[form]))
        at += max(1, len(form))
    return tuple(found)


def _form_at(text: str, listed: tuple[Word, ...], at: int) -> _Form:
    """Return the longest term that begins with this word, () for none; only spaces stand between its words."""
    longest = _longest_of().get(_plain(listed[at].text), 0)
    candidate: list[str] = []
    found: _Form = ()
    for word, before in zip(listed[at : at + longest], (None, *listed[at:]), strict=False):
        if before is not None and text[before.end : word.start].strip():
            break
        candidate.append(_plain(word.text))
        found = tuple(candidate) if tuple(candidate) in _by_form() else found
    return found


def _plain(word: str) -> str:
    lowered = word.lower().replace("’", "'")
    return lowered.removesuffix("'s")


@cache
def _longest_of() -> dict[str, int]:
    """Return for each first word of a term how many words the longest term has that begins with it."""
    longest: dict[str, int] = {}
    for form in _by_form():
        longest[form[0]] = max(longest.get(form[0], 0), len(form))
    return longest


@cache
def _by_form() -> dict[_Form, PlainWord]:
    """Return every form of every term. A form as it is written in the list wins over one that was made."""
    import yaml

    listed = yaml.load(_LIST.read_text("utf-8"), Loader=yaml.BaseLoader)  # our own file; every word stays a word
    entries = [(kind, spelt.split(" | "), plain) for kind, terms in listed.items() for spelt, plain in terms.items()]
    found: dict[_Form, PlainWord] = {}
    for _, spellings, plain in entries:
        found.update((tuple(spelling.split()), PlainWord(spellings[0], plain)) for spelling in spellings)
    for kind, spellings, plain in entries:
        for spelling in spellings:
            for form in _INFLECTED[kind](spelling.split()):
                found.setdefault(form, PlainWord(spellings[0], plain))
    return found


# ------------------------------------------------------------------------------------------------------------ forms


def _of_noun(term: list[str]) -> Iterator[_Form]:
    """Yield the plural: of the word before "of" where there is one ("arms of the study"), else of the last."""
    at = term.index("of") - 1 if "of" in term[1:] else len(term) - 1
    for plural in _plurals(term[at]):
        yield (*term[:at], plural, *term[at + 1 :])


def _plurals(noun: str) -> Iterator[str]:
    yield _with_s(noun)
    for ending, plural in (("is", "es"), ("um", "a"), ("ion", "ia"), ("us", "i"), ("oma", "omata")):
        if noun.endswith(ending) and (ending != "ion" or noun == "criterion"):
            yield noun.removesuffix(ending) + plural


def _of_verb(term: list[str]) -> Iterator[_Form]:
    verb, *rest = term
    for form in (_with_s(verb), *_with_vowel_endings(verb)):
        yield (form, *rest)


def _with_vowel_endings(verb: str) -> Iterator[str]:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        yield from (verb[:-1] + "ied", verb + "ing")
        return
    stems: tuple[str, ...] = (verb.removesuffix("e"),)
    if verb[-1] in "lmtr" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS:
        stems = (verb, verb + verb[-1])  # "submitted", "enrolled", but "exhibited"
    yield from (stem + ending for stem in stems for ending in ("ed", "ing"))


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


_IRREGULAR: dict[str, tuple[str, ...]] = {
    "undergo": ("undergoes", "underwent", "undergone"),
    "withdraw": ("withdrew", "withdrawn"),
}


def _of_any_verb(term: list[str]) -> Iterator[_Form]:
    yield from _of_verb(term)
    yield from ((form, *term[1:]) for form in _IRREGULAR.get(term[0], ()))


def _as_written(term: list[str]) -> Iterator[_Form]:
    yield tuple(term)


_INFLECTED: dict[str, Callable[[list[str]], Iterator[_Form]]] = {
    "nouns": _of_noun,
    "verbs": _of_any_verb,
    "others": _as_written,
}
