"""Make the logs of the examples anew: `audit/` of the real record, `examples/demo-101/audit/`, `examples/outside/`.

    python -m tools.example_log [FOLDER]

Times and nonces are fixed and all keys are demonstration keys, so the same files and the same tool chain give the same
bytes. With FOLDER all of it is laid there and nothing here is touched. Whoever changes a template, a writer, a font or
an example runs it in the same commit (`make example-log`).
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import COSIGNATURE
from regdocs.build.study import PROTOCOL, read_inputs
from regdocs.spec.load import Loaded, load
from regdocs.spec.protocol import Protocol
from regdocs.versions import facts
from regdocs.versions.people import trust_text
from regdocs.versions.printed import Printer
from regdocs.versions.snapshot import take_snapshot
from regdocs.versions.start import Beginning, Enrolment
from tools import example_amendments as amendments
from tools import example_stipulations as stipulations
from tools import example_story as story
from tools.example_package import tell_of_package
from tools.example_people import BOARD_NORTH
from tools.example_scribe import Scribe
from tools.example_versions import DEMO, ROOT, files_of, write_files

RECORD_ID = "NCT03484741"
AUDIT = "audit"

# The page as it was given to this project: a text of what ClinicalTrials.Veeva showed. It is not kept here. It states
# neither its own address nor the day on which it was taken, but for "© Copyright 2026" in its foot.
PAGE_SHA256 = "92958f1fd60160914c1a1214c82c374f989bd5004670d247fa03787054fc14b7"
PAGE_SOURCE = (
    f"https://clinicaltrials.gov/study/{RECORD_ID} is the address of the record; the page was read as a copy of what "
    "ClinicalTrials.Veeva shows of it, which does not state its own address"
)
READ_ON = "2026-11-22"
READ_ON_WHY = (
    "The copy does not state when it was taken; this is the day on which protocol.yaml was first written from it"
)
SNAPSHOT_WHY = "protocol.yaml as it stands beside this log, which is made anew with fixed times when it changes"
_PROJECT = "regdocs-project"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made for one study: its folder with the log, and what outsiders hold, by file name."""

    study: Path
    outside: Mapping[str, bytes]


def main(arguments: list[str]) -> None:
    """Make both logs, in the folder named or here."""
    target = Path(arguments[0]).resolve() if arguments else ROOT
    with tempfile.TemporaryDirectory() as folder:
        made = {"record": make_record(Path(folder) / "record"), DEMO: make_demo(Path(folder) / DEMO)}
        for name, one in made.items():
            lay(one, target / AUDIT if name == "record" else target / "examples" / DEMO / AUDIT)
            lay_outside(one, target / "examples" / "outside" / name)


def lay(made: Made, target: Path) -> None:
    """Put a log where it belongs, in place of the one that is there; what the writer keeps for itself stays behind."""
    shutil.rmtree(target, ignore_errors=True)
    files = {file.relative_to(made.study / AUDIT).as_posix(): file for file in (made.study / AUDIT).rglob("*")}
    kept = {name: file.read_bytes() for name, file in files.items() if file.is_file() and not name.startswith(".")}
    write_files(target, kept)


def lay_outside(made: Made, target: Path) -> None:
    """Put what outsiders hold where it belongs, in place of what is there."""
    shutil.rmtree(target, ignore_errors=True)
    write_files(target, dict(made.outside))


# ----------------------------------------------------------------------------------------------------- the real record


def make_record(study: Path) -> Made:
    """Make the log of the real record: its beginning, what was read, the draft at this moment; nothing else, ever."""
    study.mkdir(parents=True)
    shutil.copyfile(ROOT / PROTOCOL, study / PROTOCOL)
    loaded = load((study / PROTOCOL).read_bytes(), PROTOCOL)
    scribe = Scribe(study)
    how = "nobody's: this project acts for no person and no organisation of the study"
    project = Enrolment(_PROJECT, "regdocs project", ("administrator",), how, "regdocs project")
    scribe.begin("2026-11-22T15:00:00Z", _beginning_of_record(loaded), project)
    title = {one.id: one.title for one in _protocol(loaded).sources}["seed"]
    page = facts.imported_by_digest(
        _PROJECT, PAGE_SHA256, source=PAGE_SOURCE, title=str(title), read_on=READ_ON, why=READ_ON_WHY
    )
    scribe.record("2026-11-22T15:10:00Z", page)
    taken = take_snapshot(read_inputs(study), loaded)
    draft = facts.snapshot(_PROJECT, taken.spec, taken.data, taken.inputs, why=SNAPSHOT_WHY)
    scribe.record("2026-11-22T15:20:00Z", draft, objects=dict(taken.objects))
    book = scribe.book
    trust = trust_text(book, persons=False).encode("utf-8")
    return Made(study, {"trust.txt": trust, "head.note": book.folder.head_note() or b""})


def _beginning_of_record(loaded: Loaded) -> Beginning:
    sponsors = [one.name.present for one in _protocol(loaded).organisations if one.role == "sponsor"]
    nonce = PAGE_SHA256[:32]
    return Beginning(RECORD_ID, str(sponsors[0]), None, nonce, demonstration=True, record=True)


def _protocol(loaded: Loaded) -> Protocol:
    assert loaded.protocol is not None, "protocol.yaml of the record has no mistake"
    return loaded.protocol


# ------------------------------------------------------------------------------------------------------------ DEMO-101


def make_demo(study: Path, printer: Printer | None = None) -> Made:
    """Make the log of DEMO-101, from its beginning to its newest head, printed on all processors if not told how.

    A printer that is handed in may leave documents empty; then the package, which has their bytes, is not made.
    """
    study.mkdir(parents=True)
    write_files(study, files_of("1.0"))
    scribe = Scribe(study, printer)
    story.tell_until_release(scribe)
    first = story.tell_until_amendment(scribe)
    amendments.tell_first_amendment(scribe, study)
    second = amendments.tell_of_its_approvals(scribe, first)
    amendments.tell_second_amendment(scribe, study)
    stipulations.tell_of_conditions(scribe)
    stipulations.tell_of_answers(scribe, study)
    stipulations.tell_of_use(scribe)
    stipulations.tell_of_renewal(scribe)
    if printer is None:
        tell_of_package(scribe, study, scribe.printer)
    return Made(study, _outside_of_demo(scribe, {"head-1.0.note": first, "head-2.0.note": second}))


def _outside_of_demo(scribe: Scribe, heads: Mapping[str, bytes]) -> dict[str, bytes]:
    book = scribe.book
    board = demonstration_signer(BOARD_NORTH, COSIGNATURE).key
    with_board = (
        f"{trust_text(book, persons=True)}# Example Review Board North (fictional), which cosigns\n{board.text}\n"
    )
    return {
        "trust.txt": trust_text(book, persons=False).encode("utf-8"),
        "trust-with-persons.txt": with_board.encode("utf-8"),
        **heads,
        "head-3.1.note": book.folder.head_note() or b"",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
