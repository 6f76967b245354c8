"""`release`, `amend` and `checkout`, and what `build` and `status` say of recorded versions, as people call them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from regdocs.audit.file_list import FileList
from regdocs.canonical import sha256_hex
from regdocs.cli.recording_versions import printer
from tests.build.studies import PATHS, REPOSITORY, SHORT, TODO, change, content
from tests.cli.calling import Call, run
from tests.versions.logs import JANE, opened
from tests.versions.releases import (
    AMENDMENT,
    clean_files,
    complete_study,
    edit_for_amendment,
    kinds_of_entries,
    of_the_study,
    release,
)

RECORD = ("amend", "--record", "2.0", "--reason", str(AMENDMENT.reason), "--on", str(AMENDMENT.on))


@pytest.fixture(autouse=True)
def jane_acts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Jane is at the keyboard, on a day of June 2026."""
    monkeypatch.setenv("REGDOCS_BY", JANE)
    monkeypatch.setenv("REGDOCS_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("REGDOCS_NOW", "2026-06-01T09:00:00Z")


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = complete_study(tmp_path_factory.mktemp("released") / "study")
    release(study)
    return study


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    return complete_study(tmp_path / "study")


@pytest.fixture
def released(released_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released_once, tmp_path / "study"))


# ---------------------------------------------------------------------------------------------------- release, amend


def test_a_release_shows_the_proposed_versions_and_the_head_to_write_down(begun: Path, call: Call):
    said = call("-C", begun, "release", "1.0")
    assert said.code == 0, said.err
    assert "consent/example-hospital/en: version 1.0, 2026-01-15" in said.out
    assert "Pages for staff and boards show: log 4 · " in said.out
    assert "regdocs-signature/v1" in said.err and "meaning authorship" in said.err
    assert "role principal-investigator" in said.err
    assert clean_files(begun, "1.0").keys() == PATHS


def test_the_real_record_is_refused_naming_its_todos_and_nothing_is_written(call: Call):
    before = content(REPOSITORY / "audit") if (REPOSITORY / "audit").is_dir() else {}
    said = call("-C", REPOSITORY, "release", "1.0")
    assert said.code == 1
    assert "error[FINAL-001]" in said.out and "to be completed" in said.out
    assert (content(REPOSITORY / "audit") if (REPOSITORY / "audit").is_dir() else {}) == before


def test_a_release_with_something_open_exits_with_1_and_names_it(begun: Path, call: Call):
    change(begun, (SHORT, TODO))
    said = call("-C", begun, "release", "1.0")
    assert (said.code, said.traceback) == (1, False)
    assert "protocol.yaml:" in said.out and "/identity/titles/short" in said.out
    assert "nothing was recorded" in said.err
    assert kinds_of_entries(begun) == ["genesis", "sign"]


def test_an_amendment_says_which_documents_stay(released: Path, call: Call):
    edit_for_amendment(released)
    said = call("-C", released, *RECORD)
    assert said.code == 0, said.err
    assert "crf/en: version 2.0, 2026-05-20\n" in said.out
    assert "registry/en: version 1.0, 2026-01-15 (unchanged, as issued in 1.0)" in said.out


def test_an_author_sees_steps_reason_and_files_in_full_before_signing(released: Path, call: Call):
    edit_for_amendment(released)
    said = call("-C", released, *RECORD).err
    version, _, issue = said.partition(" signs this text:")
    for words in (str(AMENDMENT.reason), '"what": [', '"amendment": 1', "24", "protocol.yaml"):
        assert words in version, words
    before, _, _ = issue.rpartition(" signs this text:")
    assert '"do": "issue"' in before
    listed = [path for path, _ in opened_list(released)]
    assert len(listed) > 3 and all(path in before for path in listed)


def test_what_nobody_declared_is_not_recorded_and_a_first_declaration_is_offered(released: Path, call: Call):
    edit_for_amendment(released)
    (released / "amendment.yaml").unlink()
    said = call("-C", released, *RECORD)
    assert (said.code, said.traceback) == (1, False) and "--prepare" in said.err
    assert kinds_of_entries(released)[6:] == []


def test_who_signs_a_version_later_sees_its_files_too(released: Path, call: Call):
    said = call("-C", released, "sign", "2", "--meaning", "review")
    assert said.code == 0 and "Files:" in said.err and "  protocol.yaml" in said.err


def opened_list(study: Path) -> tuple[tuple[str, str], ...]:
    """The files of the newest issue, as its list has them."""
    logbook = opened(study)
    return FileList.parse(logbook.object(logbook.versions[-1].issues[-1].files)).entries


