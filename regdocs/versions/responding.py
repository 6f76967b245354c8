"""Answering a body: the same amendment submitted again, with an answer to each stipulation of a decision.

Where wording changes for it, that is recorded as another wording of the amendment, declared by the answers; else what
was decided on is submitted again. Knows the log and the study; asks nobody and writes nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from regdocs.amendment import declared as declaration
from regdocs.amendment.coverage import covers
from regdocs.amendment.declaration import Enrolment
from regdocs.amendment.given import MAX_TEXT
from regdocs.amendment.response import FILE, PLACE, Answer, Responded, Response, load_response
from regdocs.amendment.slip import Slip
from regdocs.audit.line import Json
from regdocs.build.study import PROTOCOL, Inputs, read_inputs
from regdocs.errors import Refusal
from regdocs.finding import Finding, has_errors
from regdocs.source import START
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from regdocs.spec.tree import data_form
from regdocs.spec.yaml_text import parse_yaml
from regdocs.versions.amending import changed_places, other_blocks
from regdocs.versions.amendment_preparation import prepare_recorded, prepare_resubmission
from regdocs.versions.decisions import decisions_of
from regdocs.versions.differences import Differences, compared
from regdocs.versions.facts import unsealed
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.preparation import Asked, NotReady, Prepared, logbook_for
from regdocs.versions.sides import side_of
from regdocs.versions.snapshot import stored_declaration
from regdocs.versions.submissions import submissions_of
from regdocs.versions.versions_named import doubtful_versions

Clock = Callable[[], float]
CHANGE = "stipulation-"


@dataclass(frozen=True, slots=True)
class Answering:
    """A response that may be recorded.

    Attributes:
        logbook: The log as it was looked at.
        decision: The entry of the decision, whole.
        asked: Its stipulations, word for word.
        response: What is answered.
        version, date: Of the protocol that is submitted.
        protocol, inputs: The working copy, which says what bodies are called.
        places: Labels of what changed, by the number of the stipulation.
        prepared: Another wording of the amendment, which is recorded first unless it is (`prepared.recorded`); None
            where there is none.
        findings: What was found in the answers and does not stand against them.
    """

    logbook: Logbook
    decision: Mapping[str, Any]
    asked: tuple[str, ...]
    response: Response
    version: str
    date: str
    protocol: Protocol
    inputs: Inputs
    places: Mapping[int, tuple[str, ...]]
    prepared: Prepared | None = None
    findings: tuple[Finding, ...] = ()

    def answers(self) -> tuple[dict[str, Json], ...]:
        """Return the answers as the entry of the submission has them: a stipulation that is sealed stays so."""
        texts = self.decision["stipulations"]
        return tuple(_as_entry(one, texts[one.number - 1]) for one in self.response.stipulations)


def decision_named(logbook: Logbook, named: str) -> dict[str, Any]:
    """Return the entry of a decision, whole: by its number, or by the body's reference.

    Raises:
        Refusal: There is none, or several have the reference.
    """
    listed = list(decisions_of(logbook))
    found = [one for one in listed if named in (one["reference"], str(one["n"]))]
    if len(found) == 1:
        return found[0]
    if not found:
        known = ", ".join(f"{one['n']} ({one['reference']})" for one in listed) or "none"
        raise Refusal(f'no decision is recorded as "{named}"; recorded are the entries: {known}')
    numbers = ", ".join(str(one["n"]) for one in found)
    raise Refusal(f'several decisions have the reference "{named}": say which entry, of {numbers}')


def stipulations_of(logbook: Logbook, decision: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the stipulations of a decision, word for word.

    Raises:
        Refusal: It has none.
    """
    found = tuple(unsealed(logbook, one) for one in decision.get("stipulations", ()))
    if not found:
        hint = 'where its letter has some, say so with "regdocs correct" and record the decision with them'
        raise Refusal(
            f"the decision in entry {decision['n']} has no stipulations, so there is nothing to answer; {hint}"
        )
    return found


