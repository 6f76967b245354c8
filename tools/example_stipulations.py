"""What DEMO-101's story tells after its second amendment: a late letter with conditions, their answers, an expiry.

All of it is invented. Each letter is a page that says so.
"""

from pathlib import Path

from regdocs.versions.activations import Activated
from regdocs.versions.decisions import Decided
from regdocs.versions.preparation import Asked
from regdocs.versions.receipts import Received
from tools.example_amendments import NAMES
from tools.example_letters import small_pdf, training_page
from tools.example_people import ALEX, KIM, ROBIN
from tools.example_scribe import Scribe
from tools.example_stamps import stamped
from tools.example_versions import files_of, response_of, write_files

_CONDITIONAL = (
    "Participants asked us when parking and tickets are paid back. Say so in the section on payment of the consent "
    "form and of the permission form. (Fictional.)",
    "Tell us why participants who signed before are not asked to sign again. (Fictional.)",
)

_TREES = Asked("", keep_bytes=False)


def tell_of_conditions(scribe: Scribe) -> None:
    """Have the letter on version 3.0 come ten days after the call: approved on conditions, not as was told."""
    reported = scribe.last("decision")
    letter = small_pdf(
        NAMES["board-north"],
        "Reference EXB-2026-014-A2, DEMO-101 version 3.0 of 7 September 2026",
        "Decided on 22 September 2026: approved on two conditions, to be met before use.",
        *(f"{number}. {text}" for number, text in enumerate(_CONDITIONAL, start=1)),
    )
    said = Decided(
        body="board-north",
        reference="EXB-2026-014-A2",
        outcome="conditionally-approved",
        decided="2026-09-22",
        received="2026-10-02",
        sites=("north",),
        documents=tuple(reported["documents"]),
        stipulations=_CONDITIONAL,
        version="3.0",
    )
    scribe.decide("2026-10-07T09:00:00Z", ROBIN, said, letter)


def tell_of_answers(scribe: Scribe, study: Path) -> None:
    """Answer the conditions: version 3.1 words amendment 2 anew, is submitted again, approved and used."""
    write_files(study, files_of("3.1"))
    decided = scribe.last("decision")["n"]
    times = ("2026-10-08T09:00:00Z", "2026-10-08T09:20:00Z")
    scribe.respond(times, "2026-10-09T09:00:00Z", decided, response_of("3.1"), (ROBIN, "regulatory"), _TREES)
    version = scribe.book.versions[-1]
    scribe.sign("2026-10-09T13:00:00Z", version.n, "approval", KIM)
    scribe.sign("2026-10-09T15:00:00Z", version.n, "approval", ALEX)
    scribe.sign("2026-10-09T16:00:00Z", version.issues[0].n, "responsibility", KIM)
    answered = scribe.last("submit")
    letter = small_pdf(
        NAMES["board-north"],
        "Reference EXB-2026-014-A2-R1, DEMO-101 version 3.1 of 6 October 2026",
        "Approved on 13 October 2026, effective 14 October 2026. Approval expires on 11 February 2027.",
        "Who signed before need not sign again; each gets the letter.",
    )
    said = Decided(
        body="board-north",
        reference="EXB-2026-014-A2-R1",
        outcome="approved",
        decided="2026-10-13",
        effective="2026-10-14",
        expires="2027-02-11",
        received="2026-10-15",
        sites=("north",),
        documents=tuple(answered["documents"]),
        classification="Minor change (fictional)",
        reconsent=(
            {
                "site": "north",
                "need": "not-required",
                "text": "Who signed before need not sign again; each gets the letter.",
            },
        ),
        version="3.1",
    )
    scribe.decide("2026-10-15T14:00:00Z", ROBIN, said, letter)


def tell_of_use(scribe: Scribe) -> None:
    """Have the stamped assent form of the north come back with one word changed, and the site use version 3.1."""
    said = Received(scribe.last("decision")["n"], "north", "en", "2026-10-16", "assent")
    copy = stamped(
        scribe.reworded("assent/north/en", "dizzy or sleepy", "dizzy or tired"),
        "APPROVED (FICTIONAL)",
        "Example Review Board North",
        "EXB-2026-014-A2-R1, 13 October 2026",
        "Expires 11 February 2027",
    )
    scribe.receive("2026-10-16T15:00:00Z", ROBIN, said, copy)
    trained = training_page("north", "3.1", "2026-10-19")
    scribe.activate("2026-10-20T12:00:00Z", ROBIN, Activated("3.1", "north", "2026-10-20"), trained)


def tell_of_renewal(scribe: Scribe) -> None:
    """Have the southern committee renew, a week after its approval of version 2.0 had expired."""
    expired = scribe.last("decision", body="committee-south")
    letter = small_pdf(
        NAMES["committee-south"],
        "Reference EEC-2026-007-C1, DEMO-101 version 2.0 of 8 June 2026",
        "Continuing review: renewed on 20 October 2026. Approval expires on 20 October 2027.",
    )
    said = Decided(
        body="committee-south",
        reference="EEC-2026-007-C1",
        outcome="approved",
        decided="2026-10-20",
        expires="2027-10-20",
        received="2026-10-22",
        sites=("south",),
        documents=tuple(expired["documents"]),
        version="2.0",
    )
    scribe.decide("2026-10-22T08:00:00Z", ROBIN, said, letter)
