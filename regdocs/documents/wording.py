"""Whose words a document says: those of the study, of its site, or those written for parents.

Knows which recorded words stand in place of others; does not know how words are printed (`shown.py`).
"""

import re
from typing import Any

from regdocs.spec.identity import Site, SiteWording
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
# The fields whose words are written for a parent; what is paid for children is another one (`parental_permission.py`).
_FOR_PARENTS = re.compile(r"/consent/wording_for_parents/.*|/sites/[^/]+/wording/[^/]+/text_for_parents")


def words_at(protocol: Protocol, site: Site | None, to_parents: bool) -> dict[str, Known[Any]]:
    """Return the words that a document says in place of others, by the path of the field that they stand for.

    A site's own words go before the study's. To parents each is said as it was written for them, where it was.
    """
    study = protocol.consent.wording_for_parents if to_parents else ()
    said: dict[str, Known[Any]] = {wording.field: wording.text for wording in study}
    said |= {wording.field: _said(wording, to_parents) for wording in (site.wording if site else ())}
    return said


def _said(wording: SiteWording, to_parents: bool) -> Known[Any]:
    return wording.text_for_parents if to_parents and wording.text_for_parents is not None else wording.text


def speaks_to_the_child(text: str, path: str) -> bool:
    """Tell whether words say "you" and were not written for a parent, by the protocol path they come from."""
    return _YOU.search(text) is not None and _FOR_PARENTS.fullmatch(path) is None
