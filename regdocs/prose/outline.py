"""WRD-001 and WRD-012: what a text begins with, and headings with nothing under them."""

from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Prose, Section, lines_of
from regdocs.prose.phrases import says

_MOST_WORDS = 900  # about two pages of 12 point type
_FEWEST_TOPICS = 3  # of the five; which one is lacking, the check of the elements tells
_TOPICS = {
    "that it is research and one's own choice": ("topic_research", "topic_free"),
    "what it is for and how long it takes": ("topic_purpose", "topic_how_long"),
    "its risks": ("topic_risks",),
    "its benefits": ("topic_benefits",),
    "other choices": ("topic_alternatives",),
}


def key_information_first(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when the first section is no key information, or is too long to be concise."""
    first = next((number for number, one in enumerate(text.sections) if one.heading and _tells(text, number)), None)
    if not (facts.key_information and facts.whole) or first is None:
        return
    section, said = text.sections[first], _words(text, first)
    lacking = _lacking(said)
    before = "\n".join(line.text for one in text.sections[:first] for line in lines_of(one))
    if _is_key(_lacking(before)):
        return  # told above the first heading
    if not _is_key(lacking):
        yield Hit(section.id, (0, 0), "", f"comes first and is no key information: it does not tell {_listed(lacking)}")
    elif len(said.split()) > _MOST_WORDS:
        told = f"is key information of {len(said.split())} words; concise is at most {_MOST_WORDS}, about two pages"
        yield Hit(section.id, (0, 0), "", told)


def _lacking(said: str) -> list[str]:
    return [name for name, phrases in _TOPICS.items() if not all(says(one, said) for one in phrases)]


def _is_key(lacking: list[str]) -> bool:
    return len(_TOPICS) - len(lacking) >= _FEWEST_TOPICS


def empty_headings(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each heading under which nothing stands, neither words nor a heading with words."""
    for number, section in enumerate(text.sections):
        if section.heading and not _holds(text, number):
            yield Hit(section.id, (0, len(section.heading)), section.heading, "is a heading with nothing under it")


def _holds(text: Prose, number: int) -> bool:
    return any(one.text.strip() or one.role == "signature" for part in _under(text, number) for one in part.passages)


def _tells(text: Prose, number: int) -> bool:
    return any(one.role == "body" for part in _under(text, number) for one in part.passages)


def _under(text: Prose, number: int) -> Iterator[Section]:
    """Yield a section and those of deeper levels that follow it."""
    yield text.sections[number]
    for section in text.sections[number + 1 :]:
        if section.level <= text.sections[number].level:
            return
        yield section


def _words(text: Prose, number: int) -> str:
    return "\n".join(line.text for section in _under(text, number) for line in lines_of(section))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
