"""`response.yaml`: what a body asked for in a decision, and what is answered to each stipulation.

The project's own YAML reader and its complaints; then what the file says against the decision. All mistakes at once.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, Field

from regdocs.amendment.coverage import is_block, is_path
from regdocs.amendment.declaration import Consent, Enrolment, Number
from regdocs.amendment.given import Date, Given, Prose
from regdocs.amendment.slip import Slip, lines_of
from regdocs.finding import Finding, Severity
from regdocs.spec.kinds import Words
from regdocs.spec.known import Frozen, Known, listed, optional, required
from regdocs.spec.load import load_as
from regdocs.spec.paths import join
from regdocs.spec.tree import Node

FILE = "response.yaml"
STIPULATION, NOTHING_SAID, PLACE, OPEN_ITEM, VERSION = "RSP-001", "RSP-002", "RSP-003", "RSP-004", "RSP-005"


_PLACEHOLDER = re.compile(r"\W*((tb[acd]|todo|to do|xx+|n/?a|fixme|pending|lorem ipsum.*)\b)?\W*", re.IGNORECASE)
"""What people write until they know: "tbd", "xxx", "???", or no word at all."""


class Answer(Frozen):
    """One stipulation and what is answered: what changed for it, or why nothing did."""

    number: Number = required("Number of the stipulation, in the order of the decision.")
    text: Words = required("The stipulation, in the body's own words.")
    answer: Given[Prose] = required("The answer; it stands in the letter.")
    changed: tuple[Words, ...] = listed(
        "Places of protocol.yaml that changed for it (/consent/risks/dizziness), or blocks of documents "
        "(consent#consent.risks)."
    )
    unchanged: Given[Prose] | None = optional("Why nothing changed.")
    affects_consent: Consent | None = optional("Whether what changed affects consent.")


class Response(Frozen):
    """The answers to the stipulations of one decision."""

    format: Literal[1] = Field(alias="regdocs-response", description="Version of this format; the file's first key.")
    decision: Words = required("The body's reference of the decision.")
    on: Given[Date] = required("The day on which it goes to the body.")
    sender: Given[Words] = required("Who signs the letter: printed name and role.")
    enrolment: Enrolment | None = optional("How many are enrolled by now, where wording changes after others joined.")
    stipulations: tuple[Answer, ...] = required("Every stipulation of the decision, in its order.")


@dataclass(frozen=True, slots=True)
class Responded:
    """What came of reading the file: the response where the text allows one, and what was found, in its order."""

    response: Response | None
    findings: tuple[Finding, ...]
    tree: Node | None = None
    lines: tuple[str, ...] = ()

    def told(self, slip: Slip, severity: Severity = Severity.ERROR) -> Finding:
        """Return a slip as a finding at its place in the text."""
        return slip.finding(FILE, self.tree, self.lines, severity)


def load_response(data: bytes, reference: str, asked: Sequence[str], decided: str) -> Responded:
    """Read, type and lint a response to a decision. Nothing is raised for a bad text, however bad.

    Args:
        reference: The decision's own.
        asked: Its stipulations, word for word.
        decided: The day on which it was decided.
    """
    response, findings, tree = load_as(Response, data, FILE)
    if response is None:
        return Responded(None, findings, tree)
    read = Responded(response, findings, tree, lines_of(data))
    slips = (*_against(response, reference, decided), *_verbatim(response, asked))
    slips += (*_answers(response), *_open("", response))
    found = sorted(map(read.told, slips), key=lambda one: (one.position, one.rule))
    return Responded(response, (*findings, *found), tree, read.lines)


def first_response(reference: str, asked: Sequence[str]) -> str:
    """Return the text of a first response.yaml: each stipulation in the body's words, and TODO for what people say."""
    lines = ["regdocs-response: 1", "", f"decision: {_quoted(reference)}"]
    lines += ['on: "TODO: the day on which it goes to the body, as 2026-03-01"']
    lines += ['sender: "TODO: who signs the letter, printed name and role"']
    lines += ["# Where wording changes: how many are enrolled by now.", "# enrolment:", "#   count: 14"]
    lines += ["#   scope: globally", "#   at: 2026-03-01", "", "stipulations:"]
    for number, text in enumerate(asked, start=1):
        lines += [f"  - number: {number}", f"    text: {_quoted(text)}", '    answer: "TODO: what you answer"']
        lines += [
            "    # One of the two: places of protocol.yaml that changed for it, or why nothing changed.",
            "    # changed:",
        ]
        lines += ["    #   - /consent/risks/dizziness", '    unchanged: "TODO: why nothing changed"']
    return "\n".join((*lines, ""))


