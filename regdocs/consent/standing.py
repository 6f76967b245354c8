"""How each element stands in one form, in one of six states.

"Found" means that the text is present, never that it is adequate. An element is not applicable only where the rule
itself is conditional, or where a named person recorded why it is not said. Knows no file and prints nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from regdocs.consent.conditions import condition
from regdocs.consent.decisions import Groups, decision_about
from regdocs.consent.elements import AS_APPROPRIATE, Element, elements
from regdocs.consent.evidence import Evidence
from regdocs.consent.packs import Applied
from regdocs.consent.people import Said, answer_against, sign_off_of
from regdocs.consent.verbatim import differences, in_words, stands_verbatim
from regdocs.documents.alteration import Altered
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

State = Literal["found", "missing", "to be completed", "not applicable", "waived or altered", "for a person"]
STATES: tuple[State, ...] = (
    "found",
    "missing",
    "to be completed",
    "not applicable",
    "waived or altered",
    "for a person",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one element stands.

    Attributes:
        evidence: What gives it, or what of it there is.
        why: Condition and answer, decision, sign-off, or which marks are lacking; "" where the evidence says it all.
        paths: Protocol paths that are open, or on which the state rests.
    """

    element: Element
    state: State
    evidence: tuple[Evidence, ...] = ()
    why: str = ""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is judged: which it is, its marks, and what boards' alterations did to it.

    Attributes:
        stem: Its name, such as "consent/north/en".
        language: Its language, BCP 47.
        given: What gives each mark in it.
        beside: The same of other documents of the site, by kind.
    """

    stem: str
    site: Site | None
    language: str
    given: Mapping[str, tuple[Evidence, ...]]
    altered: Altered | None = None
    beside: Mapping[str, Mapping[str, tuple[Evidence, ...]]] = field(default_factory=dict)


def standings(form: Form, protocol: Protocol, packs: tuple[Applied, ...]) -> tuple[Standing, ...]:
    """Return how every element of the packs that apply stands in a form, in the order of the list."""
    applying = {one.pack for one in packs if one.applies}
    return tuple(_standing(one, form, protocol) for one in elements() if one.pack in applying)


def out_of_place(form: Form, packs: tuple[Applied, ...]) -> tuple[Standing, ...]:
    """Return the elements of packs that do not apply whose words are true under those alone, and stand all the same."""
    reasons = {one.pack: one.reason for one in packs if not one.applies}
    return tuple(
        Standing(one, "found", _gathered(one, form), reasons[one.pack])
        for one in elements()
        if one.pack in reasons and one.only_there and _gathered(one, form)
    )


def _standing(element: Element, form: Form, protocol: Protocol) -> Standing:
    stands, lacking = _gathered(element, form), _lacking(element, form)
    if element.expected not in ("always", *AS_APPROPRIATE):
        asked = condition(element.expected, protocol, form.site)
        if not asked.holds:
            return Standing(element, "not applicable", stands, f"only where {asked.words}; {asked.recorded}")
    if element.kind in ("person", "duty"):
        return _by_a_person(element, stands, sign_off_of(element, protocol, form.stem))
    decided = decision_about(element, lacking, protocol, form.site, form.altered)
    if decided is not None:
        return _altered(element, stands, decided)
    return _as_marked(element, stands, lacking, answer_against(element, protocol), form.language)


def _by_a_person(element: Element, stands: tuple[Evidence, ...], signed: Said | None) -> Standing:
    if signed is None:
        return Standing(element, "for a person", stands, "nobody signed it off yet")
    return _as_said(element, "for a person", stands, signed)


def _altered(element: Element, stands: tuple[Evidence, ...], decided: Said) -> Standing:
    opened = _open_paths(stands)
    if opened:
        return Standing(element, "to be completed", stands, decided.words, opened)
    return _as_said(element, "waived or altered", stands, decided)


def _open_paths(stands: tuple[Evidence, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for one in stands for path in one.open_paths))


def _as_marked(
    element: Element, stands: tuple[Evidence, ...], lacking: Groups, answer: Said | None, language: str
) -> Standing:
    if not lacking:
        opened = _open_paths(stands)
        state: State = "to be completed" if opened else "found"
        return _word_for_word(Standing(element, state, stands, "", opened), language)
    if answer is not None and element.expected != "always":
        return _as_said(element, "not applicable", stands, answer)
    return Standing(element, "missing", stands, f"no text carries {' or '.join(lacking[0])}")


def _word_for_word(standing: Standing, language: str) -> Standing:
    """Return how the statement of 21 CFR 50.25(c) stands: other words than the rule's own do not give it."""
    words = " ".join(one.words for one in standing.evidence)
    if standing.element.id != "FDA-c" or stands_verbatim(words):
        return standing
    if not language.startswith("en"):
        return replace(standing, why="translated: whether it says word for word what the rule says is for a person")
    told = in_words(differences(words)) or "none of its words stand there"
    return replace(standing, state="missing", why=f"not word for word: {told}")


def _as_said(element: Element, state: State, stands: tuple[Evidence, ...], said: Said) -> Standing:
    """Return the state that a recorded answer, decision or sign-off gives; to be completed while it is not whole."""
    return Standing(element, state if said.whole else "to be completed", stands, said.words, (said.path,))


def _gathered(element: Element, form: Form) -> tuple[Evidence, ...]:
    """Return everything that gives some mark of an element, each block once."""
    sources = (form.given, *(form.beside.get(kind, {}) for kind in element.also_in))
    marks = [mark for group in element.given_by for mark in group]
    return tuple(dict.fromkeys(one for source in sources for mark in marks for one in source.get(mark, ())))


def _lacking(element: Element, form: Form) -> Groups:
    """Return the groups of marks that nothing gives."""
    sources = (form.given, *(form.beside.get(kind, {}) for kind in element.also_in))
    given = {mark for source in sources for mark, found in source.items() if found}
    return tuple(group for group in element.given_by if given.isdisjoint(group))
