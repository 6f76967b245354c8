"""The logs that come with the program: what `make example-log` makes, and what outsiders find when they verify them."""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from regdocs.amendment.declared import load_declaration
from regdocs.audit.file_list import FileList
from regdocs.audit.issues import TREE
from regdocs.build.writers import Print, Printed
from regdocs.canonical import sha256_hex
from regdocs.content.query import paths_read
from regdocs.versions.bases import approved_base
from regdocs.versions.checkout import as_issued
from regdocs.versions.copies_back import receipts_of
from regdocs.versions.decisions import decisions_of
from regdocs.versions.issued import documents_of, shows_head
from regdocs.versions.issued_beside import files_issued, redlines_of
from regdocs.versions.logbook import Logbook, open_logbook
from regdocs.versions.printed import Printer, tree_of
from regdocs.versions.snapshot import TOOLCHAIN, files_of, recorded_inputs, stored_declaration, toolchain_bytes
from regdocs.versions.submissions import submissions_of
from tests.build.studies import REPOSITORY, content
from tests.cli.calling import PROGRAM, Call, call_of, run
from tests.versions.remembering import RememberingPrinter
from tools.example_log import Made, lay, make_demo, make_record
from tools.example_versions import DEMO

OUTSIDE = REPOSITORY / "examples" / "outside"
DEMO_STUDY = REPOSITORY / "examples" / DEMO
STANDALONE = REPOSITORY / "regdocs" / "audit" / "standalone_verify.py"
TRUST, PERSONS, FIRST, NEWEST = "trust.txt", "trust-with-persons.txt", "head-1.0.note", "head-3.1.note"
VERSIONS = frozenset({"release", "amend", "snapshot"})

# What of an entry follows from the tool chain, or from the bytes of entries before.
MADE_BY_TOOLS = frozenset({"prev", "inputs", "toolchain"})
MADE_BY_TOOLS_IN = {
    "issue": {"files"},
    "anchor": {"object"},
    "sign": {"note"},
    "submit": {"response"},
    "receive": {"file", "against"},
    "package": {"manifest", "contents"},
}

_AGAIN = "the log says something else than what is made now: run make example-log, and commit what it makes"

pytestmark = pytest.mark.skipif(not OUTSIDE.is_dir(), reason="an sdist has no examples/outside, as no wheel has")


def book_of(study: Path) -> Logbook:
    found = open_logbook(study)
    assert found is not None
    return found


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_record(tmp_path_factory.mktemp("record") / "study")


SAMPLE = frozenset(
    (
        "assent/north/en.pdf",
        "consent/south/vi.pdf",
        "redline-from-1.0/consent/north/en.pdf",
        "redline-from-2.0/consent/north/en.pdf",
    )
)


def kind_of(path: str) -> str:
    return path.split("/")[1 if path.startswith("redline-from-") else 0]


class _SomePdfs(RememberingPrinter):
    """Prints the PDFs of the sample, and those whose pages a summary of changes names; the others stay empty.

    Printing every page of three versions takes five minutes, which `make full` takes; none is printed twice here.
    """

    def print_with_pages(self, prints: Mapping[str, Print], *, apart: bool = False) -> dict[str, Printed]:
        amends = any(path.startswith("redline-from-") for path in prints)
        named = {path for path in prints if amends and not path.startswith("redline-from-")}
        left = {path for path in prints if path.endswith(".pdf") and path not in SAMPLE | named}
        made = super().print_with_pages({path: prints[path] for path in prints if path not in left}, apart=apart)
        return {path: made.get(path, Printed(b"")) for path in prints}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_demo(tmp_path_factory.mktemp("demo") / DEMO)


