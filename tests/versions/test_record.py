"""Recording versions: two appends, documents with their identity, and what is refused before anything is written."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.atomic import CannotWrite
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.file_list import FileList
from regdocs.audit.footer import footer_text
from regdocs.audit.line import parse_value
from regdocs.audit.steps import apply_steps
from regdocs.audit.tree import root_of
from regdocs.audit.trust import parse_trust
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Asked as AskedToVerify
from regdocs.audit.verify import verify
from regdocs.build.order import Order
from regdocs.build.run import build
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal, UsageError
from regdocs.versions import record as recording
from regdocs.versions.actors import NotAllowed
from regdocs.versions.amendment_preparation import prepare_amendment, prepare_resume
from regdocs.versions.folders import lay_down
from regdocs.versions.issued import documents_of
from regdocs.versions.people import trust_text
from regdocs.versions.preparation import Asked, NotReady, prepare_release
from regdocs.versions.record import lay_out_again
from tests.build.studies import ASSUMED, PATHS, REPOSITORY, SHORT, TODO, change, content, protocol, write_study
from tests.build.test_languages import write_translation
from tests.versions.logs import begin_log, opened
from tests.versions.releases import (
    ABOUT,
    AMENDED_AT,
    AMENDMENT,
    PRINTER,
    SECOND,
    amend,
    carry_out,
    clean_files,
    edit_for_amendment,
    hands,
    kinds_of_entries,
    of_the_study,
    release,
)


def verdicts(study: Path) -> set[Verdict]:
    """What an outsider finds who trusts the log's keys."""
    logbook = opened(study)
    trust = parse_trust(trust_text(logbook, persons=True), logbook.origin)
    found = verify(FolderEvidence(study), AskedToVerify(trust=trust))
    return {fault.verdict for fault in found.faults}


def documents(study: Path, version: str) -> dict[str, tuple[str, str, str | None]]:
    logbook = opened(study)
    return {one.stem: (one.version, one.date, one.since) for one in documents_of(logbook, logbook.version(version))}


# ----------------------------------------------------------------------------------------------------------- release


def test_a_release_is_two_appends_each_signed_by_its_author(released: Path):
    assert kinds_of_entries(released) == ["genesis", "sign", "release", "sign", "issue", "sign"]
    entries = list(opened(released).entries())
    assert entries[2]["version"] == "1.0" and "amendment" not in entries[2]
    assert entries[4]["of"] == 2 and entries[4]["kept"] == "bytes"
    assert all("meaning authorship\n" in entries[n]["note"] for n in (3, 5))


def test_a_released_study_verifies_but_for_what_only_an_outside_head_can_say(released: Path):
    assert verdicts(released) == {Verdict.UNDECIDED}


def test_every_document_is_issued_in_every_format(released: Path):
    assert clean_files(released, "1.0").keys() == PATHS
    assert {(version, date) for version, date, _ in documents(released, "1.0").values()} == {("1.0", "2026-01-15")}


def test_issued_bytes_and_trees_are_in_the_list_and_in_the_store(released: Path):
    logbook = opened(released)
    issue = logbook.versions[0].issues[0]
    listed = dict(FileList.parse(logbook.object(issue.files)).entries)
    assert listed.keys() == PATHS | {f"{path}.tree" for path in PATHS}
    for path, data in clean_files(released, "1.0").items():
        assert listed[path] == sha256_hex(data) == sha256_hex(logbook.object(listed[path]))
        assert logbook.object(listed[f"{path}.tree"]).startswith(b"{")


def test_pages_for_staff_show_the_head_of_the_first_append_and_those_for_participants_none(released: Path):
    logbook = opened(released)
    words = footer_text(4, root_of(logbook.leaves[:4]))
    files = clean_files(released, "1.0")
    shown = {path for path, data in files.items() if path.endswith(".html") and words.encode() in data}
    assert shown == {path for path in PATHS if path.endswith(".html") and not path.startswith("consent/")}
    assert not any(b"log 4" in data for path, data in files.items() if path.startswith("consent/"))
    assert logbook.entry(4)["head"] == 4
    assert logbook.folder.heads() == (4,)