def prepare_answers(
    study: Path, data: bytes, decision: Mapping[str, Any], wanted: Asked, clock: Clock = lambda: 0.0
) -> Answering:
    """Return a response to a decision, ready to be recorded.

    Args:
        data: The bytes of response.yaml.
        decision: The entry of the decision, whole.
        wanted: What is asked of another wording; its version, declaration and reason are filled in.

    Raises:
        NotReady: The response has mistakes, or something in it or in the study is open: each is named.
        Refusal: The decision has no stipulations, or was answered; the version that was decided on is not the last
            wording.
        NotAllowed: The log is of a public record.
    """
    logbook = logbook_for(study, "submit")
    demand_unanswered(logbook, decision)
    asked = stipulations_of(logbook, decision)
    read = load_response(data, decision["reference"], asked, decision["decided"])
    if read.response is None or has_errors(read.findings):
        raise NotReady(read.findings)
    inputs = read_inputs(study)
    protocol = _protocol(inputs)
    said, date = protocol.version.present, protocol.date.present
    answering = Answering(logbook, decision, asked, read.response, said, date, protocol, inputs, {})
    recorded = said in [one.name for one in logbook.versions]
    if not recorded and any(one.changed for one in read.response.stipulations):
        found = _with_wording(study, answering, wanted, clock)
    else:
        found = _with_places(answering, read, wanted, clock)
    named = doubtful_versions(read, logbook, found.version, decision["sites"], found.prepared)
    return replace(found, findings=(*read.findings, *named))


def demand_unanswered(logbook: Logbook, decision: Mapping[str, Any]) -> None:
    """Refuse a second answer: what the body wants besides, it says in another decision. Raises Refusal."""
    answered = next((one["n"] for one in submissions_of(logbook) if one.get("to") == decision["n"]), None)
    if answered is not None:
        hint = 'what is wrong in the answer is put right with "regdocs correct", what is asked anew is a new decision'
        raise Refusal(f"the decision in entry {decision['n']} was answered in entry {answered}; {hint}")


def _protocol(inputs: Inputs) -> Protocol:
    protocol = load(inputs.protocol, PROTOCOL).protocol
    if protocol is None or protocol.version.value is None or protocol.date.value is None:
        raise Refusal('protocol.yaml has mistakes or does not say its version and date; "regdocs check" lists what')
    return protocol


# ---------------------------------------------------------------------------------------------------- another wording


def _with_wording(study: Path, answering: Answering, wanted: Asked, clock: Clock) -> Answering:
    """Return the response with another wording of the amendment that was decided on."""
    last = answering.logbook.versions[-1]
    decided = answering.logbook.version(answering.decision["version"])
    if decided.amendment != last.amendment:
        words = f"version {decided.name}, and amendment {last.amendment} was recorded after it"
        raise Refusal(f"the decision is on {words}: it can be answered, and its wording cannot be changed any more")
    declared = stored_declaration(answering.logbook, last)
    if declared is None:
        hint = 'record what changes with "regdocs amend --record", and answer then'
        raise Refusal(f"version {last.name} is the original protocol, which has no other wording; {hint}")
    own = replace(wanted, version=answering.version, declaration=_declared(declared, answering))
    try:
        prepared = prepare_resubmission(study, own, clock)
    except NotReady as error:
        raise NotReady(tuple(map(_of_the_response, error.findings))) from error
    assert prepared.amended is not None, "another wording changes something"
    found = prepared.amended.amending.differences
    return replace(answering, prepared=prepared, places=_places(answering.response, _labels(found, answering.protocol)))


def _declared(before: bytes, answering: Answering) -> bytes:
    """Return the declaration of another wording: the amendment's own answers, and what changed for each stipulation."""
    tree, _ = parse_yaml(before, declaration.FILE)
    form = data_form(tree) if tree is not None else None
    if not isinstance(form, dict):
        raise Refusal("what was declared of the amendment cannot be read any more")
    reference = answering.decision["reference"]
    changes = [_change(one, reference, answering.asked) for one in answering.response.stipulations if one.changed]
    told: dict[str, Any] = {key: value for key, value in form.items() if key != "classes"}
    told |= {"enrolment": _enrolment(answering.response.enrolment)} if answering.response.enrolment else {}
    told |= {"version": answering.version, "on": answering.protocol.date.value, "changes": changes}
    numbers = ", ".join(str(one.number) for one in answering.response.stipulations if one.changed)
    told["summary"] = f"Wording changed in answer to {reference}, stipulation {numbers}"
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120).encode("utf-8")


