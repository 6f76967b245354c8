"""Packages: files of a recorded version under a board's names, found again, proved by the log that goes along."""

import io
import json
import random
import re
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regdocs.atomic import CannotWrite
from regdocs.audit.verification import Asked
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal
from regdocs.submission.archive import Part
from regdocs.submission.laying import free_places
from regdocs.submission.manifest import JSON, contents_of_manifest
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.sources import FolderSource
from regdocs.submission.tying import Ties
from regdocs.versions import facts
from regdocs.versions.actors import NotAllowed
from regdocs.versions.deviations import Deviation, deviation
from regdocs.versions.external_files import External, Outside, PackageKind, read_outside
from tests.cli.calling import call_of
from tests.submission.packages import AMENDMENT, AT, INITIAL, SITE, approve, laid, outsider, put, recorded, verified
from tests.versions.logs import JANE, opened
from tests.versions.logs import recorded as written
from tests.versions.releases import amend, edit_for_amendment

CLOSED = Outside(waived=(("closure", "final-report", "It follows."),))


@pytest.fixture(scope="module")
def packed(amended_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The amended study with a recorded package, the package's folder and its zip."""
    study = Path(shutil.copytree(amended_once, tmp_path_factory.mktemp("packed") / "study"))
    folder, archive = laid(study, study.parent / "out", recorded(study))
    return study, folder, archive


def words_of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return re.sub("<[^>]*>", "", file.read("word/document.xml").decode("utf-8"))


def rows(package_manifest: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(package_manifest)["files"]
    return found


def test_an_amendment_has_what_it_changed_clean_and_tracked_and_its_papers(released: Path):
    approve(released)
    edit_for_amendment(released)
    amend(released)
    package = put(released)
    named = {(one["document"], one.get("state")) for one in rows(package.manifest)}
    assert {("crf", "clean"), ("crf", "tracked"), ("summary-of-changes", "clean"), ("cover-letter", None)} <= named
    assert "consent" not in {document for document, _ in named}, "it did not change"
    [base] = {one["base"] for one in rows(package.manifest) if one.get("state") == "tracked"}
    assert base == "version 1.0, approved: Example Ethics Committee (fictional), EX-1 of 2026-03-10"


def test_a_first_submission_has_every_document_clean(released: Path):
    named = {(one["document"], one.get("state")) for one in rows(put(released, INITIAL).manifest)}
    assert {("consent", "clean"), ("crf", "clean")} <= named
    assert not [state for _, state in named if state == "tracked"]


def test_what_is_lacking_is_named_with_how_it_is_waived(amended: Path):
    with pytest.raises(Refusal) as refused:
        put(amended, replace(AMENDMENT, outside=Outside()))
    for words in ("Protocol;", "Protocol, with tracked changes", "how many participants", '--waive "protocol=REASON"'):
        assert words in str(refused.value)


def test_a_file_from_outside_goes_along_and_one_that_changed_since_is_refused(amended: Path):
    (amended / "protocol.pdf").write_bytes(b"%PDF the protocol")
    (amended / "submission.yaml").write_text(
        "regdocs-submission: 1\ndocuments:\n  - {id: the-protocol, type: protocol, version: '2.0', date: 2026-05-20, "
        "language: en, file: protocol.pdf}\nparticipants:\n  - {group: all, count: 3}\n"
        "waived:\n  - {kind: amendment, what: tracked protocol, reason: none}\n",
        "utf-8",
    )
    outside, findings = read_outside(amended / "submission.yaml", amended)
    assert findings == ()
    [row] = [
        one for one in rows(put(amended, replace(AMENDMENT, outside=outside)).manifest) if one["document"] == "protocol"
    ]
    assert row["sha256"] == sha256_hex(b"%PDF the protocol") and row["from"] == {"package": True}
    (amended / "protocol.pdf").write_bytes(b"%PDF another")
    with pytest.raises(Refusal, match="another file than was declared"):
        put(amended, replace(AMENDMENT, outside=outside))


def test_a_file_is_held_against_the_digest_beside_it_and_a_day_has_to_be_in_the_calendar(amended: Path):
    (amended / "protocol.pdf").write_bytes(b"%PDF the protocol")
    text = (
        "regdocs-submission: 1\ndocuments:\n  - {id: the-protocol, type: protocol, version: '2.0', date: DAY, "
        "language: en, file: protocol.pdf, sha256: DIGEST}\n"
    )
    place, digest = amended / "submission.yaml", sha256_hex(b"%PDF the protocol")
    place.write_text(text.replace("DAY", "2026-05-20").replace("DIGEST", digest), "utf-8")
    assert read_outside(place, amended)[1] == ()
    (amended / "protocol.pdf").write_bytes(b"%PDF another")
    [changed] = read_outside(place, amended)[1]
    assert changed.rule == "SUB-002" and "it was changed" in changed.message
    place.write_text(text.replace("DAY", "2026-02-30").replace("DIGEST", digest), "utf-8")
    [no_day] = read_outside(place, amended)[1]
    assert "there is no day 2026-02-30 in the calendar" in no_day.message


@pytest.mark.parametrize("kind", ["continuing", "reportable"])
def test_a_list_of_deviations_goes_along_where_a_board_reviews_conduct(amended: Path, kind: PackageKind):
    told = Deviation("PD-7", SITE, "visit-or-assessment", False, "Visit 3 was late.", "2026-05-01", {}, {})
    written(opened(amended), deviation(opened(amended), JANE, told), at=AT)
    waived = tuple((kind, what, "not yet") for what in ("progress-report", "event-report"))
    package = put(amended, replace(AMENDMENT, kind=kind, outside=replace(AMENDMENT.outside, waived=waived)))
    [listed] = [one for one in package.parts if "Deviations" in one.path and one.path.endswith("docx")]
    assert isinstance(listed.source, bytes) and "Visit 3 was late." in words_of_docx(listed.source)
    [row, *_] = [one for one in rows(package.manifest) if one["path"] == listed.path]
    assert (row["document"], row["from"]) == ("deviation-list", {"package": True})
    earlier = put(
        amended, replace(AMENDMENT, kind=kind, on="2026-04-30", outside=replace(AMENDMENT.outside, waived=waived))
    )
    [before] = [one for one in earlier.parts if "Deviations" in one.path and one.path.endswith("docx")]
    assert isinstance(before.source, bytes) and "No deviation is recorded" in words_of_docx(before.source)


def test_only_a_body_that_is_to_decide_is_asked_for_its_decision(amended: Path):
    asked, told = (put(amended, one) for one in (AMENDMENT, replace(AMENDMENT, kind="closure", outside=CLOSED)))
    letters = []
    for package in (asked, told):
        [letter] = [one for one in package.parts if "Cover-Letter" in one.path and one.path.endswith("docx")]
        assert isinstance(letter.source, bytes)
        letters.append("ask for your decision" in words_of_docx(letter.source))
    assert letters == [True, False]


def test_the_same_package_is_found_again_on_another_day_and_has_the_same_bytes(packed: tuple[Path, Path, Path]):
    study, _, archive = packed
    again = put(study, replace(AMENDMENT, on="2027-01-01"))
    assert again.place.found and again.place.on == "2026-06-10"
    _, other = laid(study, study.parent / "again", again)
    assert other.read_bytes() == archive.read_bytes()


def test_another_package_goes_on_from_the_one_before_and_proves_it(amended: Path, tmp_path: Path):
    first = recorded(amended)
    more = replace(AMENDMENT.outside, participants=(("takes the tablets", 10, None),))
    wanted = replace(AMENDMENT, on="2026-07-01", kind="initial", outside=more)
    second = recorded(amended, wanted)
    told = json.loads(second.manifest)["before"]
    assert (told["entry"], told["on"], told["size"]) == (first.place.n, "2026-06-10", first.place.n + 2)
    _, archive = laid(amended, tmp_path / "out", second)
    assert verified(archive, outsider(opened(amended))).holds


def test_a_package_holds_as_zip_and_as_folder(packed: tuple[Path, Path, Path], asked: Asked):
    _, folder, archive = packed
    assert verified(archive, asked).holds and verified(folder, asked).holds


def test_without_a_head_from_outside_nothing_is_decided(packed: tuple[Path, Path, Path]):
    assert 9 in verified(packed[2], Asked()).codes


def edited(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    said = json.loads((folder / JSON).read_bytes())
    change(said)
    (folder / JSON).write_bytes(canonical_json(said) + b"\n")


def a_document(folder: Path) -> Path:
    return next(one for one in sorted(folder.rglob("*CRF*Clean*.pdf")))


@pytest.mark.parametrize(
    ("spoil", "codes", "words"),
    [
        (lambda folder: a_document(folder).write_bytes(b"%PDF other"), {7}, "is not the file that the manifest names"),
        (lambda folder: a_document(folder).unlink(), {7}, "is missing"),
        (lambda folder: (folder / "more.pdf").write_bytes(b"x"), {7}, '"more.pdf" is not in the manifest'),
        (lambda folder: (folder / "log" / "more").write_bytes(b"x"), {7}, "does not belong to this package"),
        (lambda folder: (folder / JSON).unlink(), {1}, "there is no MANIFEST.json"),
        (lambda folder: (folder / JSON).write_bytes(b"{}"), {1}, "does not say that it is of the format"),
        (lambda folder: (folder / JSON).write_bytes(b"[" * 5_000), {1}, "MANIFEST.json"),
        (
            lambda folder: edited(folder, lambda said: said.update(on="2026-06-11")),
            {7},
            "no entry of the log names this",
        ),
        (
            lambda folder: (folder / "log" / "package.tlog-proof").write_bytes(b""),
            {7},
            "is not the proof of this entry",
        ),
        (lambda folder: a_document(folder).with_name("link.pdf").symlink_to("/etc/passwd"), {1}, "is a link"),
    ],
)
def test_what_was_changed_in_a_package_is_named(
    folder: Path, asked: Asked, spoil: Callable[[Path], object], codes: set[int], words: str
):
    spoil(folder)
    found = verified(folder, asked)
    assert codes <= found.codes and words in found.words


def test_a_cut_log_is_truncated_and_an_altered_one_altered(folder: Path, asked: Asked):
    log = folder / "log" / "log.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole.replace(b'"do":"amend"', b'"do":"amemd"'))
    assert 1 in verified(folder, asked).codes
    log.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert verified(folder, asked).codes & {1, 3, 8}


def test_an_issued_file_that_no_entry_issued_is_named_although_manifest_and_log_agree(amended: Path, tmp_path: Path):
    """Somebody with the log's key records a package with a form of their own."""
    package = put(amended)
    said = json.loads(package.manifest)
    row = next(one for one in said["files"] if one["document"] == "crf")
    row["sha256"], row["bytes"] = sha256_hex(b"%PDF forged"), 11
    forged = replace(package, manifest=canonical_json(said) + b"\n")
    recorded(amended, manifest=sha256_hex(forged.manifest))
    folder, _ = laid(amended, tmp_path / "out", forged)
    (folder / row["path"]).write_bytes(b"%PDF forged")
    found = verified(folder, outsider(opened(amended)))
    assert {1, 7} <= found.codes and "did not issue it" in found.words and "its contents are others" in found.words


def crf_row(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in said["files"] if one["document"] == "crf" and one["path"].endswith(".pdf")
    )
    return found


@pytest.mark.parametrize(
    ("change", "codes", "words"),
    [
        (lambda said: crf_row(said).update({"from": {"package": True}}), {7}, "it is tied to no issue"),
        (lambda said: crf_row(said)["from"].update(package=True), {1}, '"files" is not of the form'),
        (lambda said: crf_row(said)["from"].update(issue=-1), {1}, '"files" is not of the form'),
        (lambda said: crf_row(said)["from"].update(issue=True), {1}, '"files" is not of the form'),
        (lambda said: crf_row(said).update(document="cover-letter"), {1}, '"files" is not of the form'),
        (lambda said: crf_row(said).update(document="consent"), {7}, "which is another document, site or language"),
        (
            lambda said: crf_row(said).update(site="example-hospital"),
            {7},
            "which is another document, site or language",
        ),
        (lambda said: crf_row(said).update(state="tracked"), {7}, "and the manifest calls it tracked"),
        (lambda said: crf_row(said).update(version="9.9"), {7}, "in another version or of another date"),
        (lambda said: said.update(study="OTHER"), {1}, "another study, or another log"),
        (lambda said: said.update(version="7.7"), {1}, "a version that the log does not have"),
    ],
)
def test_a_manifest_that_somebody_with_the_keys_made_up_is_held_against_the_log(
    amended: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], codes: set[int], words: str
):
    package = put(amended)
    said = json.loads(package.manifest)
    change(said)
    forged = replace(package, manifest=canonical_json(said) + b"\n")
    recorded(amended, manifest=sha256_hex(forged.manifest), contents=contents_of_manifest(said))
    folder, _ = laid(amended, tmp_path / "out", forged)
    found = verified(folder, outsider(opened(amended)))
    assert codes <= found.codes and words in found.words


def test_what_lies_below_the_lists_and_is_not_needed_is_named(folder: Path, asked: Asked):
    data = b"%PDF the form to use"
    (folder / "log" / "lists" / sha256_hex(data)).write_bytes(data)
    assert "does not belong to this package" in verified(folder, asked).words
    for one in (folder / "log" / "lists").iterdir():
        one.unlink()
    assert "is missing" in verified(folder, asked).words


def test_files_that_only_the_package_vouches_for_are_told(amended: Path, tmp_path: Path):
    (amended / "protocol.pdf").write_bytes(b"%PDF the protocol")
    outside = External(
        "p/en/2.0",
        "protocol",
        "Protocol",
        "2026-05-20",
        sha256_hex(b"%PDF the protocol"),
        place=amended / "protocol.pdf",
    )
    wanted = replace(AMENDMENT, outside=replace(AMENDMENT.outside, documents=(outside,)))
    folder, _ = laid(amended, tmp_path / "out", recorded(amended, wanted))
    found = verified(folder, outsider(opened(amended)))
    assert found.holds and any("tied to this package alone" in one.message for one in found.found.listed)


def test_lines_beyond_the_head_are_not_kept_in_memory(folder: Path, asked: Asked):
    log = folder / "log" / "log.jsonl"
    log.write_bytes(log.read_bytes() + b"\n" * 3_000_000)
    tracemalloc.start()
    assert 7 in verified(folder, asked).codes
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


def test_a_package_that_its_maker_did_not_sign_is_named(amended: Path, tmp_path: Path):
    package = put(amended)
    recorded(amended, sign=False)
    written(opened(amended), facts.note(JANE, "In the place of a signature."), at=AT)
    opened(amended).folder.keep_head()
    folder, _ = laid(amended, tmp_path / "out", package)
    assert "is not signed by who made it" in verified(folder, outsider(opened(amended))).words


def test_sampled_bytes_of_the_zip_are_each_named(packed: tuple[Path, Path, Path], asked: Asked, tmp_path: Path):
    data = packed[2].read_bytes()
    place = tmp_path / "spoiled.zip"
    draw = random.Random(7)
    for at in sorted(draw.sample(range(len(data)), 60)):
        place.write_bytes(data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :])
        assert not verified(place, asked).holds, at


@pytest.mark.full
def test_ten_thousand_bytes_of_the_zip_are_each_named(packed: tuple[Path, Path, Path], asked: Asked, tmp_path: Path):
    data = packed[2].read_bytes()
    place = tmp_path / "spoiled.zip"
    draw = random.Random(8)
    for at in draw.sample(range(len(data)), min(10_000, len(data))):
        place.write_bytes(data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :])
        assert not verified(place, asked).holds, at


