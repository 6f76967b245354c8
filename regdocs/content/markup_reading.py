"""What is remembered while one markup is read: the problems so far, the ids taken, the footnotes referred to.

Knows how to read attributes; does not know which elements there are or where they may stand. A reader that meets a
mistake reports it here and goes on with a stand-in, so that all mistakes are told at once; the stand-ins never leave
`parse_document`, which raises when anything was reported.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypedDict, TypeVar

from regdocs.content.errors import MarkupError, MarkupProblem
from regdocs.content.markup_xml import Element, Words, excerpt_at
from regdocs.source import Position

TAGS = ("id", "clause", "lang")

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_WHOLE = re.compile(r"[0-9]{1,4}")

Choice = TypeVar("Choice", bound=str)


class TagFields(TypedDict):
    """The fields of `model.Tags`, to be handed on as keywords."""

    id: str
    clauses: tuple[str, ...]
    language: str | None


class Reading:
    """One reading of one markup."""

    def __init__(self, markup: str, template: str) -> None:
        """Begin with nothing found."""
        self.template = template
        self.references: list[tuple[Element, str, str]] = []
        self._lines = markup.split("\n")
        self._problems: list[MarkupProblem] = []
        self._ids: dict[str, Position] = {}

    # ---------------------------------------------------------------------------------------------------- problems

    def report(self, where: Element | Words, message: str) -> None:
        """Remember a problem at the place of `where`."""
        position = where.said_at if isinstance(where, Words) else where.position
        self._problems.append(MarkupProblem(position, message, excerpt_at(self._lines, position)))

    def report_unknown(self, element: Element, known: Sequence[str], place: str) -> None:
        """Remember that `element` may not stand in `place`, with the nearest name that may."""
        near = get_close_matches(element.tag, known, n=1)
        hint = f'did you mean "{near[0]}"?' if near else "expected " + ", ".join(f"<{tag}>" for tag in known)
        self.report(element, f"<{element.tag}> may not stand in {place}; {hint}")

    def finish(self) -> None:
        """Raise when anything was reported.

        Raises:
            MarkupError: With every problem, in the order of the text.
        """
        if self._problems:
            raise MarkupError(self.template, tuple(sorted(self._problems, key=lambda problem: problem.position)))

    # -------------------------------------------------------------------------------------------------------- ids

    def claim(self, name: str, where: Element) -> str:
        """Return `name` after taking it for this document; a name taken before is reported.

        A name made from a missing id begins with "."; the missing id alone is told.
        """
        if name.startswith("."):
            return name
        taken = self._ids.setdefault(name, where.position)
        if taken is not where.position:
            self.report(where, f'id "{name}" is used twice; first on line {taken.line}')
        return name

    def identifier(self, element: Element) -> str:
        """Return the element's id, which must be there, well-formed and new."""
        name = self.required(element, "id")
        if not name:
            return name
        if not _ID.fullmatch(name):
            self.report(element, f'id "{name}" is not a name: a letter, then letters, digits, ".", "_" or "-"')
        return self.claim(name, element)

    def tags(self, element: Element) -> TagFields:
        """Return id, clause tags and language."""
        language = self.optional(element, "lang")
        if language is not None and not _LANGUAGE.fullmatch(language):
            self.report(element, f'lang "{language}" is not a BCP 47 language tag such as "vi"')
        clauses = tuple(element.attributes.get("clause", "").split())
        return {"id": self.identifier(element), "clauses": clauses, "language": language}

    # ------------------------------------------------------------------------------------------------- attributes

    def allow(self, element: Element, *names: str) -> None:
        """Report every attribute that is not among `names`."""
        for found in element.attributes:
            if found not in names:
                near = get_close_matches(found, names, n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"it has {', '.join(names) or 'no attributes'}"
                self.report(element, f'<{element.tag}> has no attribute "{found}"; {hint}')

    def required(self, element: Element, name: str) -> str:
        """Return an attribute that must be there and say something."""
        text = element.attributes.get(name, "").strip()
        if not text:
            fault = "is empty" if name in element.attributes else "is missing"
            self.report(element, f'<{element.tag}>: attribute "{name}" {fault}')
        return text

    def optional(self, element: Element, name: str) -> str | None:
        """Return an attribute, or None where it is not written; written, it must say something."""
        return self.required(element, name) if name in element.attributes else None

    def choice(self, element: Element, name: str, choices: Sequence[Choice], default: Choice) -> Choice:
        """Return an attribute that is one of `choices`."""
        found = element.attributes.get(name, default)
        for choice in choices:
            if choice == found:
                return choice
        expected = ", ".join(f'"{choice}"' for choice in choices)
        self.report(element, f'<{element.tag}>: {name}="{found}" is not one of {expected}')
        return default

    def yes(self, element: Element, name: str) -> bool:
        """Return whether an attribute says "yes"; "no" is the default."""
        return self.choice(element, name, ("no", "yes"), "no") == "yes"

    def whole(self, element: Element, name: str, least: int, most: int, default: int | None = None) -> int:
        """Return an attribute that is a whole number from `least` to `most`; without a default it must be there."""
        if default is not None and name not in element.attributes:
            return default
        return self.whole_number(element, name, self.required(element, name), least, most)

    def whole_number(self, element: Element, name: str, text: str, least: int, most: int) -> int:
        """Return `text`, found in attribute `name`, as a whole number from `least` to `most`."""
        if _WHOLE.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        if text:
            self.report(element, f'<{element.tag}>: {name} "{text}" is not a whole number from {least} to {most}')
        return least

    # ---------------------------------------------------------------------------------------------------- children

    def only_elements(self, element: Element) -> list[Element]:
        """Return the elements inside; words between them are reported."""
        for child in element.children:
            if isinstance(child, Words) and not child.is_blank:
                self.report(child, f'text "{_short(child.text)}" may not stand directly in <{element.tag}>')
        return element.elements

    def nothing_inside(self, element: Element) -> None:
        """Report anything inside an element that is empty by nature."""
        if element.elements or any(isinstance(child, Words) and not child.is_blank for child in element.children):
            self.report(element, f"<{element.tag}> may hold nothing")

    def parts(self, element: Element, names: Sequence[str]) -> dict[str, Element]:
        """Return the parts inside by name, each at most once and in the order of `names`."""
        found: dict[str, Element] = {}
        for child in self.only_elements(element):
            if child.tag not in names:
                self.report_unknown(child, names, f"<{element.tag}>")
            elif child.tag in found:
                self.report(child, f"<{element.tag}> has a second <{child.tag}>")
            else:
                self._report_order(element, child, found, names)
                found[child.tag] = child
        return found

    def _report_order(self, element: Element, child: Element, found: dict[str, Element], names: Sequence[str]) -> None:
        later = [tag for tag in found if names.index(tag) > names.index(child.tag)]
        if later:
            self.report(child, f"in <{element.tag}>, <{child.tag}> stands before <{later[0]}>")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"
