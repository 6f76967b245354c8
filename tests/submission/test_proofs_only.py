"""A package without the log: the entries it rests on hold by their proofs, and what only a log can show is said."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.heads import read_head
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import sign_note
from regdocs.audit.verification import Asked, Head
from regdocs.cli.verify_words import words_of
from regdocs.submission.proofs import ENTRIES, entry_path, proof_parts
from regdocs.submission.verifying_proofs import LIMITS
from tests.submission.packages import laid, recorded, verified
from tests.versions.logs import opened


@pytest.fixture(scope="module")
def packed(amended_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The amended study with a recorded package, and the folder and zip of that without its log."""
    study = Path(shutil.copytree(amended_once, tmp_path_factory.mktemp("proved") / "study"))
    folder, archive = laid(study, study.parent / "out", recorded(study), proofs_only=True)
    return study, folder, archive


def entry_of_package(folder: Path) -> Path:
    [found] = [one for one in (folder / ENTRIES).glob("*.json") if b'"do":"package"' in one.read_bytes()]
    return found


def test_it_has_no_log_and_holds_with_the_outsiders_keys_and_head(packed: tuple[Path, Path, Path], asked: Asked):
    _, folder, archive = packed
    assert not (folder / "log" / "log.jsonl").exists()
    found = verified(archive, asked)
    assert found.holds, found.words
    assert found.found.study and found.found.signatures and found.found.covered == found.found.checkpoint.size  # type: ignore[union-attr]
    assert verified(folder, asked).holds


def test_the_verdict_says_that_revocation_and_completeness_were_not_checked(
    packed: tuple[Path, Path, Path], asked: Asked
):
    last = list(words_of(verified(packed[2], asked).found))[-1]
    assert last.startswith("Verdict 0") and LIMITS in last


def test_a_package_with_its_log_says_nothing_of_that(packed: tuple[Path, Path, Path], asked: Asked):
    study = packed[0]
    _, archive = laid(study, study.parent / "with-log", recorded(study))
    assert LIMITS not in "\n".join(words_of(verified(archive, asked).found))


def test_manifest_and_files_are_those_of_the_package_with_its_log(packed: tuple[Path, Path, Path]):
    study, folder, _ = packed
    whole, _ = laid(study, study.parent / "whole", recorded(study))
    mine, theirs = (
        {one.relative_to(place): one.read_bytes() for place in (root,) for one in root.rglob("*") if one.is_file()}
        for root in (folder, whole)
    )
    assert {path for path in mine.keys() ^ theirs.keys() if path.parts[0] != "log"} == set()
    assert all(mine[path] == theirs[path] for path in mine.keys() & theirs.keys())


def test_the_version_that_an_issue_is_of_goes_along_because_its_signed_text_names_it(packed: tuple[Path, Path, Path]):
    book = opened(packed[0])
    issues = [(one.n, issue.n) for one in book.versions for issue in one.issues]
    assert len(issues) > 1
    [package] = [one["n"] for one in book.entries() if one["do"] == "package"]
    paths = {one.path for one in proof_parts(book, package, [issue for _, issue in issues], book.versions[-1].name)}
    assert {entry_path(n) for pair in issues for n in pair} <= paths


def test_without_keys_or_a_head_from_outside_nothing_is_decided(packed: tuple[Path, Path, Path], asked: Asked):
    assert verified(packed[2], replace(asked, heads=())).codes == {9}
    assert 6 in verified(packed[2], replace(asked, trust=None)).codes


def test_a_head_older_than_the_package_can_be_held_to_the_log_only(packed: tuple[Path, Path, Path], asked: Asked):
    book = opened(packed[0])
    size = min(int(one.stem) for one in (packed[0] / "audit" / "heads").glob("*.note"))
    note = read_head(book.folder.kept_head(size) or b"")
    found = verified(packed[2], replace(asked, heads=(Head("an old head", note.note, note.checkpoint),)))
    assert found.codes == {9} and "an old head is older than this package" in found.words


