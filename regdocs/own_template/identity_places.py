"""Version, date and draft mark in a template: each has to stand somewhere, the draft mark on every page.

Blocks that print a part of the identity themselves count as a place for it. Knows which fields were placed where.
"""

from collections.abc import Iterator

from regdocs.content.model import Document, IdentitySlot
from regdocs.finding import Finding, Severity
from regdocs.own_template.fields import DATE, DRAFT_MARK, VERSION, Field, inlines_in
from regdocs.own_template.package import Package
from regdocs.own_template.pages import pages_without

RULE = "OWN-003"
_SLOTS = {"version": VERSION, "date": DATE, "draft": DRAFT_MARK}


def identity_not_placed(
    file: str, package: Package, placed: dict[str, list[str]], fields: dict[str, Field], document: Document
) -> Iterator[Finding]:
    """Yield a finding for version and date that stand nowhere, and for pages without the draft mark."""
    parts = _parts_with(placed, fields, document)
    for name, what in ((VERSION, "its version"), (DATE, "its date")):
        if not parts[name]:
            message = f"the template has no place for {what}: nobody could tell which form a filled copy is"
            yield _finding(file, message, f'put {{{{ {name} }}}} into it, or a content control with the tag "{name}"')
    lacking = pages_without(package, frozenset(parts[DRAFT_MARK]))
    if lacking:
        message = f"the template has no place for the draft mark in header or footer of {', '.join(lacking)}"
        hint = f"put {{{{ {DRAFT_MARK} }}}} into the header or footer; a form without a draft mark leaves it empty"
        yield _finding(file, message, hint)


def _parts_with(placed: dict[str, list[str]], fields: dict[str, Field], document: Document) -> dict[str, set[str]]:
    """Return the parts in which each of the three stands."""
    found: dict[str, set[str]] = {name: set() for name in _SLOTS.values()}
    for name, parts in placed.items():
        for inline in inlines_in(fields[name], document):
            if isinstance(inline, IdentitySlot) and inline.field in _SLOTS:
                found[_SLOTS[inline.field]].update(parts)
    return found


def _finding(file: str, message: str, hint: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, file, hint=hint)
