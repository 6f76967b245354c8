"""What a declaration says against itself, against the protocol and against the log. Knows no place in a text.

CDISC's proposals for amendments (DDF-RA issue 477) and ICH M11. That each question of impact has one answer, and a
change one id at its place, needs no rule here: keys cannot stand twice.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from regdocs.amendment.coverage import is_block, is_path
from regdocs.amendment.declaration import Declaration, Impact
from regdocs.amendment.reasons import REASON_LIST, REASONS
from regdocs.amendment.regime_classes import CLASSES
from regdocs.amendment.slip import Slip
from regdocs.spec.complaints import nearest
from regdocs.spec.protocol import Protocol

REASON, OTHER_WORDS, COUNT, EXPLANATION = "AMD-001", "AMD-002", "AMD-003", "AMD-004"
IDENTITY, SCOPE, COVER, OVERRIDE, CONSENT, TWICE = "AMD-005", "AMD-006", "AMD-007", "AMD-010", "AMD-011", "AMD-013"
REFERENCE = "AMD-014"
_M11 = "ICH M11, Amendment Details"
_DDF = "CDISC DDF-RA issue 477"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a declaration has to fit.

    Attributes:
        number: The number that comes next: amendments recorded so far and one.
        version, on: As protocol.yaml says; None while it is open there.
        since: Date of the last recorded version; None where nothing was recorded.
        sites: Countries of the sites, by the site's id.
        bodies: Ids of the bodies.
        urgent: Numbers of the entries of urgent safety measures in the log.
    """

    number: int
    version: str | None
    on: str | None
    since: str | None
    sites: Mapping[str, str]
    bodies: tuple[str, ...]
    urgent: tuple[int, ...] = ()


def setting_of(protocol: Protocol, number: int, since: str | None, urgent: tuple[int, ...] = ()) -> Setting:
    """Return what a declaration of this protocol has to fit."""
    sites = {site.id: site.country for site in protocol.sites}
    bodies = tuple(body.id for body in protocol.oversight)
    return Setting(number, protocol.version.value, protocol.date.value, since, sites, bodies, urgent)


def slips_in(declaration: Declaration) -> Iterator[Slip]:
    """Yield what the declaration says against itself."""
    yield from _reasons(declaration)
    yield from _enrolment(declaration)
    yield from _explanation("safety_or_rights", declaration.impact.safety_or_rights)
    yield from _explanation("data_reliability", declaration.impact.data_reliability)
    yield from _scope_alone(declaration)
    yield from _changes(declaration)
    yield from _overrides(declaration)


def slips_against(declaration: Declaration, setting: Setting) -> Iterator[Slip]:
    """Yield what the declaration says against the protocol and the log."""
    yield from _identity(declaration, setting)
    yield from _scope_of(declaration, setting)
    for place, base in enumerate(declaration.against):
        yield from _unknown(f"/against/{place}/body", "body", base.body, setting.bodies)
        if base.site is not None:
            yield from _unknown(f"/against/{place}/site", "site", base.site, setting.sites)
    if declaration.follows is not None and declaration.follows not in setting.urgent:
        known = ", ".join(map(str, setting.urgent)) or "none"
        message = f"entry {declaration.follows} of the log is no urgent safety measure"
        yield Slip(REFERENCE, "/follows", message, f"entries of urgent safety measures: {known}")


def _reasons(declaration: Declaration) -> Iterator[Slip]:
    reasons = declaration.reasons
    places = {"/reasons/primary": reasons.primary.value}
    places |= {f"/reasons/secondary/{place}": one.value for place, one in enumerate(reasons.secondary)}
    for path, words in places.items():
        if words is not None and words not in REASONS:
            guess = nearest(words, REASONS)
            hint = f'did you mean "{guess}"?' if guess else 'where no reason of the list fits, write "Other"'
            yield Slip(REASON, path, f'"{_shown(words)}" is not a reason of the list', hint, REASON_LIST)
    for path, words in list(places.items())[1:]:
        if words is not None and list(places.values()).count(words) > 1:
            yield Slip(TWICE, path, f'the reason "{_shown(words)}" is given twice', "name each reason once")
    if reasons.asks_other and reasons.other is None:
        yield Slip(OTHER_WORDS, "/reasons", '"Other" is a reason, and nothing says what it is', "write 'other:'", _M11)
    if reasons.other is not None and not reasons.asks_other and reasons.primary.todo is None:
        yield Slip(OTHER_WORDS, "/reasons/other", 'no reason is "Other"', "take 'other' away, or name \"Other\"", _M11)


def _enrolment(declaration: Declaration) -> Iterator[Slip]:
    enrolment = declaration.enrolment
    if (enrolment.count is None) == (enrolment.percent is None):
        found = "neither a count nor a percentage" if enrolment.count is None else "a count and a percentage"
        yield Slip(COUNT, "/enrolment", f"enrolment has {found}", "write one of 'count' and 'percent'", _M11)
    if enrolment.scope is None:
        hint = "write 'scope: globally' or 'scope: locally'"
        yield Slip(COUNT, "/enrolment", "nothing says where participants were counted", hint, _DDF)


