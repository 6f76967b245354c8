"""`docs/consent-elements.md`, made of the list of elements.

`python -m tests.consent.elements_page` writes the page anew after the list changed.
"""

from collections.abc import Iterator
from pathlib import Path

from regdocs.consent.conditions import CONDITIONS
from regdocs.consent.elements import Element, Pack, elements, packs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "consent-elements.md"

_INTRODUCTION = """# Elements of consent

What the ids mean that stand in `waivers[].elements`, `answers[].question`, `sign_offs[].element` and in `clause=` of
the templates. A text of a form is marked with each element that it gives, such as `clause="CR-c3 E6-k"`. A board's
alteration takes a text out only when it names every element of the text; recorded wording is printed where its element
stands, in place of the text, or after it when the text has to stay (WAV-004). An id holds its parts: `CR-b6` holds
`CR-b6.1` and `CR-b6.2`.

`regdocs check --consent` ([consent-check.md](consent-check.md)) says where each of them stands. This page is made from
the program's own list (`regdocs/consent/elements.yaml`) by `python -m tests.consent.elements_page`.

The words are our own, not those of a law, and "found" means that a text is there, not that it is good enough. A
citation marked * is written from memory and has to be checked against the official text before anyone relies on it.

Expected: *always*; *when appropriate* and *as applicable* are the rules' own words and no conditions, so it is expected
unless a recorded answer that begins with "No." or "Not" says why not, with the name of who says so; anything else is a
condition of the rule.
"""
_NOTES = {
    "US-CR": "A body may leave out or change elements of (b) and (c), never those of (a) (46.116(f)(2); WAV-002).",
    "US-KI": "They are advice, and a text marked with one is marked with its element of (b) too.",
    "US-FDA": "Text for `CR-b1` to `CR-b8` and `CR-c1` to `CR-c6` is what 21 CFR 50.25 asks for too. So it carries no "
    "second mark;\nwhere a study is under 21 CFR 50, it stays unless the citation of the decision names 21 CFR 50 "
    "(WAV-005). A decision need\nnot name these ids.",
    "ICH-E6R3": "The letters follow the guideline's list; the number of its paragraph is 2.8.10 or 2.8.11 by "
    "different sources.",
    "EU-CTR": "No text carries these marks but `EU-2e`. Where a study is under the regulation, text marked `CR-b1.2` "
    "to `CR-b1.4`,\n`CR-b2` to `CR-b4`, `CR-b6`, `CR-b8` or `E6-i` stays unless the citation of the decision names "
    "536/2014 (WAV-005).",
    "VN-MOH": "The circular was replaced by 4/2020 and 43/2024; whether the definition still stands so is to be "
    "checked.",
}
_KINDS = {
    "text": "",
    "person": "A person judges it and signs it off.",
    "duty": "A duty elsewhere, no text of the form; a person signs it off.",
    "advice": "Advice.",
}


def page() -> str:
    """The whole page."""
    return _INTRODUCTION + "".join(f"{line}\n" for pack in packs() for line in _pack(pack))


def _pack(pack: Pack) -> Iterator[str]:
    yield from ("", f"## {pack.name}", "", f"{pack.source}. {_NOTES[pack.id]}", "")
    yield "| Element | Citation | What it is about | Expected | Given by |"
    yield "|---|---|---|---|---|"
    for one in elements():
        if one.pack == pack.id:
            yield f"| `{one.id}` | {_citation(one)} | {_about(one)} | {_expected(one)} | {_given_by(one)} |"


def _citation(one: Element) -> str:
    return one.citation if one.read else f"{one.citation} \\*"


def _about(one: Element) -> str:
    return " ".join(filter(None, (one.about, _KINDS[one.kind])))


def _expected(one: Element) -> str:
    condition = CONDITIONS.get(one.expected)
    return one.expected.replace("_", " ") if condition is None else f"where {condition[0]}"


def _given_by(one: Element) -> str:
    """Return the marks that give it, unless it is its own mark alone."""
    if one.kind in ("person", "duty") or one.given_by == ((one.id,),):
        return f"also in: {', '.join(one.also_in)}" if one.also_in else ""
    groups = (" or ".join(f"`{mark}`" for mark in group) for group in one.given_by)
    return "; and ".join(groups)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
