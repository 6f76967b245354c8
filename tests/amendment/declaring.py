"""A small declaration without a mistake, and how tests spoil it."""

from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declared import Declared, load_declaration

MINIMAL = """\
regdocs-amendment: 1
number: 1
version: "2.0"
on: 2026-06-12
scope:
  level: global
reasons:
  primary: New Safety Information Available
  secondary: [Investigator/Site Feedback]
summary: Fainting excludes.
enrolment:
  count: 14
  scope: globally
  at: 2026-06-10
impact:
  safety_or_rights:
    substantial: true
    explanation: Fewer falls.
  data_reliability:
    substantial: false
changes:
  - id: fainting
    summary: Fainting of unknown cause excludes.
    rationale: Two participants fainted.
    covers:
      - /eligibility/E07
      - /consent/risks
"""


def spoiled(*changes: tuple[str, str]) -> str:
    """The small declaration with words replaced, each of which stands in it once."""
    text = MINIMAL
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is not one part of the declaration"
        text = text.replace(old, new)
    return text


def read(text: str) -> Declared:
    return load_declaration(text.encode("utf-8"))


def declaration(*changes: tuple[str, str]) -> Declaration:
    declared = read(spoiled(*changes))
    assert declared.declaration is not None, declared.findings
    return declared.declaration


def covering(*covers: str) -> Declaration:
    """The small declaration whose only change covers these."""
    listed = "".join(f"      - {cover}\n" for cover in covers)
    return declaration(("      - /eligibility/E07\n      - /consent/risks\n", listed))
