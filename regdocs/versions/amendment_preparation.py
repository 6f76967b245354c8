"""Getting an amendment ready: what it changes and declares, redlines against approved bases, what goes with it.

A candidate may still be open and is for review; what is recorded may not. Writes nothing, signs nothing, and asks
nobody for a passphrase.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from regdocs.amendment.changes import steps_of
from regdocs.amendment.declared import FILE
from regdocs.audit.line import Json
from regdocs.build.examine import Examined, examine
from regdocs.build.open_values import FINAL_RULE
from regdocs.build.study import Inputs, read_inputs
from regdocs.errors import Refusal
from regdocs.finding import Finding, Severity, has_errors
from regdocs.versions.amending import Amending, amending, changes_between, first_declaration, setting_in
from regdocs.versions.changes_back import first_answers, open_changes, received_slips
from regdocs.versions.companions import Companion
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.papers import with_papers
from regdocs.versions.preparation import Asked, NotReady, Prepared, fit, logbook_for, open_in, prepared_version
from regdocs.versions.redlines import Against, redlines_of_version
from regdocs.versions.sides import side_composed, side_of
from regdocs.versions.snapshot import stored_declaration, stored_inputs

Clock = Callable[[], float]
REASONS_UNKNOWN = "AMD-015"
LAST_WORDING = "the wording that was submitted before"


def prepare_amendment(study: Path, asked: Asked, clock: Clock = lambda: 0.0) -> Prepared:
    """Return an amendment, ready to be recorded.

    Raises:
        NotReady: The study or the declaration has mistakes, something is open, or a change is declared by nobody: each
            is named.
        Refusal: There is no log, no release or no declaration; nothing changed; protocol.yaml says another version.
        NotAllowed: The log is of a public record.
        EnvironmentLacks: No PDF can be made here.
    """
    inputs = read_inputs(study)
    examined = fit(inputs)
    logbook, last = amendable(study)
    if asked.declaration is None:
        hint = '"regdocs amend --prepare" writes a first one'
        raise Refusal(f"there is no {FILE}, in which people say what changes and why; {hint}")
    prepared = with_amendment(prepared_version(asked, logbook, inputs, examined, last), examined, last, clock)
    _demand_closed(prepared)
    return _with_reason(prepared)


def prepare_resubmission(study: Path, asked: Asked, clock: Clock = lambda: 0.0) -> Prepared:
    """Return another wording of the last amendment, made in answer to a body, ready to be recorded.

    `asked.declaration` declares what it changes of the wording before. Its redlines are held against what was last
    approved and against that wording.

    Raises:
        NotReady, NotAllowed, EnvironmentLacks: As `prepare_amendment`.
        Refusal: As `prepare_amendment`, or the last version is the original protocol.
    """
    inputs = read_inputs(study)
    examined = fit(inputs)
    logbook, last = amendable(study)
    if last.amendment is None:
        hint = 'record what changes with "regdocs amend --record", and answer then'
        raise Refusal(f"version {last.name} is the original protocol, which has no other wording; {hint}")
    prepared = prepared_version(asked, logbook, inputs, examined, last)
    prepared = with_amendment(prepared, examined, last, clock, again=True)
    _demand_closed(prepared)
    return _with_reason(prepared)


def prepare_candidate(study: Path, asked: Asked, clock: Clock = lambda: 0.0) -> Prepared:
    """Return an amendment for review: what stands against recording it is among its findings, as warnings.

    The version is the one that protocol.yaml says. Without a declaration a first one is drafted
    (`Prepared.amended.amending.text`).

    Raises:
        NotReady: The study has mistakes, or the declaration cannot be read.
        Refusal, NotAllowed: As `prepare_amendment`.
    """
    inputs = read_inputs(study)
    examined = _without_errors(inputs)
    logbook, last = amendable(study)
    asked = replace(asked, version=_version_said(examined))
    prepared = with_amendment(prepared_version(asked, logbook, inputs, examined, last), examined, last, clock)
    standing = (*open_in(examined), *standing_against(prepared))
    return replace(prepared, findings=(*prepared.findings, *map(_as_warning, standing)))


def prepare_resume(study: Path, asked: Asked, clock: Clock = lambda: 0.0) -> Prepared:
    """Return the version whose documents are missing, composed from what the log keeps of it.

    Nothing of the working copy goes into it.

    Raises:
        Refusal: Every version has its documents; or today's program reads the stored protocol otherwise.
        NotReady: Today's program finds mistakes in it.
    """
    logbook = logbook_for(study, "issue")
    last = logbook.versions[-1] if logbook.versions else None
    if last is None or last.issues:
        raise Refusal("there is nothing to complete: every recorded version has its documents")
    return prepare_recorded(logbook, last, asked, clock)


def prepare_recorded(logbook: Logbook, version: Version, asked: Asked, clock: Clock = lambda: 0.0) -> Prepared:
    """Return a recorded version, composed again from what the log keeps of it. Raises as `prepare_resume`."""
    inputs = stored_inputs(logbook, version)
    examined = fit(inputs)
    asked = replace(asked, version=version.name, declaration=stored_declaration(logbook, version))
    place = logbook.versions.index(version)
    before = logbook.versions[place - 1] if place else None
    prepared = replace(prepared_version(asked, logbook, inputs, examined, before, resumed=True), recorded=version)
    if prepared.snapshot.data != version.data:
        raise Refusal(f"this program reads the protocol of version {version.name} otherwise than it was recorded")
    if before is None or asked.declaration is None:
        return prepared
    return with_amendment(prepared, examined, before, clock, again=version.submission > 1)


def amendable(study: Path) -> tuple[Logbook, Version]:
    """Return the log and its last version, on which an amendment may follow.

    Raises:
        Refusal: There is no log, nothing was released, or the last version has no documents yet.
        NotAllowed: The log is of a public record.
    """
    logbook = logbook_for(study, "amend")
    if not logbook.versions:
        raise Refusal('nothing was released yet; "regdocs release" records the original protocol')
    last = logbook.versions[-1]
    if not last.issues:
        raise Refusal(f'version {last.name} has no documents yet; "regdocs amend --resume" completes it first')
    return logbook, last


def standing_against(prepared: Prepared) -> tuple[Finding, ...]:
    """Return what keeps an amendment from being recorded: mistakes in what was declared, and what is still open."""
    own = prepared.amended
    if own is None:
        return ()
    files = tuple(_still_open(one) for one in own.companions if one.is_open)
    return (*own.amending.findings, *own.amending.still_open, *files)


def with_amendment(
    prepared: Prepared, examined: Examined, last: Version, clock: Clock, *, again: bool = False
) -> Prepared:
    """Return the version with what it changes of the one before, its redlines, and the documents that go with it.

    With `again` it is another wording of the amendment before, not the next one.

    Raises:
        NotReady: The declaration cannot be read.
        Refusal: Nothing changed; a base that was asked for is not there.
    """
    logbook, protocol = prepared.logbook, prepared.protocol
    here = side_composed(prepared.asked.version, prepared.inputs, examined)
    found = changes_between(side_of(logbook, last.name), here, clock)
    number = (last.amendment or 0) + (not again)
    setting = setting_in(logbook, last, protocol, number)
    given = prepared.asked.declaration
    open_words = () if again else open_changes(logbook, last)
    first = first_declaration(found, protocol, setting) + first_answers(open_words).encode("utf-8")
    own = amending(first if given is None else given, found, protocol, setting)
    if own.declared.declaration is None:
        raise NotReady(own.findings)
    if not again:
        slips = received_slips(logbook, own.declared.declaration, open_words, prepared.documents)
        own = replace(own, findings=(*own.findings, *own.declared.all_told(slips)))
    changed = tuple(one for one in prepared.documents if prepared.proposed[one.stem].since is None)
    against = (*prepared.asked.against, *_against(own))
    redlines = redlines_of_version(logbook, protocol, changed, against)
    if again:
        last_sent = redlines_of_version(logbook, protocol, changed, (Against(last.name, LAST_WORDING),))
        redlines = redlines.and_also(last_sent)
    if prepared.asked.track_identity:
        redlines = redlines.with_identity(prepared.asked.version, prepared.proposed)
    steps = cast("tuple[Json, ...]", tuple(steps_of(found.changes)))
    findings = (*prepared.findings, *(_untold(note) for note in found.notes))
    submission = last.submission + 1 if again else None
    numbered = replace(prepared, amendment=number, submission=submission, steps=steps, findings=findings)
    return with_papers(numbered, own, redlines, last)


def _untold(note: str) -> Finding:
    """Return what could not be told of the differences; then words that a template changed pass for the protocol's."""
    hint = "look at the redlines for words that no change of the protocol explains"
    return Finding(REASONS_UNKNOWN, Severity.WARNING, note, FILE, hint=hint)


