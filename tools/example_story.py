"""The story of DEMO-101 as its log tells it: who was enrolled, what was released, signed, corrected and amended, when.

All of it is invented: persons, boards, letters, dates. Times and nonce are fixed and keys are derived from names, so
that the same files give the same log. Knows nothing of how entries are made (`example_scribe`).
"""

import hashlib
from datetime import datetime
from pathlib import Path

from regdocs.audit.checkpoint import parse_checkpoint
from regdocs.versions import facts
from regdocs.versions.preparation import Asked
from regdocs.versions.signing import Elsewhere
from regdocs.versions.start import Beginning, Enrolment
from tools.example_scribe import Scribe

BOARD_NORTH = "example.org/board-north"
BEGINNING = Beginning(
    study="DEMO-101",
    sponsor="Example Therapeutics (fictional)",
    namespace="example.org",
    nonce=hashlib.sha256(b"DEMO-101 is invented").hexdigest()[:32],
    demonstration=True,
)

_SEEN = "passport seen at a meeting (fictional)"
_CALLED = "licence compared with the register of physicians, and a video call (fictional)"
_ROWAN, _PAT = "rowan.sample@example.org", "pat.example@example.org"
_KIM, _ROBIN, _SASHA = "kim.sample@example.org", "robin.demo@example.org", "sasha.number@example.org"
_ALEX, _MAI = "alex.example@example.org", "mai.vidu@example.org"

ADMINISTRATORS = (
    Enrolment(_ROWAN, "Rowan Sample (fictional)", ("administrator", "regulatory"), _SEEN, "Pat Example"),
    Enrolment(_PAT, "Pat Example (fictional)", ("administrator", "auditor"), _SEEN, "Rowan Sample"),
)
_PEOPLE = (
    ("2026-01-14T10:05:00Z", _KIM, "Dr Kim Sample (fictional)", ("sponsor", "medical-monitor"), _SEEN),
    ("2026-01-14T10:20:00Z", _ROBIN, "Robin Demo (fictional)", ("regulatory", "coordinator"), _SEEN),
    ("2026-01-14T10:40:00Z", _SASHA, "Sasha Number, PhD (fictional)", ("statistician",), _SEEN),
    ("2026-01-15T14:30:00Z", _ALEX, "Dr Alex Example, MD (fictional)", ("principal-investigator",), _CALLED),
    ("2026-01-16T02:15:00Z", _MAI, "Dr Mai Ví Dụ, MD, PhD (fictional)", ("principal-investigator",), _CALLED),
)


def tell_until_release(scribe: Scribe) -> None:
    """Begin the log and release version 1.0, whose text lies in the study's folder."""
    scribe.begin("2026-01-14T09:00:00Z", BEGINNING, *ADMINISTRATORS)
    for number, (at, person, name, roles, how) in enumerate(_PEOPLE):
        by, verifier = ((_ROWAN, "Rowan Sample"), (_PAT, "Pat Example"))[number % 2]
        scribe.enrol(at, Enrolment(person, name, roles, how, verifier), by)
    asked = Asked("1.0", reason="The original protocol (fictional)", on="2026-01-21", keep_bytes=False)
    scribe.release(("2026-01-21T10:00:00Z", "2026-01-21T10:20:00Z"), asked, _ROBIN, "regulatory")


def tell_until_amendment(scribe: Scribe) -> bytes:
    """Have version 1.0 approved, let the study begin, and return the first head that the board holds."""
    version = scribe.book.versions[0]
    issue = version.issues[0].n
    scribe.sign("2026-01-22T08:10:00Z", version.n, "review", _SASHA)
    scribe.sign("2026-01-22T15:00:00Z", version.n, "approval", _KIM)
    scribe.sign("2026-01-22T16:30:00Z", version.n, "approval", _ALEX)
    scribe.sign("2026-01-23T01:45:00Z", version.n, "approval", _MAI)
    scribe.sign("2026-01-23T09:00:00Z", issue, "responsibility", _KIM)
    said = Elsewhere("ink", "Chair of the Example Review Board North (fictional)", "approval", "2026-02-11")
    letter = small_pdf("Example Review Board North (fictional)", "File EXB-2026-014: approved on 11 February 2026.")
    scribe.signed_elsewhere("2026-02-12T14:00:00Z", issue, letter, said, _ROBIN)
    text = "The Example Ethics Committee South (fictional) approved version 1.0, file EEC-2026-007."
    scribe.note("2026-02-19T08:00:00Z", _ROBIN, text, on="2026-02-18")
    held = scribe.anchor("2026-02-20T16:00:00Z", _ROBIN, BOARD_NORTH, None, _unix("2026-02-20T15:30:00Z"))
    _tell_of_conduct(scribe)
    return held.to_bytes()


