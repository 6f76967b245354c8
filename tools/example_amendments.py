"""What DEMO-101's story tells of bodies and amendments: submitted, decided, amended, and a measure taken at once.

All of it is invented. Each letter is a page that says so.
"""

from dataclasses import dataclass
from pathlib import Path

from regdocs.audit.checkpoint import parse_checkpoint
from regdocs.canonical import sha256_hex
from regdocs.versions.activations import Activated
from regdocs.versions.decisions import Decided
from regdocs.versions.deviations import Deviation
from regdocs.versions.external_files import External
from regdocs.versions.preparation import Asked
from regdocs.versions.signing import Elsewhere
from regdocs.versions.submissions import Submitted
from regdocs.versions.urgent import AtSite, Measure
from tools.example_letters import small_pdf, training_page
from tools.example_people import ALEX, BOARD_NORTH, KIM, MAI, ROBIN, SASHA
from tools.example_scribe import Scribe, unix
from tools.example_versions import declaration_of, files_of, write_files

_NORTH, _SOUTH = ("board-north", "north"), ("committee-south", "south")
DATED = {"1.0": "12 January 2026", "2.0": "8 June 2026", "3.0": "7 September 2026", "3.1": "6 October 2026"}
NAMES = {
    "board-north": "Example Review Board North (fictional)",
    "committee-south": "Example Ethics Committee South (fictional)",
}
_STIPULATION = (
    "Please add to section 7 what a participant should do when dizziness does not pass within a day. Send us the "
    "changed page; the form may be used meanwhile. (Fictional.)"
)


@dataclass(frozen=True, slots=True)
class _Approval:
    """What a body decides of all that was submitted: reference, days, what it asks for and what it determines."""

    reference: str
    decided: str
    received: str
    expires: str | None = None
    stipulations: tuple[str, ...] = ()
    reconsent: tuple[dict[str, str], ...] = ()


_NORTH_APPROVES = _Approval(
    "EXB-2026-014-A1",
    "2026-06-26",
    "2026-06-29",
    stipulations=(_STIPULATION,),
    reconsent=(
        {
            "site": "north",
            "need": "required",
            "by": "2026-08-15",
            "text": "All who take tablets sign the new form at their next visit, and by 15 August 2026. (Fictional.)",
        },
    ),
)
_SOUTH_APPROVES = _Approval(
    "EEC-2026-007-A1",
    "2026-07-13",
    "2026-07-14",
    "2026-10-13",
    reconsent=(
        {
            "site": "south",
            "need": "required",
            "by": "2026-08-31",
            "text": "All participants sign the new form, by 31 August 2026. (Fictional.)",
        },
    ),
)
_USED_TOO_EARLY = Deviation(
    "DEV-2026-01",
    "south",
    "informed-consent",
    important=True,
    text="The new consent forms were used from 8 July 2026, five days before the committee approved them (fictional).",
    on="2026-07-08",
    reported={"sponsor": "2026-07-17", "committee-south": "2026-07-21"},
    due={},
)
_AGAINST_A_HAZARD = Deviation(
    "DEV-2026-02",
    "north",
    "immediate-hazard",
    important=True,
    text="A medicine that the protocol excludes was given at once against a severe attack of migraine (fictional).",
    on="2026-08-31",
    reported={"sponsor": "2026-08-31"},
    due={"board-north": "2026-09-07"},
)


def tell_of_first_approvals(scribe: Scribe) -> None:
    """Have version 1.0 submitted to both bodies and approved by them."""
    north = _submit(scribe, "2026-01-27T09:00:00Z", "1.0", _NORTH, "2026-01-26", (poster("en"),))
    south = _submit(scribe, "2026-01-27T09:20:00Z", "1.0", _SOUTH, "2026-01-27", (poster("vi"),))
    _approve(scribe, "2026-02-13T14:00:00Z", north, _Approval("EXB-2026-014", "2026-02-11", "2026-02-13"))
    _approve(scribe, "2026-02-19T08:00:00Z", south, _Approval("EEC-2026-007", "2026-02-18", "2026-02-19"))


def tell_first_amendment(scribe: Scribe, study: Path) -> None:
    """Record amendment 1, version 2.0, with redlines against what both bodies approved."""
    write_files(study, files_of("2.0"))
    reason = (
        "The data safety board asked on 1 June 2026 that dizziness is named as a risk, that fainting of unknown cause "
        "excludes, and for a visit at week 6; week 16 gets a wider window, as travel was hard to arrange (fictional)"
    )
    asked = Asked("2.0", reason=reason, on="2026-06-12", keep_bytes=False, declaration=declaration_of("2.0"))
    scribe.amend(("2026-06-12T09:00:00Z", "2026-06-12T09:20:00Z"), asked, ROBIN, "regulatory")


