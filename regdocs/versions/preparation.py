"""Getting a version ready: everything that can be refused is refused here, before anything is recorded.

Knows what a study has to be for a version, and the release; `amendment_preparation` knows what an amendment needs
besides. Writes nothing, signs nothing, and asks nobody for a passphrase.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from regdocs.audit.forms import is_day
from regdocs.audit.line import Json
from regdocs.build.examine import Draftable, Examined, examine, trees_of
from regdocs.build.open_values import FINAL_RULE, refusals
from regdocs.build.study import PROTOCOL, Inputs, read_inputs
from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.draft import draft_of
from regdocs.documents.translate import BROKEN, MISSING, STALE, VALUE_MISSING
from regdocs.errors import EnvironmentLacks, Refusal, UsageError
from regdocs.finding import Finding, Severity, has_errors
from regdocs.render.environment import pdf_environment
from regdocs.spec.protocol import Protocol
from regdocs.versions.acting import refuse_in_record
from regdocs.versions.amending import Amending
from regdocs.versions.companions import Companion
from regdocs.versions.folders import demand_room
from regdocs.versions.issued import documents_of
from regdocs.versions.logbook import Logbook, Version, no_log_yet, open_logbook
from regdocs.versions.proposal import Before, Proposed, propose
from regdocs.versions.redlines import Against, Redlines
from regdocs.versions.snapshot import Snapshot, take_snapshot

_GAPS = (MISSING, STALE, BROKEN, VALUE_MISSING)


@dataclass(frozen=True, slots=True)
class Amended:
    """What an amendment has that no release has.

    Attributes:
        amending: What it declares and changes.
        facts: What its documents print of it.
        redlines: Tracked-changes versions of what it issues.
        companions: Documents that go with it.
        last: The version that it changes.
    """

    amending: Amending
    facts: AmendmentFacts
    redlines: Redlines
    companions: tuple[Companion, ...]
    last: Version


class NotReady(Refusal):
    """The study has mistakes, or something in it is open; `findings` name each."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        super().__init__(
            f"nothing was recorded: {errors} {'thing stands' if errors == 1 else 'things stand'} against it"
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks.

    Attributes:
        version: Name of the version, which protocol.yaml has to say too; "" for the one that was interrupted.
        reason, on: Why, and the day it happened; None when not said.
        chosen: Versions of single documents, by stem, in place of those proposed by rule.
        keep_bytes: Whether the documents' bytes are kept beside their trees.
        declaration: Bytes of amendment.yaml; an amendment needs them.
        against: Other bases for redlines than the approved ones, beside those that amendment.yaml names.
        track_identity: Whether running titles of redlines show the base's version and date too.
    """

    version: str
    reason: str | None = None
    on: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    keep_bytes: bool = True
    declaration: bytes | None = None
    against: tuple[Against, ...] = ()
    track_identity: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A version that may be recorded.

    Attributes:
        asked: What was asked.
        logbook: The log as it was looked at.
        inputs: What documents are made from.
        snapshot: The same, by digest.
        protocol: The protocol of this version.
        documents: The composed documents.
        proposed: Version and date of each, by stem.
        amendment: Number of the amendment, or None for the release.
        submission: Which wording of the amendment it is, from 2; None for the first.
        steps: What changed since the version before; () for the release.
        recorded: The version's entry when it is in the log already and only its documents are missing.
        findings: What was found and does not stand against it.
        amended: What the amendment declares and changes, its redlines, what goes with it; None for the release.
    """

    asked: Asked
    logbook: Logbook
    inputs: Inputs
    snapshot: Snapshot
    protocol: Protocol
    documents: tuple[Draftable, ...]
    proposed: Mapping[str, Proposed]
    amendment: int | None = None
    submission: int | None = None
    steps: tuple[Json, ...] = ()
    recorded: Version | None = None
    findings: tuple[Finding, ...] = ()
    amended: Amended | None = None


def prepare_release(study: Path, asked: Asked) -> Prepared:
    """Return the original protocol, ready to be recorded.

    Raises:
        NotReady: It has mistakes, or something is open: each is named.
        NotAllowed: The log is of a public record.
        Refusal: There is no log, or a release already; protocol.yaml says another version.
        EnvironmentLacks: No PDF can be made here.
    """
    inputs = read_inputs(study)
    examined = fit(inputs)
    logbook = logbook_for(study, "release")
    if logbook.versions:
        raise Refusal(
            f"version {logbook.versions[0].name} was released, and there is one release; "
            '"regdocs amend" records what comes after it'
        )
    return prepared_version(asked, logbook, inputs, examined)