def _tell_of_conduct(scribe: Scribe) -> None:
    text = "First participant: consent signed at Example Hospital North (fictional) on 8 March 2026."
    first = scribe.note("2026-03-10T15:20:00Z", _ROBIN, text, on="2026-03-08")
    text = "The consent was signed on Monday, 9 March 2026, as the form itself says."
    correction = facts.correct(
        scribe.book, first, _ROBIN, text, on="2026-03-09", why="The day was written down wrongly"
    )
    scribe.record("2026-03-11T09:05:00Z", correction)
    text = (
        "Participant S-004, initials Q.X. (invented): signed on the wrong line of the form, and again on the right one."
    )
    salt = hashlib.sha256(b"salt of an invented note").digest()[:16]
    sealed = scribe.sealed_note("2026-04-02T03:30:00Z", _MAI, text, salt, on="2026-04-02")
    why = "The note held the initials of a participant, which do not belong in this log"
    scribe.redact("2026-04-20T13:00:00Z", _PAT, sealed, why)
    why = "The computer with the key was exchanged; nobody else had it"
    scribe.rotate("2026-05-04T02:00:00Z", _MAI, "k1", "k2", _ROWAN, why)
    why = "Medical monitoring goes to a physician outside the sponsor"
    scribe.give_roles("2026-05-11T12:00:00Z", _KIM, ("sponsor",), _PAT, why)
    text = (
        "Letter of the Example Data Safety Board (fictional): participants are to be told of dizziness, and "
        "nobody with fainting of unknown cause is to be enrolled."
    )
    scribe.note("2026-06-02T10:00:00Z", _KIM, text, on="2026-06-01")


def tell_amendment(scribe: Scribe) -> None:
    """Record amendment 1, version 2.0, whose text lies in the study's folder."""
    reason = (
        "The data safety board asked on 1 June 2026 that dizziness is named as a risk and that fainting of unknown "
        "cause excludes; week 16 gets a wider window, as travel to the last visit was hard to arrange (fictional)"
    )
    asked = Asked("2.0", reason=reason, on="2026-06-12", keep_bytes=False)
    scribe.amend(("2026-06-12T09:00:00Z", "2026-06-12T09:20:00Z"), asked, _ROBIN, "regulatory")


def tell_until_today(scribe: Scribe, held: bytes) -> bytes:
    """Have version 2.0 approved, from the head that the board holds, and return the one that it holds then."""
    version = scribe.book.versions[1]
    issue = version.issues[0].n
    scribe.sign("2026-06-12T13:00:00Z", version.n, "review", _SASHA)
    scribe.sign("2026-06-12T15:30:00Z", version.n, "approval", _KIM)
    scribe.sign("2026-06-12T17:00:00Z", version.n, "approval", _ALEX)
    scribe.sign("2026-06-15T01:20:00Z", version.n, "approval", _MAI)
    scribe.sign("2026-06-15T09:00:00Z", issue, "responsibility", _KIM)
    said = Elsewhere("other", "Example Ethics Committee South (fictional)", "approval", "2026-07-01")
    message = (
        "Example Ethics Committee South (fictional)\nFile EEC-2026-007, amendment 1: approved on 1 July 2026.\n"
        "Invented for demonstration; nobody sent this message.\n"
    )
    scribe.signed_elsewhere("2026-07-02T02:10:00Z", issue, message.encode("utf-8"), said, _ROBIN)
    text = "The Example Review Board North (fictional) approved version 2.0, file EXB-2026-014, amendment 1."
    scribe.note("2026-07-20T14:00:00Z", _ROBIN, text, on="2026-06-26")  # recorded late, and flagged as such
    before = parse_checkpoint(held.decode("utf-8").partition("\n\n")[0] + "\n")
    note = scribe.anchor("2026-07-22T16:00:00Z", _ROBIN, BOARD_NORTH, before, _unix("2026-07-22T15:30:00Z"))
    return note.to_bytes()


def write_files(study: Path, files: dict[str, bytes]) -> None:
    """Lay the files of a version into the study's folder."""
    for name, data in files.items():
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_bytes(data)


def small_pdf(*lines: str) -> bytes:
    """Return a page that stands for a scanned letter, and says that it is invented."""
    told = (*lines, "FICTIONAL DEMONSTRATION - NOT A REAL LETTER")
    text = " T* ".join(f"({line}) Tj" for line in told).encode("ascii")
    content = b"BT /F1 11 Tf 16 TL 50 780 Td " + text + b" ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )
    return _assembled(objects)


def _assembled(objects: tuple[bytes, ...]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _unix(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