def _enrolment(said: Enrolment) -> dict[str, Any]:
    given = {"count": said.count, "percent": said.percent, "scope": said.scope, "at": said.at}
    return {key: one.present if key != "percent" else str(one.present) for key, one in given.items() if one is not None}


def _change(one: Answer, reference: str, asked: tuple[str, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {"id": f"{CHANGE}{one.number}", "summary": one.answer.present, "covers": list(one.changed)}
    told["rationale"] = _rationale(f"{reference}, stipulation {one.number}", asked[one.number - 1])
    if one.affects_consent is not None:
        why = one.affects_consent.why
        told["affects_consent"] = {"affects": one.affects_consent.affects.present} | (
            {"why": why.present} if why is not None else {}
        )
    return told


def _rationale(which: str, words: str) -> str:
    """Return the words of a stipulation as the reason of a change; where they are too long, where they stand."""
    whole = f"{which}: {words}"
    return whole if len(whole) <= MAX_TEXT else f"{which}, whose words stand in the decision and in the answer to it"


def _of_the_response(finding: Finding) -> Finding:
    """Return what was found in the declaration as it is mended: in the file that people wrote."""
    if finding.file != declaration.FILE:
        return finding
    hint = (finding.hint or "").replace("'covers' of a change", "'changed' of the stipulation that asks for it")
    return replace(finding, file=FILE, position=START, hint=hint or None, excerpt=None)


# ------------------------------------------------------------------------------------------------- what was recorded


def _with_places(answering: Answering, read: Responded, wanted: Asked, clock: Clock) -> Answering:
    """Return the response with what changed between the version that was decided on and the one submitted now.

    Another wording of the amendment is composed once more: its letter was not made.
    """
    logbook, decided = answering.logbook, answering.decision["version"]
    recorded = _submitted_now(answering)
    labels: Mapping[str, str] = {}
    if recorded.name != decided:
        found = compared(side_of(logbook, decided), side_of(logbook, recorded.name), clock)
        labels = _labels(found, answering.protocol)
    slips = tuple(_vain(answering.response, labels, recorded.name))
    if slips:
        raise NotReady((*read.findings, *map(read.told, slips)))
    date = json.loads(logbook.object(recorded.data))["date"]
    again = recorded.amendment is not None and recorded.name != decided
    prepared = prepare_recorded(logbook, recorded, wanted, clock) if again else None
    places = _places(answering.response, labels)
    return replace(answering, version=recorded.name, date=date, places=places, prepared=prepared)


def _submitted_now(answering: Answering) -> Version:
    """Return the last recorded wording of what was decided on; of a changed original protocol the working copy's.

    Raises:
        Refusal: Its documents are not issued yet.
    """
    logbook = answering.logbook
    decided = logbook.version(answering.decision["version"])
    changed = any(one.changed for one in answering.response.stipulations)
    if decided.amendment is None and changed:
        return logbook.version(answering.version)
    last = [one for one in logbook.versions if one.amendment == decided.amendment][-1]
    if not last.issues:
        raise Refusal(f'version {last.name} has no documents yet; "regdocs amend --resume" completes it first')
    return last


def _vain(response: Response, labels: Mapping[str, str], version: str) -> "list[Slip]":
    hint = "write the place that changed; where protocol.yaml is to change for it, give it a new version there"
    return [
        Slip(
            PLACE, f"/stipulations/{place}/changed/{number}", f'nothing changed at "{cover}" in version {version}', hint
        )
        for place, one in enumerate(response.stipulations)
        for number, cover in enumerate(one.changed)
        if not any(covers(cover, changed) for changed in labels)
    ]


def _labels(found: Differences, protocol: Protocol) -> dict[str, str]:
    return changed_places(found) | other_blocks(found, protocol.language)


def _places(response: Response, labels: Mapping[str, str]) -> dict[int, tuple[str, ...]]:
    """Return labels of what changed, by the number of the stipulation."""
    return {
        one.number: tuple(label for path, label in labels.items() if any(covers(cover, path) for cover in one.changed))
        for one in response.stipulations
    }


def _as_entry(one: Answer, text: Json) -> dict[str, Json]:
    told: dict[str, Json] = {"number": one.number, "text": text, "answer": one.answer.present}
    if one.unchanged is not None:
        return told | {"unchanged": one.unchanged.present}
    return told | {"changed": list(one.changed)}
