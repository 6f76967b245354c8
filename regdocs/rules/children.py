"""Children: bands of assent, what is written for them, and whether a body decided where children may take part.

No age of assent or consent is known here: bands and majority are what a body recorded.
"""

from collections.abc import Iterator
from decimal import Decimal

from regdocs.rules.elements import ids
from regdocs.rules.references import guess
from regdocs.rules.rule import Hit
from regdocs.spec.oversight import AssentBand, OversightBody
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration

# Only to ask the question, never to answer it: below this age some law somewhere speaks of a child.
_ASK_BELOW = Duration.parse("P18Y").approx_days()
_ETHICS = ("ethics-committee", "national-ethics-committee")


def bands_that_do_not_join(protocol: Protocol) -> Iterator[Hit]:
    """OVS-002: bands of one body that overlap, leave an age out, or end before they begin."""
    for body in protocol.oversight:
        bands = body.paediatric.bands if body.paediatric is not None else ()
        for number, band in enumerate(bands):
            yield from _band(protocol, body, band, bands[number + 1] if number + 1 < len(bands) else None)


def _band(protocol: Protocol, body: OversightBody, band: AssentBand, following: AssentBand | None) -> Iterator[Hit]:
    path = f"/oversight/{body.id}/paediatric/bands/{band.id}"
    begins, ends = band.from_age.value, band.below_age.value
    if begins is not None and ends is not None and _days(begins) >= _days(ends):
        yield Hit(
            path, f'band "{band.id}" begins at {begins} and ends at {ends}', "exchange the two ages, or correct one"
        )
    if following is None or ends is None or following.from_age.value is None:
        return
    next_one = following.from_age.value
    if _days(next_one) != _days(ends):
        problem = "overlaps" if _days(next_one) < _days(ends) else "leaves a gap to"
        message = f'band "{band.id}" ends at {ends} and {problem} "{following.id}", which begins at {next_one}'
        hint = "list bands youngest first; each begins at the age at which the one before it ends"
        yield Hit(f"/oversight/{body.id}/paediatric/bands/{following.id}/from_age", message, hint)


def minors_without_a_determination(protocol: Protocol) -> Iterator[Hit]:
    """OVS-003: a site where people below 18 may take part and no ethics committee has decided about children."""
    lowest = protocol.population.minimum_age
    if lowest is not None and (lowest.value is None or _days(lowest.value) >= _ASK_BELOW):
        return
    bodies = [body for body in protocol.oversight if body.role in _ETHICS and body.paediatric is not None]
    decided = {site for body in bodies for site in body.sites}
    ages = f"from {lowest.value}" if lowest is not None else "of any age"
    for site in protocol.sites:
        if site.id not in decided:
            message = f'participants {ages} are seen at "{site.id}", but no ethics committee decided about children'
            hint = "add 'paediatric:' to its body under 'oversight', or 'minimum_age' to the population"
            yield Hit(f"/sites/{site.id}", message, hint)


def assent_at_odds_with_bands(protocol: Protocol) -> Iterator[Hit]:
    """ASN-001: words for a band of assent that no body recorded, or a band that asks and has no words."""
    bands = [(body, band) for body in protocol.oversight for band in (body.paediatric.bands if body.paediatric else ())]
    recorded, written = [band.id for _, band in bands], ids(protocol.consent.assent)
    for name in written:
        if name not in recorded:
            message = f'assent "{name}" is written for a band that no body recorded'
            yield Hit(f"/consent/assent/{name}/id", message, guess(name, recorded))
    for body, band in bands:
        if band.id not in written and band.asks.value not in (None, "nothing"):
            message = f'children of band "{band.id}" are asked, but nothing is written for them'
            hint = f"add 'id: {band.id}' to 'consent: assent:'; its texts may be TODO"
            yield Hit(f"/oversight/{body.id}/paediatric/bands/{band.id}", message, hint)


def _days(age: str) -> Decimal:
    return Duration.parse(age).approx_days()