def test_a_version_of_one_document_can_be_chosen(released: Path, call: Call):
    edit_for_amendment(released)
    said = call("-C", released, *RECORD, "--document", "crf/en=1.1")
    assert "crf/en: version 1.1, 2026-05-20" in said.out
    assert call("-C", released, *RECORD, "--document", "crf/fr=1.1").code in (1, 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("amend",),
        ("amend", "--prepare", "--record", "2.0"),
        ("amend", "--record", "2.0", "--against", "1.0"),
        ("amend", "--record", "2.0", "--from", "nowhere.yaml"),
        ("amend", "--urgent-safety"),
        ("release",),
        ("release", "1.0", "--resume"),
        ("release", "--resume", "--on", "2026-03-01"),
        ("amend", "--resume", "--record", "2.0"),
        ("amend", "--resume", "--reason", "why"),
        ("release",),
        ("release", "1.0", "--document", "crf/en"),
        ("checkout",),
        ("build", "--version", "1.0"),
    ],
)
def test_calls_that_say_too_little_or_too_much_are_usage_errors(released: Path, call: Call, arguments: tuple[str, ...]):
    before = content(released)
    said = call("-C", released, *arguments)
    assert (said.code, said.traceback) == (2, False)
    assert content(released) == before


def test_resume_lays_a_lost_folder_down_again_and_else_has_nothing_to_do(released: Path, call: Call):
    before = clean_files(released, "1.0")
    shutil.rmtree(released / "issued")
    assert "they lie in" in call("-C", released, "amend", "--resume").out
    assert clean_files(released, "1.0") == before
    said = call("-C", released, "release", "--resume")
    assert (said.code, "nothing to complete" in said.err) == (1, True)


def test_a_release_that_is_killed_between_its_appends_is_completed(begun: Path, call: Call, released_once: Path):
    stop = (
        "import regdocs.versions.record as record, os; record.make = lambda *_: os._exit(9); "
        "from regdocs.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", stop, "-C", str(begun), "release", "1.0"], check=False, timeout=120)
    assert done.returncode == 9
    assert kinds_of_entries(begun)[2:] == ["release", "sign"]
    status = call("-C", begun, "status").out
    assert 'it has no documents yet; "regdocs amend --resume" completes it' in status
    assert call("-C", begun, "build", "--final").code == 1
    assert call("-C", begun, "amend", "--resume").code == 0
    assert clean_files(begun, "1.0").keys() == clean_files(released_once, "1.0").keys()
    assert call("-C", begun, "verify", "--rebuild").code == 6  # nothing outside vouches for the key


# ---------------------------------------------------------------------------------------------------------- checkout