def test_two_histories_of_one_log_differ_in_their_packages(amended: Path, tmp_path: Path):
    other = Path(shutil.copytree(amended, tmp_path / "other"))
    one, _ = laid(amended, tmp_path / "one", recorded(amended))
    changed = replace(AMENDMENT, on="2026-06-11")
    two, _ = laid(other, tmp_path / "two", recorded(other, changed))
    assert verified(two, outsider(opened(other))).holds
    assert 4 in verified(one, outsider(opened(other))).codes, "the head of the other history is of no log like this"


def test_what_lies_there_is_not_written_over_unless_it_is_said(packed: tuple[Path, Path, Path]):
    out = packed[1].parent
    with pytest.raises(CannotWrite, match="--force"):
        free_places(out, "package", force=False)
    assert free_places(out, "package", force=True) == (packed[1], packed[2])


def test_the_original_protocol_is_no_amendment_and_a_site_is_one_of_the_study(released: Path):
    with pytest.raises(Refusal, match="use --kind initial"):
        put(released)
    with pytest.raises(NotAllowed, match="has no site"):
        put(released, replace(INITIAL, site="nowhere"))


def test_packages_of_one_log_are_compared_and_a_fork_leaves_its_evidence(
    packed: tuple[Path, Path, Path], amended: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):  # fmt: skip
    call = call_of(monkeypatch, capsys)
    changed = replace(AMENDMENT, on="2026-06-11")
    _, later = laid(amended, tmp_path / "fork", recorded(amended, changed))
    head = tmp_path / "head.note"
    head.write_bytes(opened(packed[0]).folder.head_note() or b"")
    same = call("-C", tmp_path, "verify", packed[2], "--head", head, "--against", packed[1])
    assert "the other copy is the same log" in same.out
    parted = call("-C", tmp_path, "verify", packed[2], "--head", head, "--against", later)
    assert parted.code == 4 and "differ from entry" in parted.out
    assert (tmp_path / "fork-evidence.txt").read_text("utf-8").count("---- ") >= 2


