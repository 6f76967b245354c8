"""Which boards' waivers of consent count at a site, and for whom: participants, parents, children.

45 CFR 46.116(f) lets a body waive consent. Such a waiver may reach parents' permission (46.408(b): as far as consent is
required; 46.408(c): where permission would not protect the child) and a child's assent (46.408(a)); whether it does is
the body's own finding. So a decision counts for those whose clause its citation names. Where another law applies
(`regimes.py`), a waiver that does not name it frees from nothing. From memory of the text; knows recorded decisions.
"""

import re

from regdocs.documents.regimes import Regime, not_decided, regimes_of
from regdocs.spec.identity import Site
from regdocs.spec.oversight import Waiver
from regdocs.spec.protocol import Protocol

_CHILDREN = re.compile(r"\b46\.408\b")
_CONSENT = re.compile(r"\b46\.116\b")
_PERMISSION, _ASSENT = re.compile(r"\b46\.408\s*\([bc]\)"), re.compile(r"\b46\.408\s*\(a\)")


def consent_waivers(protocol: Protocol, site: Site | None) -> tuple[Waiver, ...]:
    """Return the decisions by which participants of the site are not asked for consent."""
    found = _waivers(protocol, site)
    return tuple(one for one in found if not _CHILDREN.search(one.citation) or _CONSENT.search(one.citation))


def permission_waived(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether a decision at the site rests on 46.408(b) or (c), so that parents are not asked for permission."""
    return any(_PERMISSION.search(one.citation) for one in _waivers(protocol, site))


def assent_waived(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether a decision at the site rests on 46.408(a), so that children are not asked for assent."""
    return any(_ASSENT.search(one.citation) for one in _waivers(protocol, site))


def laws_not_named(protocol: Protocol, waiver: Waiver) -> tuple[Regime, ...]:
    """Return the laws that the study is under and that a decision does not name."""
    return not_decided(waiver.citation, regimes_of(protocol))


def _waivers(protocol: Protocol, site: Site | None) -> tuple[Waiver, ...]:
    bodies = {body.id for body in protocol.oversight if site is not None and site.id in body.sites}
    return tuple(
        one
        for one in protocol.waivers
        if one.kind == "waiver-of-consent" and one.body in bodies and not laws_not_named(protocol, one)
    )