def _version_said(examined: Examined) -> str:
    protocol = examined.loaded.protocol
    assert protocol is not None  # an error would have been found
    if protocol.version.value is None or protocol.date.value is None:
        raise Refusal("protocol.yaml does not say its version or its date yet; write those that the amendment gets")
    return protocol.version.value


def _without_errors(inputs: Inputs) -> Examined:
    examined = examine(inputs)
    if has_errors(examined.findings):
        raise NotReady(tuple(one for one in examined.findings if one.severity is Severity.ERROR))
    return examined


def _with_reason(prepared: Prepared) -> Prepared:
    """Return the amendment with the declared summary and date where a person said no others."""
    assert prepared.amended is not None, "an amendment was prepared"
    declaration, asked = prepared.amended.amending.declaration, prepared.asked
    reason, on = asked.reason or declaration.summary.present, asked.on or declaration.on
    return replace(prepared, asked=replace(asked, reason=reason, on=on))


def _demand_closed(prepared: Prepared) -> None:
    against = standing_against(prepared)
    if against:
        raise NotReady(against)


def _as_warning(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.WARNING)


def _still_open(companion: Companion) -> Finding:
    message = f'"{companion.stem}" prints something that is still to be completed'
    return Finding(FINAL_RULE, Severity.ERROR, message, FILE, hint="complete it in amendment.yaml or protocol.yaml")


def _against(own: Amending) -> tuple[Against, ...]:
    """Return the bases that amendment.yaml names in place of approved ones; one whose reason is open is not used."""
    listed = ((one, one.reason.value) for one in own.declaration.against)
    return tuple(Against(one.version, reason, one.body, one.site) for one, reason in listed if reason is not None)