def test_the_same_files_with_other_numbers_are_another_package_and_each_verifies(amended: Path, tmp_path: Path):
    recorded(amended)
    more = replace(AMENDMENT.outside, participants=(("takes the tablets", 10, None),))
    second = recorded(amended, replace(AMENDMENT, on="2026-07-01", outside=more))
    assert not second.place.found and second.place.before is not None
    _, archive = laid(amended, tmp_path / "second", second)
    assert verified(archive, outsider(opened(amended))).holds
    first, again = put(amended), put(amended, replace(AMENDMENT, outside=more))
    assert first.place.found and again.place.found and first.place.n < again.place.n


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"document": "instructions"}, 'which is "HOW-TO-VERIFY.txt" alone'),
        ({"document": "manifest"}, 'which is "MANIFEST.xlsx" alone'),
        ({"document": "contents-list"}, "and another file too"),
    ],
)
def test_no_form_passes_for_a_paper_of_the_package(packed: tuple[Path, Path, Path], change: dict[str, str], words: str):
    ties = Ties(PackageEvidence(FolderSource(packed[1])))
    every = rows((packed[1] / JSON).read_bytes())
    assert [problem for one in every if (problem := ties.problem_of(one))] == []
    form = {"path": "02/Consent.pdf", "sha256": "0" * 64, "bytes": 1, "from": {"package": True}} | change
    assert words in str(ties.problem_of(form))