@pytest.fixture(scope="module")
def demo_with_some_pdfs(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make_demo(tmp_path_factory.mktemp("some") / DEMO, _SomePdfs(2, clock=time.monotonic))


# ---------------------------------------------------------------------------------------------------- made once again


def inputs_in(book: Logbook) -> list[str]:
    return [entry["inputs"] for entry in book.entries() if entry["do"] in VERSIONS]


def is_by_today_s_tools(book: Logbook) -> bool:
    here = sha256_hex(toolchain_bytes())
    return all(files_of(book, one).digest_of(TOOLCHAIN) == here for one in inputs_in(book))


def own_fields(book: Logbook, size: int) -> Iterator[Mapping[str, Any]]:
    """So many entries, without what the tool chain decides."""
    for entry in islice(book.entries(), size):
        made = MADE_BY_TOOLS | MADE_BY_TOOLS_IN.get(entry["do"], set())
        yield {key: value for key, value in entry.items() if key not in made}


def files(book: Logbook) -> dict[str, str]:
    """Digests of all that was issued, by version and path; trees among them."""
    listed = {one.name: FileList.parse(book.object(one.issues[0].files)) for one in book.versions}
    return {f"{version} {path}": digest for version, files in listed.items() for path, digest in files.entries}


def trees(book: Logbook) -> dict[str, str]:
    return {path: digest for path, digest in files(book).items() if path.endswith(TREE)}


def check_same(here: Path, made: Made, outside: Path, tmp_path: Path) -> None:
    """Bytes where the tool chain of the log is at hand; elsewhere what entries say, and trees."""
    recorded, anew = book_of(here), book_of(made.study)
    assert recorded.head.size == anew.head.size, _AGAIN
    check_same_said(recorded, anew)
    assert content(outside).keys() == made.outside.keys()
    if is_by_today_s_tools(recorded):
        lay(made, tmp_path / "audit")
        lay(Made(here, {}), tmp_path / "recorded")
        assert content(tmp_path / "recorded") == content(tmp_path / "audit")
        assert content(outside) == dict(made.outside)


def check_same_said(recorded: Logbook, anew: Logbook) -> None:
    """What entries say, inputs and trees."""
    size = anew.head.size
    assert list(own_fields(recorded, size)) == list(own_fields(anew, size)), _AGAIN
    assert trees(recorded) == trees(anew), _AGAIN
    for one, other in zip(inputs_in(recorded), inputs_in(anew), strict=True):
        assert recorded_inputs(files_of(recorded, one)) == recorded_inputs(files_of(anew, other)), (
            "run make example-log"
        )


def test_the_log_of_the_real_record_comes_out_again(record: Made, tmp_path: Path) -> None:
    check_same(REPOSITORY, record, OUTSIDE / "record", tmp_path)


@pytest.mark.slow
def test_trees_entries_and_a_sample_of_files_of_the_demonstration_come_out_again(demo_with_some_pdfs: Made) -> None:
    recorded, anew = book_of(DEMO_STUDY), book_of(demo_with_some_pdfs.study)
    left = [entry["do"] for entry in islice(recorded.entries(), anew.head.size, None)]
    assert left == ["package", "sign"], "a package has the bytes of documents, which a sample leaves empty"
    check_same_said(recorded, anew)
    if is_by_today_s_tools(recorded):
        now = files(anew)
        printed = {path for path in now if not path.endswith(".pdf") or path.split(" ")[1] in SAMPLE}
        printed = {path for path in printed if not shows_head(kind_of(path.split(" ")[1]))}  # heads follow all bytes
        assert sum(path.endswith(".pdf") for path in printed) >= len(SAMPLE)
        assert {path: files(recorded)[path] for path in printed} == {path: now[path] for path in printed}, _AGAIN


@pytest.mark.full
def test_the_log_of_the_demonstration_comes_out_again(demo: Made, tmp_path: Path) -> None:
    check_same(DEMO_STUDY, demo, OUTSIDE / DEMO, tmp_path)


def test_the_log_of_the_real_record_holds_what_was_read_and_nothing_that_somebody_decided() -> None:
    book = book_of(REPOSITORY)
    assert [entry["do"] for entry in book.entries()] == ["genesis", "sign", "import", "snapshot"]
    assert book.is_record and book.demonstration and not book.versions
    assert book.genesis["sponsor"] == "Van Hanh General Hospital" and book.origin.startswith("regdocs.invalid/")
    assert not book.folder.objects.has(book.entry(2)["object"])  # the page itself is not ours to spread


def test_the_demonstration_shows_each_thing_that_a_history_holds() -> None:
    book = book_of(DEMO_STUDY)
    shown = {entry["do"] for entry in book.entries()}
    assert shown >= {"genesis", "enrol", "release", "issue", "sign", "signed-elsewhere", "note", "correct", "redact"}
    assert shown >= {
        "key-add",
        "key-revoke",
        "role",
        "amend",
        "anchor",
        "submit",
        "decision",
        "activate",
        "receive",
        "deviation",
        "urgent-safety",
        "package",
    }
    assert [(one.name, one.amendment, one.issues[0].kept) for one in book.versions] == [
        ("1.0", None, "trees"),
        ("2.0", 1, "trees"),
        ("3.0", 2, "trees"),
        ("3.1", 2, "trees"),
    ]
    assert [one.submission for one in book.versions] == [1, 1, 1, 2]
    assert all("fictional" in one.name for one in book.people.people.values())


def test_the_amendment_of_the_demonstration_says_what_it_changed_and_no_more() -> None:
    book = book_of(DEMO_STUDY)
    paths = {step["path"] for step in book.whole_entry(book.versions[1].n)["what"]}
    assert {"/eligibility/E15", "/consent/risks/dizziness", "/encounters/week-16/window/before"} <= paths
    assert not any(path.startswith("/endpoints") for path in paths)


def test_documents_that_the_amendment_does_not_touch_stay_as_issued() -> None:
    book = book_of(DEMO_STUDY)
    documents = book.whole_entry(book.versions[1].issues[0].n)["documents"]
    since = {one["kind"]: one.get("since") for one in documents}
    assert since["participant-card"] == "1.0" and since["consent"] is None


def test_an_amendment_that_changes_one_contact_issues_only_the_documents_that_show_it() -> None:
    book = book_of(DEMO_STUDY)
    issued = {one.stem for one in documents_of(book, book.versions[2]) if one.since is None}
    number = "/contacts/north-injury/telephone"
    showing = {
        one.stem for one in documents_of(book, book.versions[2]) if number in paths_read(tree_of(book.object(one.tree)))
    }
    assert issued == showing and len(issued) == 6


def test_its_redlines_are_held_against_what_was_last_approved_and_not_what_was_reported() -> None:
    book = book_of(DEMO_STUDY)
    second, third, again = (redlines_of(book, version) for version in book.versions[1:])
    assert {(one.base, bool(one.decisions)) for one in (*second, *third)} == {("1.0", True), ("2.0", True)}
    assert {(one.base, bool(one.decisions)) for one in again} == {("2.0", True), ("3.0", False)}
    assert {one.base for one in second} == {"1.0"} and len(second) == 14
    base = approved_base(book, body="board-north", site="north", kind="consent", language="en")
    assert base is not None and base.version == "3.1"  # 3.0 was told on the telephone, then approved on conditions
    stipulations = [one["stipulations"] for one in decisions_of(book) if "stipulations" in one]
    assert [len(one) for one in stipulations] == [1, 2] and stipulations[0][0].startswith("Please add to section 7")


def test_conditions_of_a_board_are_answered_in_another_wording_of_the_same_amendment() -> None:
    book = book_of(DEMO_STUDY)
    [conditional] = [one for one in decisions_of(book) if one["outcome"] == "conditionally-approved"]
    [answer] = [one for one in submissions_of(book) if "to" in one]
    assert (answer["to"], answer["version"], answer["submission"]) == (conditional["n"], "3.1", 2)
    assert [bool(one.get("changed")) for one in answer["answers"]] == [True, False]
    steps = {step["path"] for step in book.whole_entry(book.versions[3].n)["what"]}
    assert steps == {
        "/version",
        "/date",
        "/sites/north/wording/north-payment/text",
        "/sites/north/wording/north-payment-for-children/text",
    }


def test_a_stamped_copy_came_back_with_one_word_changed_by_the_board() -> None:
    book = book_of(DEMO_STUDY)
    [copy] = receipts_of(book)
    assert (copy["document"], copy["site"], copy["compared"]) == ("assent/en/2.0", "north", "words")
    assert [(one["was"], one["now"]) for one in copy["changes"]] == [("sleepy.", "tired.")]
    assert "EXB-2026-014-A2-R1" in copy["stamp"]


def test_the_second_amendment_follows_the_urgent_measure() -> None:
    book = book_of(DEMO_STUDY)
    text = stored_declaration(book, book.versions[2])
    declaration = load_declaration(text or b"").declaration
    assert declaration is not None and declaration.follows is not None
    assert book.entry(declaration.follows)["do"] == "urgent-safety"


@pytest.mark.parametrize("study", [REPOSITORY, DEMO_STUDY], ids=["record", "demo"])
def test_a_log_that_comes_with_the_program_is_small(study: Path) -> None:
    assert sum(file.stat().st_size for file in (study / "audit").rglob("*") if file.is_file()) < 2_000_000


# ----------------------------------------------------------------------------------------------------------- verified

KNOWN = [
    (9, (TRUST,), ()),
    (0, (TRUST,), (NEWEST,)),
    (0, (TRUST,), (FIRST,)),
    (0, (PERSONS,), (FIRST, NEWEST)),
    (6, (), (NEWEST,)),
    (6, (), ()),
]


def options(folder: Path, trust: tuple[str, ...], heads: tuple[str, ...]) -> list[str]:
    trusted = [f"--trust={folder / name}" for name in trust]
    return [*trusted, *(part for name in heads for part in ("--head", str(folder / name)))]


@pytest.mark.parametrize(("code", "trust", "heads"), KNOWN)
def test_an_outsider_verifies_the_demonstration(
    call: Call, code: int, trust: tuple[str, ...], heads: tuple[str, ...]
) -> None:
    said = call("verify", DEMO_STUDY, *options(OUTSIDE / DEMO, trust, heads))
    assert said.code == code, said.out
    if not trust:
        assert "nothing outside this log vouches for its key" in said.out


@pytest.mark.parametrize(("code", "trust", "heads"), [(9, (TRUST,), ()), (0, (TRUST,), ("head.note",)), (6, (), ())])
def test_an_outsider_verifies_the_log_of_the_real_record(
    call: Call, code: int, trust: tuple[str, ...], heads: tuple[str, ...]
) -> None:
    assert call("verify", REPOSITORY, *options(OUTSIDE / "record", trust, heads)).code == code


def test_the_board_s_cosignatures_bound_when_the_amendment_was_written(call: Call) -> None:
    said = call("verify", DEMO_STUDY, "--json", *options(OUTSIDE / DEMO, (PERSONS,), (NEWEST,)))
    assert said.code == 0 and json.loads(said.out)
    assert "2026-02-20T15:30:00Z" in said.out and "2026-07-22T15:30:00Z" in said.out


@pytest.mark.slow
def test_each_fourth_file_of_the_demonstration_comes_out_of_its_kept_tree_again() -> None:
    """All of them do in `make full`; here those of the newest version, one of four."""
    book = book_of(DEMO_STUDY)
    version = book.versions[-1]
    wanted = {file.path: file.sha256 for file in sorted(files_issued(book, version), key=lambda one: one.path)[::4]}
    assert {path.rpartition(".")[2] for path in wanted} >= {"pdf", "docx"}
    assert as_issued(book, version.name, wanted, Printer(2, clock=time.monotonic)).keys() == wanted.keys()


@pytest.mark.full
def test_recorded_versions_of_the_demonstration_come_out_again() -> None:
    arguments = options(OUTSIDE / DEMO, (TRUST,), (NEWEST,))
    command = [*PROGRAM, "verify", str(DEMO_STUDY), "--rebuild", *arguments]
    said = subprocess.run(command, capture_output=True, text=True, timeout=1500, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's folder, packed, sent and unpacked on another machine."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(folder / "demo.zip", "w") as archive:
        for name, data in content(DEMO_STUDY).items():
            if name.startswith(("audit/", "protocol.yaml", "translations/")):
                archive.writestr(name, data)
    with zipfile.ZipFile(folder / "demo.zip") as archive:
        archive.extractall(folder / "study")
    shutil.copytree(OUTSIDE / DEMO, folder / "mine")
    shutil.copyfile(STANDALONE, folder / "verify.py")
    return folder


@pytest.mark.parametrize(("code", "trust", "heads"), KNOWN)
def test_python_alone_gives_the_same_verdicts(
    unpacked: Path, code: int, trust: tuple[str, ...], heads: tuple[str, ...]
) -> None:
    python = shutil.which("python3", path=os.defpath) or sys.executable
    given = options(Path("mine"), trust, heads)
    done = subprocess.run(
        [python, "-I", "-S", "verify.py", "study", *given],
        cwd=unpacked,
        env={},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr


def test_a_cut_log_is_seen_by_who_holds_the_newest_head(call: Call, tmp_path: Path) -> None:
    shutil.copytree(DEMO_STUDY / "audit", tmp_path / "audit")
    lines = (tmp_path / "audit/log.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "audit/log.jsonl").write_bytes(b"".join(lines[:-1]))
    assert call("verify", tmp_path, *options(OUTSIDE / DEMO, (TRUST,), (NEWEST,))).code == 3


# ------------------------------------------------------------------------------------------------------- begun from it


def test_a_study_begun_from_the_demonstration_has_its_log(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "study", "--example", DEMO).code == 0
    assert call("verify", tmp_path / "study", *options(OUTSIDE / DEMO, (TRUST,), (NEWEST,))).code == 0
    said = call("-C", tmp_path / "study", "status")
    assert "The working copy is version 3.1" in said.out
    assert "    board-north: conditionally-approved on 2026-09-22 (EXB-2026-014-A2, entry 71)" in said.out


def test_a_study_begun_from_the_real_record_has_no_log(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "study").code == 0
    assert not (tmp_path / "study/audit").exists()


@pytest.mark.parametrize("begun", [False, True], ids=["without a log", "after audit start"])
def test_the_real_record_is_not_released_and_what_is_open_is_named(call: Call, tmp_path: Path, begun: bool) -> None:
    shutil.copyfile(REPOSITORY / "protocol.yaml", tmp_path / "protocol.yaml")
    if begun:
        person = ("--admin", "jane@example.org/k1", "--name", "Jane", "--verified-how", "met", "--verified-by", "John")
        started = call("-C", tmp_path, "audit", "start", "--demonstration", *person)
        assert started.code == 0, started.err
    before = content(tmp_path)
    said = call("-C", tmp_path, "release", "1.0", "--by", "jane@example.org")
    assert said.code == 1 and "nothing was recorded" in said.err and not said.traceback
    assert "/version: to be completed: version of the protocol" in said.out
    assert "/products/bm-msc/dose: to be completed" in said.out
    assert content(tmp_path) == before


def test_nothing_can_be_released_into_the_log_of_the_real_record(tmp_path: Path) -> None:
    shutil.copyfile(REPOSITORY / "protocol.yaml", tmp_path / "protocol.yaml")
    shutil.copytree(REPOSITORY / "audit", tmp_path / "audit", ignore=shutil.ignore_patterns(".*"))
    before = content(tmp_path / "audit")
    said = run("-C", tmp_path, "release", "1.0", "--by", "regdocs-project")
    assert said.code == 1 and "Refused" in said.err
    assert content(tmp_path / "audit") == before