def test_issued_pages_carry_their_version_and_date_and_no_draft_mark(released: Path):
    page = clean_files(released, "1.0")["consent/example-hospital/en.html"].decode()
    assert "Version 1.0, 2026-01-15" in page
    assert 'class="draft-mark"' not in page and "DRAFT" not in page


def test_a_second_release_is_refused(released: Path):
    with pytest.raises(Refusal, match="one release"):
        release(released)
    assert len(kinds_of_entries(released)) == 6


def test_a_release_says_the_version_that_the_protocol_says(begun: Path):
    with pytest.raises(Refusal, match=r'says version "1\.0", not "2\.0"'):
        release(begun, Asked("2.0"))
    assert kinds_of_entries(begun) == ["genesis", "sign"]


@pytest.mark.parametrize("opened_value", [TODO, ASSUMED])
def test_nothing_open_is_released_in_a_demonstration_either(begun: Path, opened_value: str):
    change(begun, (SHORT, opened_value))
    with pytest.raises(NotReady) as refusal:
        release(begun)
    assert {finding.rule for finding in refusal.value.findings} == {"FINAL-001"}
    assert any("/identity/titles/short" in finding.message for finding in refusal.value.findings)
    assert kinds_of_entries(begun) == ["genesis", "sign"]


def test_error_findings_are_named_and_nothing_is_released(begun: Path):
    change(begun, ("      arm: examplin\n      share: 1", "      arm: examplon\n      share: 1"))
    with pytest.raises(NotReady) as refusal:
        release(begun)
    assert any("examplon" in finding.message for finding in refusal.value.findings)


def test_there_is_no_release_without_a_log(tmp_path: Path):
    with pytest.raises(Refusal, match="has no log"):
        release(write_study(tmp_path / "study"))


def test_the_real_record_is_refused_and_each_open_value_named():
    with pytest.raises(NotReady) as refusal:
        prepare_release(REPOSITORY, Asked("1.0"))
    assert len(refusal.value.findings) > 20
    assert {finding.rule for finding in refusal.value.findings} == {"FINAL-001"}


def test_a_log_of_a_public_record_holds_no_release_however_complete_the_study(tmp_path: Path):
    study = write_study(tmp_path / "study")
    begin_log(study, record=True)
    with pytest.raises(NotAllowed, match="public record"):
        release(study)
    assert kinds_of_entries(study) == ["genesis", "sign"]


def test_somebody_who_is_not_enrolled_records_nothing(begun: Path):
    prepared = prepare_release(begun, Asked("1.0"))
    with pytest.raises(NotAllowed, match="not enrolled"):
        recording.record(prepared, hands(prepared.logbook, person="stranger@example.org"))
    assert kinds_of_entries(begun) == ["genesis", "sign"]


def test_gaps_of_a_translation_are_refused_naming_the_block(begun: Path):
    languages = "000 009 (fictional)\n    languages:\n      - en\n"
    change(begun, (languages, f"{languages}      - vi\n"))
    write_translation(begun, blocks=[])
    with pytest.raises(NotReady) as refusal:
        release(begun)
    assert any('"consent.title" is not translated' in finding.message for finding in refusal.value.findings)


def test_a_failed_append_lays_nothing_down(begun: Path, monkeypatch: pytest.MonkeyPatch):
    prepared = prepare_release(begun, Asked("1.0"))
    with (begun / "audit" / "checkpoint").open("ab") as checkpoint:
        checkpoint.write(b"x")
    with pytest.raises(Refusal):
        carry_out(prepared)
    assert not (begun / "issued").exists()


# --------------------------------------------------------------------------------------------------------- amendment


def test_an_amendment_issues_only_what_it_changes(amended: Path):
    assert kinds_of_entries(amended)[6:] == ["amend", "sign", "issue", "sign"]
    found = documents(amended, "2.0")
    assert found["crf/en"] == ("2.0", "2026-05-20", None)
    assert {found[stem] for stem in found.keys() - {"crf/en"}} == {("1.0", "2026-01-15", "1.0")}
    logbook = opened(amended)
    listed = FileList.parse(logbook.object(logbook.versions[1].issues[0].files))
    assert {path.partition("/")[0] for path, _ in listed.entries} == {"crf", *ABOUT}


