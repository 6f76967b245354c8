"""Says what a board's waiver of consent leaves as it was: forms that are still built, and laws that it is not about.

Knows which documents are made; a finding stands at the citation of the decision. Which decisions count, and for whom,
is `documents/waived_consent.py`.
"""

from collections.abc import Iterable, Iterator

from regdocs.build.alterations import ANOTHER_LAW
from regdocs.documents.waived_consent import consent_waivers, laws_not_named
from regdocs.finding import Finding, Severity
from regdocs.spec.identity import Site
from regdocs.spec.load import Loaded
from regdocs.spec.oversight import Waiver
from regdocs.units import join_words

STILL_BUILT = "WAV-006"
_SOURCE = "45 CFR 46.116(f), 46.408"
_WHY = {
    "assent": "assent, 45 CFR 46.408(a)",
    "parental-permission": "permission, 45 CFR 46.408(b) and (c)",
    "privacy-authorisation": "use of health information, 45 CFR 164.512(i)",
}


def unmet_waivers(loaded: Loaded, documents: Iterable[tuple[str, Site | None]]) -> list[Finding]:
    """Return the findings of all waivers of consent; `documents` are kind and site of what is made."""
    assert loaded.protocol is not None  # what cannot be loaded is never composed
    made = tuple(documents)
    waivers = (waiver for waiver in loaded.protocol.waivers if waiver.kind == "waiver-of-consent")
    return [finding for waiver in waivers for finding in _of_waiver(waiver, made, loaded)]


def _of_waiver(waiver: Waiver, made: tuple[tuple[str, Site | None], ...], loaded: Loaded) -> Iterator[Finding]:
    assert loaded.protocol is not None
    laws = laws_not_named(loaded.protocol, waiver)
    if laws:
        names = join_words([law.name for law in laws])
        message = (
            f'the waiver of consent "{waiver.id}" rests on "{waiver.citation}", which does not waive what {names} '
            "asks, and the study is recorded as under it: participants are asked all the same"
        )
        hint = f"where the body decided under {names} too, name it in 'citation'; else the forms are right"
        yield _finding(ANOTHER_LAW, message, hint, loaded, waiver)
        return
    protocol = loaded.protocol
    still = {kind for kind, site in made if kind in _WHY and waiver in consent_waivers(protocol, site)}
    if still:
        listed = join_words([f'"{kind}" ({_WHY[kind]})' for kind in _WHY if kind in still])
        message = f'the waiver of consent "{waiver.id}" names "{waiver.citation}"; still built: {listed}'
        hint = "where these are waived too, name their clause in 'citation'; for health information answer \"No\""
        yield _finding(STILL_BUILT, message, hint, loaded, waiver)


def _finding(rule: str, message: str, hint: str, loaded: Loaded, waiver: Waiver) -> Finding:
    position = loaded.place(f"/waivers/{waiver.id}/citation")
    return Finding(rule, Severity.WARNING, message, loaded.file, position, hint, _SOURCE, loaded.line(position))