def test_another_head_of_the_same_size_is_a_fork(packed: tuple[Path, Path, Path], asked: Asked):
    [head] = asked.heads
    other = Checkpoint(head.checkpoint.origin, head.checkpoint.size, b"\1" * 32)
    forged = sign_note(other.text, demonstration_signer(other.origin))
    found = verified(packed[2], replace(asked, heads=(Head("theirs", forged, other),)))
    assert 4 in found.codes


def test_each_file_beside_the_documents_is_named_when_a_byte_of_it_changes(folder: Path, asked: Asked):
    for place in sorted((folder / "log").rglob("*")):
        if not place.is_file():
            continue
        good = place.read_bytes()
        for at in {0, len(good) // 2, len(good) - 1}:
            place.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            assert not verified(folder, asked).holds, (place.name, at)
        place.write_bytes(good)
    assert verified(folder, asked).holds


def test_a_file_that_is_lacking_or_added_below_log_is_named(folder: Path, asked: Asked):
    for place in sorted((folder / "log").rglob("*")):
        if place.is_file():
            good = place.read_bytes()
            place.unlink()
            assert not verified(folder, asked).holds, place.name
            place.write_bytes(good)
    for strange in ("log/log.jsonl", "log/entries/x.json", "log/entries/00.json", "log/lists/" + "0" * 64):
        (folder / strange).write_bytes(b"{}\n")
        assert strange in verified(folder, asked).words
        (folder / strange).unlink()


def test_the_entry_of_another_place_is_not_taken_for_the_packages(folder: Path, asked: Asked):
    place = entry_of_package(folder)
    shutil.copyfile(place, place.with_name("1.json"))
    shutil.copyfile(folder / "log" / "package.tlog-proof", folder / "log" / "entries" / "1.tlog-proof")
    found = verified(folder, asked)
    assert 1 in found.codes and "its proof is of another entry" in found.words


def test_a_document_that_was_exchanged_is_named(folder: Path, asked: Asked):
    [letter, *_] = sorted(folder.rglob("*Letter*.pdf"))
    letter.write_bytes(b"%PDF another")
    found = verified(folder, asked)
    assert found.codes == {7} and letter.name in found.words


@pytest.mark.parametrize(
    "line", [b"", b"{}\n", b"[]\n", b'{"do":["x"],"n":0}\n', b'{"do":"sign","n":3,"note":{}}\n', b"\xff\n"]
)
def test_lines_that_nobody_wrote_are_faults_and_never_errors(folder: Path, asked: Asked, line: bytes):
    for place in (folder / ENTRIES).glob("*.json"):
        good = place.read_bytes()
        place.write_bytes(line)
        assert not verified(folder, asked).holds
        place.write_bytes(good)


def test_signatures_that_were_taken_out_are_missed(folder: Path, asked: Asked):
    signs = [one for one in (folder / ENTRIES).glob("*.json") if b'"do":"sign"' in one.read_bytes()]
    assert len(signs) > 2
    for place in signs:
        shutil.copytree(folder, folder.parent / "less")
        for ending in (".json", ".tlog-proof"):
            (folder.parent / "less" / ENTRIES / f"{place.stem}{ending}").unlink()
        found = verified(folder.parent / "less", asked)
        signed = json.loads(place.read_bytes())
        if "meaning authorship" in signed["note"]:
            assert 5 in found.codes, place.name
        shutil.rmtree(folder.parent / "less")


def test_what_stands_beside_a_proof_or_lacks_its_line_feed_is_told(folder: Path, asked: Asked):
    place = entry_of_package(folder)
    good = place.read_bytes()
    place.write_bytes(good.removesuffix(b"\n"))
    assert "does not end with one LF" in verified(folder, asked).words
    place.write_bytes(good)
    proof = folder / "log" / "entries" / "0.tlog-proof"
    lines = proof.read_bytes().split(b"\n")
    proof.write_bytes(b"\n".join([lines[0], b"extra QUFB", *lines[1:]]))
    assert "something besides the proof" in verified(folder, asked).words