def test_steps_of_an_amendment_give_its_data_form(amended: Path):
    logbook = opened(amended)
    entry = logbook.whole_entry(6)
    before = parse_value(logbook.object(logbook.versions[0].data))
    after = apply_steps(before, entry["what"])
    assert sha256_hex(canonical_json(after)) == entry["data"]
    assert {step["path"] for step in entry["what"]} == {"/version", "/date", "/design/enrolment/count"}
    assert (entry["amendment"], entry["why"], entry["on"]) == (1, AMENDMENT.reason, AMENDMENT.on)


def test_an_amended_study_verifies(amended: Path):
    assert verdicts(amended) == {Verdict.UNDECIDED}


def test_unchanged_documents_lie_beside_the_changed_ones_as_they_were_issued(amended: Path):
    first, second = clean_files(amended, "1.0"), clean_files(amended, "2.0")
    assert of_the_study(second) == PATHS
    assert {path for path in PATHS if first[path] != second[path]} == {p for p in PATHS if p.startswith("crf/")}


def test_a_chosen_version_is_printed_and_recorded(released: Path):
    edit_for_amendment(released)
    amend(released, replace(AMENDMENT, chosen={"consent/example-hospital/en": "1.1"}))
    assert documents(released, "2.0")["consent/example-hospital/en"] == ("1.1", "2026-05-20", None)
    assert b"Version 1.1, 2026-05-20" in clean_files(released, "2.0")["consent/example-hospital/en.html"]


def test_an_amendment_comes_after_a_release(begun: Path):
    with pytest.raises(Refusal, match="nothing was released"):
        amend(begun, replace(AMENDMENT, version="1.0"))


def test_an_amendment_has_a_new_name(released: Path):
    with pytest.raises(Refusal, match="recorded already"):
        amend(released, replace(AMENDMENT, version="1.0"))


def test_without_a_reason_of_its_own_the_entry_has_the_declared_summary_and_day(released: Path):
    edit_for_amendment(released)
    amend(released, Asked("2.0"))
    entry = opened(released).whole_entry(6)
    assert (entry["why"], entry["on"]) == ("An amendment of the example", "2026-05-20")


def test_nothing_is_amended_that_nobody_declared(released: Path):
    edit_for_amendment(released)
    with pytest.raises(Refusal, match="--prepare"):
        prepare_amendment(released, AMENDMENT)


def test_there_is_no_amendment_when_nothing_but_the_version_changed(released: Path):
    change(released, *SECOND)
    with pytest.raises(Refusal, match=r"nothing changed since version 1\.0"):
        amend(released)
    assert len(kinds_of_entries(released)) == 6


def test_a_version_is_amended_on_a_day_of_the_calendar(released: Path):
    edit_for_amendment(released)
    with pytest.raises(UsageError, match="not a day"):
        amend(released, replace(AMENDMENT, on="2026-02-30"))


# --------------------------------------------------------------------------------------------- crash between appends