def _explanation(question: str, impact: Impact) -> Iterator[Slip]:
    if impact.substantial.value and impact.explanation is None:
        message = "a substantial impact is likely, and nothing explains it"
        yield Slip(EXPLANATION, f"/impact/{question}", message, "write 'explanation:'", _M11)


def _scope_alone(declaration: Declaration) -> Iterator[Slip]:
    level, of = declaration.scope.level.value, declaration.scope.of
    if level == "global" and of:
        yield Slip(SCOPE, "/scope/of", "a global amendment names places", "take 'of' away, or set another level", _M11)
    if level not in (None, "global") and not of:
        yield Slip(SCOPE, "/scope", f"nothing says which {level} the amendment is for", "write 'of:'", _M11)


def _changes(declaration: Declaration) -> Iterator[Slip]:
    seen: set[str] = set()
    for number, change in enumerate(declaration.changes):
        path = f"/changes/{number}"
        if change.id in seen:
            yield Slip(TWICE, path, f'two changes have the id "{change.id}"', "give each change an id of its own")
        seen.add(change.id)
        if not change.covers:
            yield Slip(
                COVER, f"{path}/covers", f'the change "{change.id}" names no place', "write the places it covers"
            )
        for place, cover in enumerate(change.covers):
            yield from _cover(f"{path}/covers/{place}", cover)
        consent = change.affects_consent
        if consent is not None and consent.affects.value is False and consent.why is None:
            message = f'"{change.id}" does not affect consent, and nothing says why'
            yield Slip(CONSENT, f"{path}/affects_consent", message, "write 'why:'")


def _cover(path: str, cover: str) -> Iterator[Slip]:
    if cover == "/":
        yield Slip(COVER, path, '"/" covers the whole protocol', "name the places that change")
    elif not (is_path(cover) or is_block(cover)):
        hint = "write a path of protocol.yaml (/eligibility/E07), or kind#block (consent#consent.risks, consent#*)"
        yield Slip(COVER, path, f'"{_shown(cover)}" is no place', hint)


def _overrides(declaration: Declaration) -> Iterator[Slip]:
    ids = {change.id for change in declaration.changes}
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(declaration.classes):
        yield from _unknown(f"/classes/{place}/change", "change", one.change, ids, OVERRIDE)
        words = one.class_.value
        if CLASSES[one.regime] and words is not None and words not in CLASSES[one.regime]:
            message = f'"{_shown(words)}" is no class of {one.regime}'
            yield Slip(OVERRIDE, f"/classes/{place}/class", message, f"classes: {', '.join(CLASSES[one.regime])}")
        if (one.regime, one.change) in seen:
            message = f'"{one.change}" has two classes under {one.regime}'
            yield Slip(TWICE, f"/classes/{place}", message, "keep one of them")
        seen.add((one.regime, one.change))


def _identity(declaration: Declaration, setting: Setting) -> Iterator[Slip]:
    if declaration.number != setting.number:
        message = f"amendment {declaration.number}, but amendment {setting.number} comes next in the log"
        yield Slip(IDENTITY, "/number", message, f"write 'number: {setting.number}'")
    if setting.version is not None and declaration.version != setting.version:
        message = f'version "{_shown(declaration.version)}", but protocol.yaml says "{setting.version}"'
        yield Slip(IDENTITY, "/version", message, "the two have to agree")
    if setting.on is not None and declaration.on != setting.on:
        message = f'"{declaration.on}", but protocol.yaml is dated "{setting.on}"'
        yield Slip(IDENTITY, "/on", message, "the two have to agree")
    if setting.since is not None and declaration.on < setting.since:
        message = f'"{declaration.on}" is before {setting.since}, the date of the last recorded version'
        yield Slip(IDENTITY, "/on", message, "an amendment has a later date")
    counted = declaration.enrolment.at.value
    if counted is not None and setting.since is not None and counted < setting.since:
        message = f"participants were counted on {counted}, before the last recorded version of {setting.since}"
        yield Slip(IDENTITY, "/enrolment/at", message, "count anew", _M11)


def _scope_of(declaration: Declaration, setting: Setting) -> Iterator[Slip]:
    level = declaration.scope.level.value
    if level not in ("site", "country"):
        return
    known = list(setting.sites) if level == "site" else sorted(set(setting.sites.values()))
    for place, one in enumerate(declaration.scope.of):
        if one.value is not None:
            yield from _unknown(f"/scope/of/{place}", level, one.value, known, SCOPE)


def _unknown(path: str, what: str, name: str, known: Collection[str], rule: str = REFERENCE) -> Iterator[Slip]:
    if name not in known:
        guess = nearest(name, known)
        names = ", ".join(sorted(known)[:20]) or "none"
        hint = f'did you mean "{guess}"?' if guess else f"known: {names}"
        yield Slip(rule, path, f'there is no {what} "{_shown(name)}"', hint)


def _shown(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
