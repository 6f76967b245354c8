"""Children in a study: the recorded decision of the body that serves a site, and the bands of assent.

Knows no age by itself: bands and the age of majority come from `oversight[].paediatric` only. Where several bodies of a
site decided about children, the strictest counts: two parents if one of them asks for two.
"""

from regdocs.spec.identity import Site
from regdocs.spec.oversight import AssentBand, OversightBody, PaediatricDetermination
from regdocs.spec.protocol import Protocol

_ORDER = ("ethics-committee", "national-ethics-committee", "regulator", "data-safety-board")


def deciding_bodies(protocol: Protocol, site: Site | None) -> tuple[OversightBody, ...]:
    """Return the bodies of the site that decided about children, the site's own ethics committee first."""
    found = [body for body in protocol.oversight if site and site.id in body.sites and body.paediatric is not None]
    return tuple(sorted(found, key=lambda body: _ORDER.index(body.role)))


def determinations(protocol: Protocol, site: Site | None) -> tuple[PaediatricDetermination, ...]:
    """Return the decisions of these bodies, in the same order."""
    return tuple(body.paediatric for body in deciding_bodies(protocol, site) if body.paediatric is not None)


def bands_that_ask(protocol: Protocol, site: Site | None) -> tuple[AssentBand, ...]:
    """Return the bands in which a child is asked for assent, or in which that is still open, youngest first.

    They are those of the first body that recorded bands; a site's child belongs to one set of bands, not to two.
    """
    return tuple(band for band in all_bands(protocol, site) if band.asks.value != "nothing")


def all_bands(protocol: Protocol, site: Site | None) -> tuple[AssentBand, ...]:
    """Return the bands of the first body that recorded some."""
    return next((one.bands for one in determinations(protocol, site) if one.bands), ())


def has_children(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether a body of the site decided about children, so that parents are asked for permission."""
    return bool(determinations(protocol, site))


def asks_assent(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether some child of the site is asked for assent."""
    return bool(bands_that_ask(protocol, site))