def interrupted(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amend, and stop after the first append."""

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    edit_for_amendment(study)
    with monkeypatch.context() as broken:
        broken.setattr(recording, "make", crash)
        with pytest.raises(KeyboardInterrupt):
            amend(study)
    assert kinds_of_entries(study)[6:] == ["amend", "sign"]


def test_an_interrupted_version_is_completed_from_the_log_alone(
    released: Path, amended_once: Path, monkeypatch: pytest.MonkeyPatch
):
    interrupted(released, monkeypatch)
    shutil.rmtree(released / "templates")
    change(released, *SECOND, (SHORT, TODO))
    carry_out(prepare_resume(released, Asked("")), AMENDED_AT)
    assert documents(released, "2.0") == documents(amended_once, "2.0")
    assert clean_files(released, "2.0") == clean_files(amended_once, "2.0")
    assert verdicts(released) == {Verdict.UNDECIDED}


def test_nothing_is_amended_on_top_of_a_version_without_documents(released: Path, monkeypatch: pytest.MonkeyPatch):
    interrupted(released, monkeypatch)
    change(released, ('version: "1.0"', 'version: "3.0"'))
    with pytest.raises(Refusal, match="--resume"):
        prepare_amendment(released, replace(AMENDMENT, version="3.0"))


def test_there_is_nothing_to_resume_when_every_version_has_its_documents(released: Path):
    with pytest.raises(Refusal, match="nothing to complete"):
        prepare_resume(released, Asked(""))


def test_an_interrupted_version_made_with_another_tool_chain_says_so(released: Path, monkeypatch: pytest.MonkeyPatch):
    interrupted(released, monkeypatch)
    other = canonical_json({"regdocs": "another"})
    monkeypatch.setattr(recording, "toolchain_bytes", lambda: other)
    carry_out(prepare_resume(released, Asked("")), AMENDED_AT)
    logbook = opened(released)
    assert logbook.entry(8)["toolchain"] == sha256_hex(other)
    assert logbook.object(sha256_hex(other)) == other


# ---------------------------------------------------------------------------------------------------- issued folders


def test_a_folder_of_issued_documents_is_never_written_over(released: Path):
    page = released / "issued/1.0/clean/crf/en.html"
    page.write_text("somebody's own", encoding="utf-8")
    logbook = opened(released)
    lay_out_again(logbook, logbook.versions[0])
    assert page.read_text(encoding="utf-8") == "somebody's own"
    with pytest.raises(CannotWrite, match="not written over"):
        lay_down(released, "1.0", {"crf/en.html": b"another"})
    assert {one.name for one in (released / "issued/1.0").iterdir()} == {"clean", "NOT-FOR-USE.txt"}


def test_a_folder_that_is_gone_is_laid_down_again_as_it_was(released: Path):
    before = clean_files(released, "1.0")
    shutil.rmtree(released / "issued")
    logbook = opened(released)
    lay_out_again(logbook, logbook.versions[0])
    assert clean_files(released, "1.0") == before


def test_issued_documents_do_not_leave_the_study_through_a_link(begun: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (begun / "issued").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal, match="link"):
        release(begun)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert kinds_of_entries(begun) == ["genesis", "sign"]


def test_nothing_is_recorded_when_its_folder_is_there_already(begun: Path):
    (begun / "issued/1.0/clean").mkdir(parents=True)
    with pytest.raises(Refusal, match="there already"):
        release(begun)
    assert kinds_of_entries(begun) == ["genesis", "sign"]


@pytest.mark.parametrize("version", ["..", "1/0", "con", "1.0."])
def test_a_version_that_cannot_be_the_name_of_a_folder_is_refused(begun: Path, version: str):
    change(begun, ('version: "1.0"', f'version: "{version}"'))
    with pytest.raises(Refusal, match="name of a folder"):
        release(begun, Asked(version))
    assert kinds_of_entries(begun) == ["genesis", "sign"]


def test_without_documents_only_trees_are_kept_and_nothing_is_laid_down(begun: Path):
    done = release(begun, Asked("1.0", keep_bytes=False))
    assert done.folder is None and not (begun / "issued").exists()
    logbook = opened(begun)
    listed = FileList.parse(logbook.object(logbook.versions[0].issues[0].files))
    kept = {path for path, digest in listed.entries if logbook.folder.objects.has(digest)}
    assert kept == {f"{path}.tree" for path in PATHS}
    assert verdicts(begun) == {Verdict.UNDECIDED}


# -------------------------------------------------------------------------------------- nothing from cache and output


def test_a_recorded_version_takes_nothing_from_the_cache_or_the_output_folder(begun: Path, released_once: Path):
    build(Order(begun, begun / "out"))
    poisoned = [
        *(begun / ".regdocs/cache").iterdir(),
        *(begun / "out").rglob("*.pdf"),
        *(begun / "out").rglob("*.html"),
    ]
    for path in poisoned:
        path.write_bytes(sha256_hex(b"POISON").encode() + b"POISON")
    release(begun, printer=PRINTER)
    assert clean_files(begun, "1.0") == clean_files(released_once, "1.0")


def test_the_same_study_people_and_times_give_the_same_log(begun: Path, released_once: Path):
    release(begun, printer=PRINTER)
    assert content(begun / "audit") == content(released_once / "audit")


def test_the_protocol_of_a_release_is_the_one_that_lay_there(released: Path):
    logbook = opened(released)
    assert logbook.object(logbook.versions[0].spec) == protocol().encode()