def _against(response: Response, reference: str, decided: str) -> Iterator[Slip]:
    """Yield where the file does not fit the decision: its reference and its day."""
    if _plain(response.decision) != _plain(reference):
        message = f'this is a response to "{response.decision}", and the decision is "{reference}"'
        yield Slip(STIPULATION, "/decision", message, f"write {_plain(reference)}")
    if response.on.value is not None and response.on.value < decided:
        message = f"it would go out on {response.on.value}, before the decision of {decided}"
        yield Slip(STIPULATION, "/on", message, "write the day on which the response goes to the body")


def _verbatim(response: Response, asked: Sequence[str]) -> Iterator[Slip]:
    """Yield where the file has not each stipulation once, in order, verbatim."""
    given = [one.number for one in response.stipulations]
    for number in sorted(set(range(1, len(asked) + 1)) - set(given)):
        hint = f'add it with its text: "{_short(asked[number - 1])}"'
        yield Slip(STIPULATION, "/stipulations", f"stipulation {number} of the decision is not answered", hint)
    for place, one in enumerate(response.stipulations):
        path = f"/stipulations/{place}"
        if one.number > len(asked):
            found = f"the decision has {len(asked)} stipulations, and no number {one.number}"
            yield Slip(STIPULATION, f"{path}/number", found, "take it away")
        elif given.index(one.number) != place:
            yield Slip(STIPULATION, f"{path}/number", f"stipulation {one.number} is answered twice", "answer it once")
        elif place and one.number < given[place - 1]:
            found = f"stipulation {one.number} stands after stipulation {given[place - 1]}"
            yield Slip(STIPULATION, f"{path}/number", found, "give them in the order of the decision")
        elif _plain(one.text) != _plain(asked[one.number - 1]):
            hint = f'write it as the decision has it: "{_short(asked[one.number - 1])}"'
            yield Slip(STIPULATION, f"{path}/text", f"these are not the words of stipulation {one.number}", hint)


def _answers(response: Response) -> Iterator[Slip]:
    for place, one in enumerate(response.stipulations):
        path = f"/stipulations/{place}"
        if bool(one.changed) == (one.unchanged is not None):
            both = "and that nothing changed" if one.changed else "what changed for it, nor why nothing did"
            message = f"stipulation {one.number} says {'what changed ' if one.changed else 'neither '}{both}"
            yield Slip(NOTHING_SAID, path, message, "write 'changed:' with the places, or 'unchanged:' with the reason")
        for number, cover in enumerate(one.changed):
            if not (is_path(cover) or is_block(cover)):
                hint = "write a place (/consent/risks/dizziness) or a block (consent#consent.risks)"
                yield Slip(PLACE, f"{path}/changed/{number}", f'"{cover}" names no place', hint)


def _open(path: str, value: object) -> Iterator[Slip]:
    """Yield what is still `TODO`: nothing open is sent."""
    if isinstance(value, Known):
        if value.todo is not None:
            yield Slip(OPEN_ITEM, path, f"still to be completed: {value.todo}", "write the value in place of the TODO")
        elif _PLACEHOLDER.fullmatch(str(value.value)):
            yield Slip(OPEN_ITEM, path, f'"{value.value}" is no answer: it keeps a place', "write what is meant")
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _open(join(path, name), getattr(value, name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _open(join(path, str(place)), item)


def _plain(text: str) -> str:
    """Return the words with single spaces: YAML folds lines as it likes."""
    return " ".join(text.split())


def _short(text: str) -> str:
    words = _plain(text)
    return words if len(words) <= 120 else f"{words[:119]}…"


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes, which JSON's strings are."""
    return json.dumps(_plain(text), ensure_ascii=False)
