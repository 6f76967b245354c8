"""Texts of the corpus held against the elements that they declare to lack. Knows the corpus' header, no pattern."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from regdocs.consent.elements import Element, elements
from regdocs.consent.standing import Standing
from regdocs.consent.unmarked import read_unmarked, standings_by_words
from regdocs.prose.recognised import sections_of
from tests.consent.answers import Answers, condition_by, packs_by

_BENT = {
    "exculpatory": ("CR-a6",),
    "key-information": ("CR-a5i", "K1", "K2", "K3", "K4", "K5"),
    "verbatim-50.25c": ("FDA-c",),
}
_ANY = "empty-heading"  # with it anything may be missing


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the corpus: what its header says of it, and the words."""

    name: str
    answers: Answers
    lacks: frozenset[str]
    bends: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of a text: which elements were looked at, and which of them were reported missing."""

    text: Text
    looked_at: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def true(self) -> tuple[str, ...]:
        return tuple(one for one in self.missing if one in self.text.lacks)

    @property
    def missed(self) -> tuple[str, ...]:
        return tuple(one for one in self.looked_at if one in self.text.lacks and one not in self.missing)

    @property
    def false(self) -> tuple[str, ...]:
        """What was reported although the text has it, and no bend that it declares breaks it as well."""
        return tuple(one for one in self.missing if one not in self.text.lacks and not self._bent(one))

    def _bent(self, element: str) -> bool:
        bends = self.text.bends
        return _ANY in bends or any(element in _BENT.get(bend, ()) for bend in bends)


def read(path: Path) -> Text:
    """Return a text of the corpus."""
    head, _, words = path.read_text(encoding="utf-8").partition("\n---\n")
    told: Mapping[str, Any] = yaml.safe_load(head)
    bends = frozenset(one["rule"] for one in told.get("bends") or ())
    return Text(path.name, _answers(told["answers"]), frozenset(told.get("lacks") or ()), bends, words)


def _answers(told: Mapping[str, Any]) -> Answers:
    return Answers(
        countries=tuple(told["countries"]),
        fda_regulated=told["fda_regulated"],
        good_practice=told.get("ich_e6"),
        medicine=bool(told.get("product")),
        applicable_clinical_trial=told["applicable_clinical_trial"],
        federally_supported=told["federally_supported"],
        more_than_minimal_risk=told["more_than_minimal_risk"],
        collects_information=told["collects_identifiable_information"],
        uses_biospecimens=told["uses_biospecimens"],
        includes_minors=told["includes_minors"],
        cannot_read=False,
    )


def judge(text: Text) -> Judged:
    """Return what is said of a text."""
    standings = standings_of(text)
    looked_at = tuple(one.element.id for one in standings if _judged(one))
    return Judged(
        text, looked_at, tuple(one.element.id for one in standings if _judged(one) and one.state == "missing")
    )


def standings_of(text: Text) -> tuple[Standing, ...]:
    """Return how the elements that a text's answers call for stand in it."""
    read_text = read_unmarked(sections_of(text.words))
    return standings_by_words(read_text, packs_by(text.answers), condition_by(text.answers))


def _judged(one: Standing) -> bool:
    """Tell whether an element is judged: one for a person, one not applicable or one that repeats another is not."""
    return one.state != "not applicable" and one.element.kind in ("text", "advice") and not _repeats(one.element)


def _repeats(element: Element) -> bool:
    """Tell whether the corpus' own list has an element only as the same text as one of the Common Rule."""
    return element.pack == "US-FDA" and (element.id,) not in element.given_by


def names_judged() -> tuple[str, ...]:
    """Return the names of the elements that can be judged, in the order of the list."""
    return tuple(one.id for one in elements() if one.kind in ("text", "advice") and not _repeats(one))
