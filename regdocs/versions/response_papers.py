"""The letter of a response and its entry: what is printed of the answers, with pages where wording changed.

Joins the response with what was recorded for it, and lays the letter in a folder; decides nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from regdocs.audit.line import Json
from regdocs.build.examine import template_texts
from regdocs.build.output import refuse_output
from regdocs.build.writers import Print
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.content.identity import Identity
from regdocs.content.model import Text
from regdocs.documents.amended import AmendmentFacts, Printed
from regdocs.documents.compose import Composed, compose
from regdocs.documents.response_letter import NAME, Answered, Enclosed, ResponseFacts, response_letter
from regdocs.errors import Refusal
from regdocs.versions.amended_facts import title_of_issued
from regdocs.versions.amended_rows import Pages
from regdocs.versions.awaited import asks_for_decision
from regdocs.versions.issued import documents_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.made_anew import replace_folder
from regdocs.versions.papers import with_papers
from regdocs.versions.printed import prints_with
from regdocs.versions.responding import CHANGE, Answering, demand_unanswered
from regdocs.versions.submissions import Again, Submitted, submission, submissions_before

FOLDER, MARKER, FORMAT = "response", "response.json", "regdocs.response/v1"
DRAFT_MARK = "DRAFT – nothing is recorded or sent"


def prints_of_letter(answering: Answering, number: int, pages: Pages, *, draft: bool = False) -> dict[str, Print]:
    """Return what is printed of the letter, by file name.

    Args:
        answering: The response.
        number: Which submission it is.
        pages: Where blocks of the documents begin whose wording changed for it.
        draft: Whether each page says that nothing is recorded or sent.

    Raises:
        TemplateProblem: The template cannot be used.
    """
    document = letter_of(answering, number, pages).document
    if draft:
        marks = (*document.furniture.marks, (Text(DRAFT_MARK),))
        document = replace(document, furniture=replace(document.furniture, marks=marks))
    version = answering.version
    identity = Identity(version=version, date=answering.date, protocol_version=version)
    return prints_with(document, identity, NAME, ("pdf", "docx"), answering.inputs.templates)


def letter_of(answering: Answering, number: int, pages: Pages) -> Composed:
    """Return the letter. Raises and arguments as `prints_of_letter`."""
    protocol, told = answering.protocol, _facts_with(answering, pages)
    response, decision = answering.response, answering.decision
    facts = ResponseFacts(
        body=decision["body"],
        reference=decision["reference"],
        decided=decision["decided"],
        on=response.on.present,
        sender=response.sender.present,
        subject=_subject(answering),
        submission=number,
        answers=tuple(_answers(answering, told)),
        asks_decision=asks_for_decision(answering.logbook, decision, answering.version),
        enclosed=tuple(_enclosed(answering, told)),
    )
    return compose(response_letter(facts), protocol, None, protocol.language, template_texts(answering.inputs)[0])


def response_number(answering: Answering) -> int:
    """Return which submission to this body it is: one more than were made of this amendment."""
    return submissions_before(answering.logbook, answering.decision["version"], answering.decision["body"]) + 1


def response_entry(
    logbook: Logbook, by: str, answering: Answering, number: int, letter: Mapping[str, bytes]
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry of the submission that answers, and the letter's files as objects. Raises as `submission`.

    `logbook` is the log as it is after another wording was recorded. Raises Refusal also where somebody else answered
    or submitted meanwhile.
    """
    decision = answering.decision
    demand_unanswered(logbook, decision)
    if submissions_before(logbook, decision["version"], decision["body"]) + 1 != number:
        raise Refusal(f"somebody submitted to {decision['body']} meanwhile; try again")
    said = Submitted(answering.version, decision["body"], answering.response.on.present, tuple(decision["sites"]))
    files = tuple(letter[name] for name in sorted(letter))
    again = Again(decision["n"], number, answering.answers(), files)
    return submission(logbook, by, said, again=again), {sha256_hex(one): one for one in files}


def refuse_place(out: Path, study: Path) -> None:
    """Refuse a folder for the letter that is not one of ours. Raises Refusal."""
    refuse_output(out, study, MARKER)


def lay_letter(out: Path, answering: Answering, letter: Mapping[str, bytes]) -> None:
    """Lay the letter in a folder, which is replaced as a whole. Raises as `replace_folder`."""
    files: list[Json] = [{"path": path, "sha256": sha256_hex(letter[path])} for path in sorted(letter)]
    said: dict[str, Json] = {"format": FORMAT, "to": answering.decision["n"], "version": answering.version}
    replace_folder(out, letter, MARKER, canonical_json(said | {"files": files}) + b"\n")


def _facts_with(answering: Answering, pages: Pages) -> AmendmentFacts | None:
    """Return what is told of the other wording, with pages; None where there is none."""
    prepared = answering.prepared
    if prepared is None or prepared.amended is None:
        return None
    own = prepared.amended
    told = with_papers(prepared, own.amending, own.redlines, own.last, pages).amended
    assert told is not None, "it is an amendment"
    return told.facts


def _subject(answering: Answering) -> str:
    prepared, logbook = answering.prepared, answering.logbook
    amendment = prepared.amendment if prepared else logbook.version(answering.version).amendment
    what = "Original protocol" if amendment is None else f"Amendment {amendment}"
    return f"{what}, version {answering.version}"


def _answers(answering: Answering, told: AmendmentFacts | None) -> Iterator[Answered]:
    where: dict[str, tuple[Printed, ...]] = {row.id: row.documents for row in told.rows} if told else {}
    for one in answering.response.stipulations:
        yield Answered(
            number=one.number,
            text=answering.asked[one.number - 1],
            answer=one.answer.present,
            unchanged=one.unchanged.present if one.unchanged is not None else None,
            places=answering.places.get(one.number, ()),
            documents=where.get(f"{CHANGE}{one.number}", ()),
        )


def _enclosed(answering: Answering, told: AmendmentFacts | None) -> Iterator[Enclosed]:
    """Yield the documents of the decision's sites that changed: those of another wording, or of a later version."""
    sites = (None, *answering.decision["sites"])
    if told is not None:
        for one in told.documents:
            if one.new and one.site in sites:
                yield Enclosed(", ".join((one.document, *filter(None, (one.site,)))), str(one.version), one.files)
    elif answering.version != answering.decision["version"]:
        version = answering.logbook.version(answering.version)
        for issued in documents_of(answering.logbook, version):
            if issued.since is None and issued.site in sites:
                files = tuple(f"clean {file.path.rpartition('.')[2].upper()}" for file in issued.files)
                yield Enclosed(title_of_issued(issued), issued.version, files)
