"""What is said of elements of consent that a template leaves out, and of those that its own words give.

An institution's own words give an element where a content control around them says so: its tag is "element CR-b8.1".
"""

from collections.abc import Iterator, Mapping

from regdocs.consent.elements import element_named
from regdocs.content.model import Document
from regdocs.content.query import walk_tagged
from regdocs.finding import Finding, Severity
from regdocs.own_template.package import Package
from regdocs.own_template.places import CONTENT, ELEMENTS, controls, words_of
from regdocs.render.docx.wordml import W

RULE = "OWN-002"
_MOST_NAMED = 3


def marks_of(document: Document) -> frozenset[str]:
    """Return every mark of the whole tree."""
    return frozenset(clause for tagged in walk_tagged(document) for clause in tagged.clauses)


def own_words(package: Package, parts: list[str]) -> frozenset[str]:
    """Return the elements that the template's own words give, as its controls say; an empty control gives nothing."""
    found: set[str] = set()
    for part in parts:
        for control in controls(part, package.roots[part]):
            content = control.element.find(CONTENT)
            shown = control.element.find(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr") is None
            if control.name.startswith(ELEMENTS) and content is not None and shown and words_of(content).strip():
                found.update(control.name.split()[1:])
    return frozenset(found)


def left_out(file: str, lacking: Mapping[str, tuple[str, ...]], *, part: bool) -> Iterator[Finding]:
    """Yield a finding for each element that neither a placed block nor the template's own words give."""
    for element, ids in lacking.items():
        known = element_named(element)
        about = f" ({known.citation}: {known.about})" if known else ""
        names = ", ".join(f'"{one}"' for one in ids[:_MOST_NAMED])
        more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
        message = f"the template leaves out the element {element}{about}; the form gives it in {names}{more}"
        hint = f'place such a block, or put words of your own into a content control with the tag "{ELEMENTS}{element}"'
        yield Finding(RULE, Severity.NOTE if part else Severity.ERROR, message, file, hint=hint)