@pytest.mark.parametrize("state", ["stamped", "tracked", "approved"])
def test_a_clean_form_cannot_be_called_otherwise(packed: tuple[Path, Path, Path], state: str):
    ties = Ties(PackageEvidence(FolderSource(packed[1])))
    clean = next(one for one in rows((packed[1] / JSON).read_bytes()) if one.get("state") == "clean")
    assert ties.problem_of(clean) is None and f"calls it {state}" in str(ties.problem_of(clean | {"state": state}))


def test_papers_that_only_their_maker_vouches_for_are_listed(packed: tuple[Path, Path, Path], asked: Asked):
    told = [one.message for one in verified(packed[2], asked).found.listed if "its maker alone vouches" in one.message]
    assert len(told) == 1 and "HOW-TO-VERIFY.txt" in told[0] and "Cover-Letter" in told[0]


class _Entries(PackageEvidence):
    """A log in which every entry is the one that is given."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.entry = entry

    def line(self, n: int) -> bytes | None:
        return canonical_json(self.entry)

    def object(self, sha256: str) -> bytes | None:
        return None


def test_a_copy_that_came_back_is_that_of_its_document_and_site_alone():
    entry = {"do": "receive", "document": "assent/en/2.0", "site": "north", "file": {"object": "a" * 64}}
    row = {"document": "assent", "language": "en", "version": "2.0", "site": "north", "state": "stamped"}
    row |= {"sha256": "a" * 64, "path": "x.pdf", "from": {"entry": 3}}  # type: ignore[dict-item]
    ties = Ties(_Entries(entry))
    assert ties.problem_of(row) is None
    for other in ({"document": "consent"}, {"version": "9.9"}, {"site": "south"}, {"language": "vi"}):
        assert "as another document, or of another site" in str(ties.problem_of(row | other))


def test_a_file_that_was_submitted_keeps_its_type_day_and_version():
    external = {"sha256": "a" * 64, "document": "poster/en/1", "type": "advertisement", "date": "2026-01-01"}
    row = {"document": "advertisement", "language": "en", "version": "1", "date": "2026-01-01", "state": "clean"}
    row |= {"sha256": "a" * 64, "path": "x.pdf", "from": {"submission": 3}}  # type: ignore[dict-item]
    ties = Ties(_Entries({"do": "submit", "external": [external]}))
    assert ties.problem_of(row) is None
    for other in ({"document": "protocol"}, {"version": "2"}, {"date": "2026-01-02"}, {"language": "vi"}):
        assert "names it as another document" in str(ties.problem_of(row | other))


def test_a_file_that_cannot_be_read_is_refused_with_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch):
    def denied(part: Part) -> tuple[str, int]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Part, "measured", denied)
    with pytest.raises(Refusal, match="cannot be read: Permission denied"):
        FolderSource(folder)