def test_checkout_lays_out_what_was_issued_and_says_how(released: Path, call: Call, tmp_path: Path):
    issued = clean_files(released, "1.0")
    shutil.rmtree(released / "issued")
    said = call("-C", released, "checkout", "1.0", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    assert "crf/en.pdf: stored" in said.out
    assert {path.removeprefix("clean/"): data for path, data in content(tmp_path / "out").items()}.items() >= (
        issued.items()
    )


def test_checkout_from_trees_says_that_the_bytes_are_those_issued(begun: Path, call: Call):
    assert call("-C", begun, "release", "1.0", "--without-documents").code == 0
    said = call("-C", begun, "checkout", "1.0")
    assert said.code == 0, said.err
    assert "19 were printed from their trees and have the bytes that were issued" in said.out
    assert said.err.count("19 documents are to be made.\n") == 1 and "to be made" not in said.out
    assert (begun / "checkout/1.0/clean/crf/en.pdf").is_file()


@pytest.mark.parametrize(("count", "told"), [(5, ""), (6, "6 documents are to be made.\n")])
def test_where_nobody_watches_one_line_says_beforehand_that_many_documents_are_made(
    count: int, told: str, capsys: pytest.CaptureFixture[str]
):
    progress = printer(1).progress
    for number in range(1, count + 1):
        progress("crf/en.pdf", number, count)
    assert capsys.readouterr() == ("", told)


def test_checkout_of_an_unknown_version_makes_no_folder(released: Path, call: Call):
    said = call("-C", released, "checkout", "../../9")
    assert (said.code, said.traceback) == (1, False)
    assert not (released / "checkout").exists()


# ------------------------------------------------------------------------------------------------------------- build


def test_final_documents_after_a_release_are_those_that_were_issued(released: Path, call: Call):
    said = call("-C", released, "build", "--final")
    assert said.code == 0, said.err
    built = content(released / "out")
    del built["manifest.json"], built["NOT-FOR-USE.txt"]
    assert built == clean_files(released, "1.0")


def test_final_documents_take_nothing_from_the_output_folder_or_the_cache(released: Path, call: Call):
    call("-C", released, "build", "--final")
    page, manifest = released / "out/crf/en.html", released / "out/manifest.json"
    page.write_bytes(b"planted")
    said = json.loads(manifest.read_bytes())
    for made in said["documents"]:
        if made["path"] == "crf/en.html":
            made["sha256"], made["bytes"] = sha256_hex(b"planted"), 7
    manifest.write_text(json.dumps(said), encoding="utf-8")
    assert call("-C", released, "build", "--final").code == 0
    assert page.read_bytes() == clean_files(released, "1.0")["crf/en.html"]


def test_final_documents_of_a_working_copy_that_differs_are_refused_naming_what_differs(released: Path, call: Call):
    edit_for_amendment(released)
    said = call("-C", released, "build", "--final")
    assert (said.code, said.traceback) == (1, False)
    assert "protocol.yaml has changed" in said.err
    assert "templates/crf/crf.xml has changed" in said.err
    assert "the text of crf/en has changed" in said.err
    assert '"regdocs checkout 1.0"' in said.err
    assert not (released / "out").exists()


def test_drafts_after_a_release_say_what_they_come_after(released: Path, call: Call):
    assert call("-C", released, "build").code == 0
    page = (released / "out/crf/en.html").read_text(encoding="utf-8")
    assert "Version draft after 1.0" in page and "log 4" not in page
    assert "Nothing has changed" in call("-C", released, "build").out


def test_final_documents_before_the_first_release_carry_the_proposed_version(begun: Path, call: Call):
    assert call("-C", begun, "build", "--final").code == 0
    page = (begun / "out/crf/en.html").read_text(encoding="utf-8")
    assert "Version 1.0, 2026-01-15" in page and "log " not in page.split("<body")[1]
    assert call("-C", begun, "build", "--final", "--version", "1.0").code == 1


def test_an_earlier_version_is_made_only_from_its_own_working_copy(released: Path, call: Call):
    before = {path: (released / path).read_bytes() for path in ("protocol.yaml", "templates/crf/crf.xml")}
    edit_for_amendment(released)
    call("-C", released, *RECORD)
    assert call("-C", released, "build", "--final").code == 0
    built = content(released / "out")
    del built["manifest.json"], built["NOT-FOR-USE.txt"]
    issued = clean_files(released, "2.0")
    assert built == {path: issued[path] for path in of_the_study(issued)}
    assert call("-C", released, "build", "--final", "--version", "1.0").code == 1
    for path, data in before.items():
        (released / path).write_bytes(data)
    assert call("-C", released, "build", "--final", "--version", "1.0").code == 0
    assert call("-C", released, "build", "--final").code == 1


def test_a_log_that_does_not_hold_makes_no_recorded_version(released: Path, call: Call):
    log = released / "audit/log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"DEMO-1", b"DEMO-2", 1))
    said = call("-C", released, "build", "--final")
    assert (said.code, said.traceback) == (1, False)
    assert "regdocs verify" in said.err


# ------------------------------------------------------------------------------------------------------------ status


def test_status_lists_versions_and_says_whether_the_working_copy_is_the_newest(released: Path, call: Call):
    said = call("-C", released, "status").out
    assert "1.0: release, 2026-03-02T09:00:00Z, recorded by jane@example.org" in said
    assert "The working copy is version 1.0." in said
    edit_for_amendment(released)
    said = call("-C", released, "status").out
    assert "The working copy differs from version 1.0:\n  protocol.yaml has changed\n" in said
    call("-C", released, *RECORD)
    assert "2.0: amendment 1, 2026-05-30" in call("-C", released, "status").out


def test_status_says_that_nothing_is_recorded_and_names_a_second_copy_of_the_log(begun: Path, call: Call):
    (begun / "audit" / "log (conflicted copy).jsonl").write_text("", encoding="utf-8")
    said = call("-C", begun, "status").out
    assert "Versions: none recorded." in said
    assert "audit/log (conflicted copy).jsonl" in said


def test_commands_that_record_load_nothing_of_it_for_help():
    call = "import sys; from regdocs.cli.main import regdocs; regdocs(['--help'], standalone_mode=False);"
    shown = subprocess.run(
        [sys.executable, "-c", call + "print(*sorted(sys.modules), file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "release" in shown.stdout and "checkout" in shown.stdout
    assert not {"regdocs.versions", "cryptography", "regdocs.audit"} & set(shown.stderr.split())
    assert run("release", "--help").code == 0
