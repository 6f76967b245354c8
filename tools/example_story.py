"""The story of DEMO-101 as its log tells it: who was enrolled, what was released, signed, corrected and noted, when.

All of it is invented: persons, boards, letters, dates. Times and nonce are fixed and keys are derived from names, so
that the same files give the same log. Submissions, decisions and amendments are told in `example_amendments`.
"""

import hashlib

from regdocs.versions import facts
from regdocs.versions.activations import Activated
from regdocs.versions.preparation import Asked
from regdocs.versions.signing import Elsewhere
from regdocs.versions.start import Enrolment
from tools.example_amendments import tell_of_first_approvals
from tools.example_letters import small_pdf, training_page
from tools.example_people import (
    ADMINISTRATORS,
    ALEX,
    BEGINNING,
    BOARD_NORTH,
    KIM,
    MAI,
    PAT,
    PEOPLE,
    ROBIN,
    ROWAN,
    SASHA,
)
from tools.example_scribe import Scribe, unix


def tell_until_release(scribe: Scribe) -> None:
    """Begin the log and release version 1.0, whose text lies in the study's folder."""
    scribe.begin("2026-01-14T09:00:00Z", BEGINNING, *ADMINISTRATORS)
    for number, (at, person, name, roles, how) in enumerate(PEOPLE):
        by, verifier = ((ROWAN, "Rowan Sample"), (PAT, "Pat Example"))[number % 2]
        scribe.enrol(at, Enrolment(person, name, roles, how, verifier), by)
    asked = Asked("1.0", reason="The original protocol (fictional)", on="2026-01-21", keep_bytes=False)
    scribe.release(("2026-01-21T10:00:00Z", "2026-01-21T10:20:00Z"), asked, ROBIN, "regulatory")


def tell_until_amendment(scribe: Scribe) -> bytes:
    """Have version 1.0 approved, let the study begin, and return the first head that the board holds."""
    version = scribe.book.versions[0]
    issue = version.issues[0].n
    scribe.sign("2026-01-22T08:10:00Z", version.n, "review", SASHA)
    scribe.sign("2026-01-22T15:00:00Z", version.n, "approval", KIM)
    scribe.sign("2026-01-22T16:30:00Z", version.n, "approval", ALEX)
    scribe.sign("2026-01-23T01:45:00Z", version.n, "approval", MAI)
    scribe.sign("2026-01-23T09:00:00Z", issue, "responsibility", KIM)
    said = Elsewhere("ink", "Dr Alex Example, MD (fictional)", "review", "2026-01-23")
    page = small_pdf("Page of signatures, DEMO-101 (fictional)", "Read and understood: A. Example, 23 January 2026")
    scribe.signed_elsewhere("2026-01-26T14:00:00Z", issue, page, said, ROBIN)
    tell_of_first_approvals(scribe)
    held = scribe.anchor("2026-02-20T16:00:00Z", ROBIN, BOARD_NORTH, None, unix("2026-02-20T15:30:00Z"))
    _tell_of_conduct(scribe)
    return held.to_bytes()


def _tell_of_conduct(scribe: Scribe) -> None:
    trained = training_page("north", "1.0", "2026-02-26")
    scribe.activate("2026-03-03T09:00:00Z", ROBIN, Activated("1.0", "north", "2026-03-02"), trained)
    text = "First participant: consent signed at Example Hospital North (fictional) on 8 March 2026."
    first = scribe.note("2026-03-10T15:20:00Z", ROBIN, text, on="2026-03-08")
    text = "The consent was signed on Monday, 9 March 2026, as the form itself says."
    correction = facts.correct(scribe.book, first, ROBIN, text, on="2026-03-09", why="The day was written down wrongly")
    scribe.record("2026-03-11T09:05:00Z", correction)
    trained = training_page("south", "1.0", "2026-03-12")
    scribe.activate("2026-03-17T02:00:00Z", MAI, Activated("1.0", "south", "2026-03-16"), trained)
    text = (
        "Participant S-004, initials Q.X. (invented): signed on the wrong line of the form, and again on the right one."
    )
    salt = hashlib.sha256(b"salt of an invented note").digest()[:16]
    sealed = scribe.sealed_note("2026-04-02T03:30:00Z", MAI, text, salt, on="2026-04-02")
    why = "The note held the initials of a participant, which do not belong in this log"
    scribe.redact("2026-04-20T13:00:00Z", PAT, sealed, why)
    why = "The computer with the key was exchanged; nobody else had it"
    scribe.rotate("2026-05-04T02:00:00Z", MAI, "k1", "k2", ROWAN, why)
    why = "Medical monitoring goes to a physician outside the sponsor"
    scribe.give_roles("2026-05-11T12:00:00Z", KIM, ("sponsor",), PAT, why)
    text = (
        "Letter of the Example Data Safety Board (fictional): participants are to be told of dizziness, and "
        "nobody with fainting of unknown cause is to be enrolled."
    )
    scribe.note("2026-06-02T10:00:00Z", KIM, text, on="2026-06-01")
