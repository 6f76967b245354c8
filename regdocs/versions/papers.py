"""The documents that go with an amendment, composed from what is told of it: without pages at first, then with them.

A summary of changes names the pages on which changes stand, and those are known when the changed documents are printed.
Whether anything in it is open does not depend on them, so what may be recorded is looked at before.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from regdocs.build.examine import template_texts
from regdocs.build.writers import Printed
from regdocs.spec.protocol import Protocol
from regdocs.versions.amended_facts import facts_of
from regdocs.versions.amended_rows import Pages
from regdocs.versions.amending import Amending
from regdocs.versions.bases import bodies_for
from regdocs.versions.companions import companions_of
from regdocs.versions.logbook import Version
from regdocs.versions.preparation import Amended, Prepared
from regdocs.versions.redlines import Redlines

_NONE: Pages = MappingProxyType({})


def with_papers(prepared: Prepared, own: Amending, redlines: Redlines, last: Version, pages: Pages = _NONE) -> Prepared:
    """Return an amendment with the documents that go with it.

    Args:
        prepared: The amendment.
        own: What it declares and changes.
        redlines: Tracked-changes versions of what it issues.
        last: The version before.
        pages: Where blocks of the new documents begin, by stem and block.

    Raises:
        TemplateProblem: A template cannot be used.
    """
    facts = facts_of(prepared, own, redlines.made, last, pages)
    templates = template_texts(prepared.inputs)[0]
    companions = companions_of(prepared.protocol, facts, _bodies(prepared.protocol), templates)
    return replace(prepared, amended=Amended(own, facts, redlines, companions, last))


def with_pages(prepared: Prepared, printed: Mapping[str, Printed], folder: str = "") -> Prepared:
    """Return a version whose documents of the amendment name pages, from its printed documents by path in a folder."""
    own = prepared.amended
    if own is None:
        return prepared
    return with_papers(prepared, own.amending, own.redlines, own.last, pages_in(prepared, printed, folder))


def pages_in(prepared: Prepared, printed: Mapping[str, Printed], folder: str = "") -> Pages:
    """Return where blocks of a version's documents begin, from its printed documents by path in a folder."""
    paths = {one.stem: f"{folder}{one.stem}.pdf" for one in prepared.documents}
    return {stem: printed[path].pages for stem, path in paths.items() if path in printed}


def _bodies(protocol: Protocol) -> tuple[str, ...]:
    """Return every body that decides about documents, once."""
    return tuple(dict.fromkeys(body.id for site in protocol.sites for body in bodies_for(protocol, site.id)))
