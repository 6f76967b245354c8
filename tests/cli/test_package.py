"""`regdocs package` as people call it: refused on the real record, found again on the demonstration, and verified."""

import json
import shutil
from pathlib import Path

import pytest

from regdocs.canonical import sha256_hex
from regdocs.cli import package, verify_given
from regdocs.cli.participants_asked import asked_groups
from regdocs.submission import manifest
from regdocs.submission.completeness import lacks_participants
from regdocs.versions.external_files import Outside, PackageKind
from tests.build.studies import REPOSITORY
from tests.cli.calling import Call, call_of

DEMO, OUTSIDE = REPOSITORY / "examples" / "demo-101", REPOSITORY / "examples" / "outside" / "demo-101"
ROBIN = ("--by", "robin.demo@example.org")
GENERIC = ("package", "generic", "--kind", "amendment", *ROBIN)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    return call_of(monkeypatch, capsys)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("out", ".regdocs", "packages")
    return Path(shutil.copytree(DEMO, tmp_path / "study", ignore=ignored))


def copied_record(folder: Path) -> Path:
    folder.mkdir()
    shutil.copyfile(REPOSITORY / "protocol.yaml", folder / "protocol.yaml")
    shutil.copytree(REPOSITORY / "audit", folder / "audit")
    return folder


@pytest.mark.slow
def test_the_draft_of_the_real_record_is_never_packaged_and_what_is_open_is_named(tmp_path: Path, call: Call):
    study = copied_record(tmp_path / "record")
    said = call("-C", study, "package", "generic", "--kind", "initial", "--by", "regdocs-project")
    assert said.code == 1 and "a draft is never packaged" in said.err
    assert "protocol.yaml:" in said.out and not (study / "packages").exists()


@pytest.mark.slow
def test_every_copy_of_the_demonstration_finds_its_package_with_the_same_bytes_and_an_outsider_verifies_it(
    study: Path, call: Call
):
    before = (study / "audit" / "log.jsonl").read_bytes()
    said = call("-C", study, *GENERIC)
    assert said.code == 0, said.err
    assert "The package is the one of entry" in said.out and "2026-11-12" in said.out
    [archive] = (study / "packages").glob("*.zip")
    first = archive.read_bytes()
    entry = json.loads((study / "audit" / "log.jsonl").read_bytes().splitlines()[-2])
    manifest = (archive.with_suffix("") / "MANIFEST.json").read_bytes()
    assert entry["manifest"] == sha256_hex(manifest), "the same bytes: the manifest has the digest of every file"
    assert (study / "audit" / "log.jsonl").read_bytes() == before
    outside = ("--trust", OUTSIDE / "trust.txt", "--head", OUTSIDE / "head-3.1.note")
    good = call("verify", archive, *outside)
    assert good.code == 0 and "files of the package: each by name, length and digest" in good.out
    archive.write_bytes(first[:50_000] + bytes([first[50_000] ^ 1]) + first[50_001:])
    spoiled = call("verify", archive, *outside)
    assert spoiled.code == 1 and "has another checksum than its header says" in spoiled.out
    assert call("verify", archive.with_suffix(""), *outside).code == 0


def test_a_profile_that_is_none_and_an_option_of_another_form_are_told(study: Path, call: Call):
    said = call("-C", study, "package", "genric", "--kind", "amendment", *ROBIN)
    assert said.code == 2 and 'did you mean "generic"?' in said.err
    assert call("-C", study, "package", "--kind", "amendment", *ROBIN).code == 2
    for option in (("--participants", "all"), ("--participants", "all=many"), ("--waive", "protocol")):
        assert call("-C", study, *GENERIC, *option).code == 2


def test_numbers_of_participants_are_asked_where_somebody_is_there_and_nobody_said_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    typed = iter(["take the study tablets", "nine", "9", "in follow-up", "3", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(typed))
    assert list(asked_groups()) == [("take the study tablets", 9, None), ("in follow-up", 3, None)]
    said = capsys.readouterr()
    assert said.out == "" and '"nine" is no number of participants' in said.err


@pytest.mark.parametrize(
    ("kind", "outside", "asks"),
    [
        ("amendment", Outside(), True),
        ("initial", Outside(), False),
        ("amendment", Outside(participants=(("all", 3, None),)), False),
        ("amendment", Outside(waived=(("amendment", "participants", "Nobody is in it."),)), False),
        ("amendment", Outside(waived=(("continuing", "participants", "Nobody is in it."),)), True),
    ],
)
def test_nobody_is_asked_what_is_said_already(kind: PackageKind, outside: Outside, asks: bool):
    assert lacks_participants(kind, None, outside) is asks


def test_nobody_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert list(asked_groups()) == []


def test_mistakes_of_submission_yaml_are_told_with_their_place_and_nothing_is_recorded(study: Path, call: Call):
    before = (study / "audit" / "log.jsonl").read_bytes()
    text = (study / "submission.yaml").read_text("utf-8").replace("participants:", "participant:")
    (study / "submission.yaml").write_text(text, "utf-8")
    said = call("-C", study, *GENERIC)
    assert said.code == 1 and "submission.yaml:4" in said.out and 'did you mean "participants"?' in said.out
    assert (study / "audit" / "log.jsonl").read_bytes() == before


def test_verify_looks_for_the_manifest_under_the_name_that_packages_give_it(tmp_path: Path, call: Call):
    assert verify_given.MANIFEST == manifest.JSON
    (tmp_path / manifest.JSON).write_bytes(b"{}")
    assert "does not say that it is of the format" in call("verify", tmp_path).out


def test_a_study_with_a_manifest_beside_it_is_a_study_and_that_is_said(study: Path, call: Call):
    (study / manifest.JSON).write_bytes(b"{}")
    said = call("verify", study, "--trust", OUTSIDE / "trust.txt", "--head", OUTSIDE / "head-3.1.note")
    assert said.code == 0 and "its package was not looked at" in said.out


def test_a_package_whose_manifest_was_taken_away_is_no_study(tmp_path: Path, call: Call):
    (tmp_path / "HOW-TO-VERIFY.txt").write_bytes(b"How")
    shutil.copytree(DEMO / "audit", tmp_path / "audit")
    said = call("verify", tmp_path, "--trust", OUTSIDE / "trust.txt", "--head", OUTSIDE / "head-3.1.note")
    assert said.code != 0 and "there is no MANIFEST.json that can be read" in said.out


def test_a_reason_may_have_an_equals_sign_and_a_group_too():
    assert package._pair("protocol=sent with letter no=12") == ("protocol", "sent with letter no=12")
    assert package._pair("dose=2 tablets=9", last=True) == ("dose=2 tablets", "9")


def test_what_is_no_package_is_said_to_be_none(tmp_path: Path, call: Call):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF")
    said = call("verify", tmp_path / "letter.pdf")
    assert said.code in (1, 8) and "Traceback" not in said.err
    assert call("verify", tmp_path / "nothing.zip").code == 2