def fit(inputs: Inputs) -> Examined:
    """Return the study composed, with no mistake in it and nothing open.

    Raises:
        NotReady: Errors, values to complete or assumed, words that are not translated; each is named.
        EnvironmentLacks: No PDF can be made here.
    """
    examined = examine(inputs)
    found = (*examined.findings, *open_in(examined)) if not has_errors(examined.findings) else examined.findings
    if has_errors(found):
        raise NotReady(tuple(one for one in found if one.severity is Severity.ERROR))
    lacking = pdf_environment()
    if lacking:
        raise EnvironmentLacks(f"no PDF can be made here: {lacking[0].what}. Remedy: {lacking[0].remedy}")
    return examined


def open_in(examined: Examined) -> Iterator[Finding]:
    """Yield an error for everything open: in protocol.yaml, in translations, and what else makes a document a draft."""
    protocol = examined.loaded.protocol
    assert protocol is not None
    written = [one.composed.document for one in examined.documents if one.language == protocol.language]
    found = list(refusals(examined.loaded, written))
    found += [replace(one, severity=Severity.ERROR) for one in examined.findings if one.rule in _GAPS]
    yield from found
    for one in examined.documents if not found else ():
        if draft_of(one.composed.document, protocol).notice:
            yield Finding(FINAL_RULE, Severity.ERROR, f'"{one.stem}" is still a draft', PROTOCOL)


def logbook_for(study: Path, kind: str) -> Logbook:
    """Return the log of the study, which may hold an entry of this kind.

    Raises:
        Refusal: There is no log.
        NotAllowed: The log is of a public record.
    """
    logbook = open_logbook(study)
    if logbook is None:
        raise no_log_yet(study)
    refuse_in_record(logbook, kind)
    return logbook


def prepared_version(
    asked: Asked,
    logbook: Logbook,
    inputs: Inputs,
    examined: Examined,
    before: Version | None = None,
    *,
    resumed: bool = False,
) -> Prepared:
    """Return a version of what was examined; of an amendment without what it changes and declares.

    Args:
        asked: What is asked.
        logbook: The log.
        inputs: What documents are made from.
        examined: The same, composed; without an error.
        before: The version before; None for the original protocol.
        resumed: Whether the version is in the log already.

    Raises:
        Refusal: protocol.yaml says another version, or one that is recorded; a document would get a version again.
        UsageError: A day or a chosen version has another form.
    """
    protocol = examined.loaded.protocol
    assert protocol is not None  # an error would have been found
    _demand_version(asked, protocol.version.present, [] if resumed else [one.name for one in logbook.versions])
    if not resumed:
        demand_room(logbook.study, asked.version)
    used = _used(logbook, asked.version)
    trees, date = trees_of(examined), protocol.date.present
    stood = _before(logbook, before) if before is not None else {}
    proposed = propose(trees, asked.version, date, stood, asked.chosen, used, protocol.language)
    snapshot = take_snapshot(inputs, examined.loaded, asked.declaration)
    documents, found = examined.documents, examined.findings
    return Prepared(asked, logbook, inputs, snapshot, protocol, documents, proposed, findings=found)


def _demand_version(asked: Asked, said: str, taken: list[str]) -> None:
    if said != asked.version:
        raise Refusal(f'protocol.yaml says version "{said}", not "{asked.version}"; both have to be the same')
    if asked.version in taken:
        raise Refusal(f'version "{asked.version}" is recorded already; a new version has a new name in protocol.yaml')
    if asked.on is not None and not is_day(asked.on):
        raise UsageError(f'"{asked.on}" is not a day of the form 2026-03-01')


def _before(logbook: Logbook, version: Version) -> dict[str, Before]:
    documents = documents_of(logbook, version)
    return {one.stem: Before(one.version, one.date, one.tree, one.source) for one in documents}


def _used(logbook: Logbook, name: str) -> dict[str, frozenset[str]]:
    """Return the versions that each document has had in other versions than the named one."""
    found: dict[str, frozenset[str]] = {}
    for version in logbook.versions:
        for one in documents_of(logbook, version) if version.issues and version.name != name else ():
            found[one.stem] = found.get(one.stem, frozenset()) | {one.version}
    return found
