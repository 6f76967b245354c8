"""The letter that answers the stipulations of a body's decision: each in its words, the answer, and where it changed.

Like the documents of an amendment it prints plain values that the caller hands in; it belongs to one submission and is
kept with it, not issued with a version.
"""

from dataclasses import dataclass

from regdocs.documents.amended import Printed
from regdocs.documents.amended_words import body_name, told_day
from regdocs.documents.kind import Kind
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol
from regdocs.units import date_words

NAME, TITLE = "response-letter", "Response to Stipulations"
_AT = "/response"


@dataclass(frozen=True, slots=True)
class Answered:
    """A stipulation in the body's words, and what is answered.

    Attributes:
        unchanged: Why nothing changed; None where something did.
        places: Labels of the places that changed ("Risk dizziness: text").
        documents: Where that stands in documents, as far as it is known.
    """

    number: int
    text: str
    answer: str
    unchanged: str | None
    places: tuple[str, ...] = ()
    documents: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Files that go with the letter: the document in words, its version, and which ("tracked DOCX from 1.0")."""

    document: str
    version: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """All that the letter prints beside the protocol. Days are ISO dates.

    Attributes:
        body: Id of the body.
        reference, decided: Of its decision.
        on, sender: When it goes, and who signs.
        subject: What is submitted again: "Amendment 1, version 2.1".
        submission: Which submission it is.
        asks_decision: Whether the body has still to decide.
    """

    body: str
    reference: str
    decided: str
    on: str
    sender: str
    subject: str
    submission: int
    answers: tuple[Answered, ...]
    asks_decision: bool
    enclosed: tuple[Enclosed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    id: Name
    number: Shown
    text: Shown
    answer: Shown
    unchanged: Shown | None
    places: tuple[Shown, ...]
    documents: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class _Enclosed:
    id: Name
    document: Shown
    version: Shown
    files: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ResponseLetterView:
    """All that the letter prints."""

    study: Study
    body: Shown
    reference: Shown
    decided: Shown
    date: Shown
    sender: Shown
    subject: Shown
    submission: Shown
    asks_decision: bool
    answers: tuple[_Answer, ...]
    enclosed: tuple[_Enclosed, ...]


def response_letter(facts: ResponseFacts) -> Kind:
    """Return the kind for one response, to be composed and printed as any other."""

    def view(protocol: Protocol, reader: Reader, _site: Site | None) -> object:
        return _view(protocol, facts, reader)

    return Kind(NAME, TITLE, ("pdf", "docx"), per_site=False, view=view)


def _view(protocol: Protocol, facts: ResponseFacts, reader: Reader) -> ResponseLetterView:
    return ResponseLetterView(
        study=study_of(protocol, reader),
        body=body_name(protocol, reader, facts.body),
        reference=reader.fact(facts.reference, f"{_AT}/decision"),
        decided=told_day(reader, facts.decided, f"{_AT}/decided", "day of the decision"),
        date=reader.fact(date_words(facts.on), f"{_AT}/on"),
        sender=reader.fact(facts.sender, f"{_AT}/sender"),
        subject=reader.fact(facts.subject, f"{_AT}/subject"),
        submission=reader.fact(str(facts.submission), f"{_AT}/submission"),
        asks_decision=facts.asks_decision,
        answers=tuple(_answer(one, reader) for one in facts.answers),
        enclosed=tuple(_enclosed(number, one, reader) for number, one in enumerate(facts.enclosed, start=1)),
    )


def _answer(one: Answered, reader: Reader) -> _Answer:
    path = f"{_AT}/stipulations/{one.number}"
    return _Answer(
        id=Name(str(one.number)),
        number=reader.fact(str(one.number), f"{path}/number"),
        text=reader.fact(one.text, f"{path}/text"),
        answer=reader.fact(one.answer, f"{path}/answer"),
        unchanged=None if one.unchanged is None else reader.fact(one.unchanged, f"{path}/unchanged"),
        places=tuple(reader.fact(label, f"{path}/changed") for label in one.places),
        documents=tuple(reader.fact(_in_document(where), f"{path}/documents") for where in one.documents),
    )


def _in_document(where: Printed) -> str:
    if not where.pages:
        return where.document
    word = "page" if len(where.pages) == 1 else "pages"
    return f"{where.document}: {word} {', '.join(map(str, where.pages))}"


def _enclosed(number: int, one: Enclosed, reader: Reader) -> _Enclosed:
    path = f"{_AT}/enclosed/{number}"
    return _Enclosed(
        id=Name(str(number)),
        document=reader.fact(one.document, path),
        version=reader.fact(one.version, f"{path}/version"),
        files=tuple(reader.fact(file, f"{path}/files") for file in one.files),
    )