def tell_of_its_approvals(scribe: Scribe, held: bytes) -> bytes:
    """Have version 2.0 signed, approved in the north with a stipulation, later in the south; return a board's head."""
    version = scribe.book.versions[1]
    issue = version.issues[0].n
    scribe.sign("2026-06-12T13:00:00Z", version.n, "review", SASHA)
    scribe.sign("2026-06-12T15:30:00Z", version.n, "approval", KIM)
    scribe.sign("2026-06-12T17:00:00Z", version.n, "approval", ALEX)
    scribe.sign("2026-06-15T01:20:00Z", version.n, "approval", MAI)
    scribe.sign("2026-06-15T09:00:00Z", issue, "responsibility", KIM)
    north = _submit(scribe, "2026-06-16T09:00:00Z", "2.0", _NORTH, "2026-06-16")
    south = _submit(scribe, "2026-06-16T09:30:00Z", "2.0", _SOUTH, "2026-06-16")
    _approve(scribe, "2026-06-30T14:00:00Z", north, _NORTH_APPROVES)
    trained = training_page("north", "2.0", "2026-06-30")
    scribe.activate("2026-07-01T12:00:00Z", ROBIN, Activated("2.0", "north", "2026-07-01"), trained)
    said = Elsewhere("other", NAMES["committee-south"], "review", "2026-07-01")
    message = (
        "Example Ethics Committee South (fictional)\nFile EEC-2026-007, amendment 1: read on 1 July 2026, to be decided"
        " at the next meeting.\nInvented for demonstration; nobody sent this message.\n"
    )
    scribe.signed_elsewhere("2026-07-02T02:10:00Z", issue, message.encode("utf-8"), said, ROBIN)
    # Recorded late, and flagged as such.
    _approve(scribe, "2026-07-20T14:00:00Z", south, _SOUTH_APPROVES)
    # The site used it before its committee had decided; nobody was trained by then. Found by a monitor, and flagged.
    why = "Found by the monitor on 16 July 2026: the new forms were used before the committee's approval (fictional)"
    scribe.activate("2026-07-20T14:30:00Z", ROBIN, Activated("2.0", "south", "2026-07-08"), None, why)
    scribe.deviate("2026-07-21T08:00:00Z", ROBIN, _USED_TOO_EARLY)
    before = parse_checkpoint(held.decode("utf-8").partition("\n\n")[0] + "\n")
    note = scribe.anchor("2026-07-22T16:00:00Z", ROBIN, BOARD_NORTH, before, unix("2026-07-22T15:30:00Z"))
    return note.to_bytes()


def tell_second_amendment(scribe: Scribe, study: Path) -> None:
    """Record the measure against a wrong number, and amendment 2, version 3.0, that corrects it."""
    told = "All 22 participants of the site were called between 21 and 22 August 2026 and told the right number."
    measure = Measure(
        hazard="The emergency number in the forms of site north reaches nobody: two digits are the wrong way round.",
        measure="Every participant of site north is called and told the right number, +1 202 555 0101.",
        decided_by="Dr Alex Example, MD (fictional)",
        sites=[AtSite("north", "2026-08-21T15:10:00Z", told)],
        known="2026-08-20T22:40:00Z",
    )
    urgent = scribe.urgent("2026-08-22T09:00:00Z", ROBIN, measure)
    scribe.note("2026-08-24T10:00:00Z", ROBIN, f"Done: entry {urgent}, board-north told by e-mail.", on="2026-08-24")
    scribe.deviate("2026-09-02T09:00:00Z", ROBIN, _AGAINST_A_HAZARD)
    write_files(study, files_of("3.0"))
    declared = declaration_of("3.0").replace(b"follows: null", b"follows: %d" % urgent)
    asked = Asked("3.0", on="2026-09-08", keep_bytes=False, declaration=declared)
    scribe.amend(("2026-09-08T09:00:00Z", "2026-09-08T09:20:00Z"), asked, ROBIN, "regulatory")
    version = scribe.book.versions[2]
    scribe.sign("2026-09-08T13:00:00Z", version.n, "approval", KIM)
    scribe.sign("2026-09-08T15:00:00Z", version.n, "approval", ALEX)
    scribe.sign("2026-09-08T16:00:00Z", version.issues[0].n, "responsibility", KIM)
    north = _submit(scribe, "2026-09-10T09:00:00Z", "3.0", _NORTH, "2026-09-10")
    # Told on the telephone; without its letter it is reported, and no base.
    reported = _Approval("EXB-2026-014-A2", "2026-09-22", "2026-09-23")
    _decide(scribe, "2026-09-24T10:00:00Z", north, reported, letter=None)


def _submit(
    scribe: Scribe, at: str, version: str, to: tuple[str, str], on: str, external: tuple[External, ...] = ()
) -> int:
    body, site = to
    return scribe.submit(at, ROBIN, Submitted(version, body, on, (site,), external=external))


def poster(language: str) -> External:
    """Return the poster for the waiting room, which is not made here: its digest is that of these words."""
    words = f"Poster for the waiting room, DEMO-101, {language} (fictional)"
    digest = sha256_hex(words.encode("utf-8"))
    return External(f"poster/{language}/1.0", "advertisement", words, "2026-01-12", digest)


def _approve(scribe: Scribe, at: str, submitted: int, said: _Approval) -> None:
    entry = scribe.book.whole_entry(submitted)
    version = entry["version"]
    words = [f"Reference {said.reference}, DEMO-101 version {version} of {DATED[version]}"]
    words += [f"Approved on {said.decided}."]
    words += ["With one stipulation: see the record of it."] if said.stipulations else []
    words += [f"Approval expires on {said.expires}."] if said.expires else []
    words += [one["text"] for one in said.reconsent]
    _decide(scribe, at, submitted, said, small_pdf(NAMES[entry["body"]], *words))


def _decide(scribe: Scribe, at: str, submitted: int, said: _Approval, letter: bytes | None) -> None:
    entry = scribe.book.whole_entry(submitted)
    decided = Decided(
        body=entry["body"],
        reference=said.reference,
        outcome="approved",
        decided=said.decided,
        received=said.received,
        sites=tuple(entry["sites"]),
        documents=tuple(entry["documents"]),
        expires=said.expires,
        stipulations=said.stipulations,
        reconsent=said.reconsent,
        version=entry["version"],
    )
    scribe.decide(at, ROBIN, decided, letter)
