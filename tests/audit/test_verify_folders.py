"""What lies beside the log is what its entries name: lists of inputs, names of versions, the folder `issued/`."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.not_for_use import FILE, TEXT
from regdocs.cli.verify_given import place_of
from regdocs.errors import UsageError
from tests.audit.log_maker import REDLINE, LogMaker, log_of_41_entries, text_of
from tests.audit.test_two_verifiers import by_ours, by_standalone
from tests.audit.verifying import found_in

JANE, ANN = "jane.doe@example.org", "ann@example.org"
AMEND = 36
FORM = {"title": "A study", "version": "1.0"}
STEP = [{"path": "/version", "old": "1.0", "new": "2.0"}]


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


def agreed(study: Path) -> set[int]:
    """The verdicts of both verifiers, without trust file and head: 6 and 9 are always among them, and left out."""
    ours, other = by_ours(study, (), (), None), by_standalone(study, (), (), None)
    assert ours == other
    return ours - {6, 9}


def amended(log: LogMaker, **changes: Any) -> int:
    """Record another amendment, which is a good one but for these keys."""
    last = log.entries[AMEND]
    form = {**json.loads(log.objects[last["data"]]), "version": "3.1"}
    own = {"version": "3.1", "data": log.keep(text_of(form)), "spec": last["spec"], "inputs": last["inputs"]}
    what = [{"path": "/version", "old": "3.0", "new": "3.1"}]
    n = log.add("amend", JANE, **{"amendment": 3, "what": what, **own, **changes})
    log.sign(n, JANE, "principal-investigator", "authorship", "k2")
    return n


def messages(study: Path, n: int | None) -> str:
    return "\n".join(fault.message for fault in found_in(study).faults if fault.entry == n)


# --------------------------------------------------------------------------------------------------------- versions


@pytest.mark.parametrize(
    "inputs",
    [
        {"protocol.yaml": b"another protocol", "toolchain.json": b"{}"},
        {"toolchain.json": b"{}"},
        {"protocol.yaml": None},
        {},
    ],
)
def test_inputs_of_another_protocol_or_of_none_are_altered(
    log: LogMaker, tmp_path: Path, inputs: dict[str, bytes | None]
):
    spec = log.objects[log.entries[AMEND]["spec"]]
    n = amended(log, inputs=log.list_of({path: data or spec for path, data in inputs.items()}))
    study = log.write(tmp_path)
    assert agreed(study) == {1}
    assert "the list of inputs" in messages(study, n)


def test_a_snapshot_of_another_protocol_is_altered(log: LogMaker, tmp_path: Path):
    last = log.entries[AMEND]
    other = log.list_of({"protocol.yaml": b"another protocol", "toolchain.json": b"{}"})
    n = log.add("snapshot", JANE, data=last["data"], spec=last["spec"], inputs=other)
    study = log.write(tmp_path)
    assert agreed(study) == {1}
    assert "names another protocol.yaml" in messages(study, n)


def test_a_version_whose_data_form_says_another_is_altered(log: LogMaker, tmp_path: Path):
    n = amended(log, data=log.entries[AMEND]["data"], what=[])
    study = log.write(tmp_path)
    assert agreed(study) == {1}
    assert messages(study, n) == "the data form says version '3.0', the entry \"3.1\""


@pytest.mark.parametrize("form", [{"title": "x"}, ["3.1"], None, {"version": 3}])
def test_a_data_form_that_says_no_version_is_altered(log: LogMaker, tmp_path: Path, form: Any):
    n = amended(log, data=log.keep(text_of(form)))
    study = log.write(tmp_path)
    assert agreed(study) == {1}
    assert "the data form says version" in messages(study, n)


@pytest.mark.parametrize("name", ["3.0\u3164", "3.0\u200b", "3.0/1", "-3", " 3", "3.", "con", "v" * 61, "３.0", "3:0"])
def test_a_version_with_a_name_that_could_pass_for_another_is_altered(log: LogMaker, tmp_path: Path, name: str):
    n = amended(log, version=name)
    study = log.write(tmp_path)
    assert agreed(study) == {1}
    assert '"version" is not of the form it should have' in messages(study, n)


# ----------------------------------------------------------------------------------------------------------- issued/


def test_the_log_of_these_tests_verifies_with_another_amendment(log: LogMaker, tmp_path: Path):
    amended(log)
    assert agreed(log.write(tmp_path)) == set()


def in_place_of(place: str, link: bool) -> Callable[[Path], None]:
    """Move what lies at a place away, and put a link to it there, or a file."""

    def plant(issued: Path) -> None:
        (issued / place).rename(issued.parent / "moved")
        if link:
            (issued / place).symlink_to(issued.parent / "moved")
        else:
            (issued / place).write_bytes(b"x")

    return plant


def file_at(place: str) -> Callable[[Path], None]:
    def plant(issued: Path) -> None:
        (issued / place).parent.mkdir(parents=True, exist_ok=True)
        (issued / place).write_bytes(b"x")

    return plant


def folder_at(place: str) -> Callable[[Path], None]:
    return lambda issued: (issued / place).mkdir(parents=True)


PLANTED = {
    "a version that is not recorded": file_at("9.0/clean/consent/en.pdf"),
    "an empty folder": folder_at("9.0"),
    "beside clean": file_at("2.0/redline/consent/en.pdf"),
    "a redline from a version that none was made from": file_at("2.0/redline-from-3.0/consent/en.pdf"),
    "a redline of a version that has none": file_at("3.0/redline-from-1.0/consent/en.pdf"),
    "a folder of redlines in a version that has none": folder_at("3.0/redline-from-1.0/consent"),
    "another file among redlines": file_at("2.0/redline-from-1.0/consent/planted.pdf"),
    "a folder among redlines that leads nowhere": folder_at("2.0/redline-from-1.0/approved"),
    "a redline among clean documents": file_at("2.0/clean/redline-from-1.0/consent/en.pdf"),
    "a clean document among redlines": file_at("2.0/redline-from-1.0/protocol/en.pdf"),
    "the tree of a redline": file_at("2.0/redline-from-1.0/consent/en.pdf.tree"),
    "a redline that was changed": file_at("2.0/redline-from-1.0/consent/en.pdf"),
    "a link for redlines": in_place_of("2.0/redline-from-1.0", True),
    "a file for redlines": in_place_of("2.0/redline-from-1.0", False),
    "above clean": file_at("2.0/consent.pdf"),
    "beside versions": file_at("consent.pdf"),
    "a folder in clean that leads nowhere": folder_at("2.0/clean/approved"),
    "a folder in the place of a file": folder_at("3.0/clean/consent/en.pdf"),
    "a link for issued": in_place_of("", True),
    "a link for a version": in_place_of("2.0", True),
    "a link for clean": in_place_of("2.0/clean", True),
    "a link below clean": in_place_of("2.0/clean/consent", True),
    "a file for issued": in_place_of("", False),
    "a file for a version": in_place_of("2.0", False),
    "a file for clean": in_place_of("2.0/clean", False),
}


@pytest.mark.parametrize("way", PLANTED)
def test_whatever_no_entry_names_below_issued_is_a_wrong_file(log: LogMaker, tmp_path: Path, way: str):
    study = log.write(tmp_path / "study")
    PLANTED[way](study / "issued")
    assert agreed(study) == {7}


def test_folders_on_the_way_to_documents_of_a_recorded_version_may_be_there(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    (study / "issued/3.0/clean/consent").mkdir(parents=True)
    assert agreed(study) == set()


def test_the_file_that_forbids_use_may_lie_beside_documents_with_its_own_words_only(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    place = study / "issued" / "2.0" / FILE
    place.write_bytes(TEXT)
    assert agreed(study) == set()
    place.write_bytes(TEXT.replace(b"NOT ", b"FOR "))
    assert agreed(study) == {7}
    place.unlink()
    (study / "issued" / FILE).write_bytes(TEXT)
    assert agreed(study) == {7}


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ({"amendment": 2, "submission": 2}, set()),
        ({"amendment": 3}, set()),
        ({"amendment": 3, "submission": 2}, {1}),
        ({"amendment": 2, "submission": 3}, {1}),
        ({"amendment": 2, "submission": 1}, {1}),
        ({"amendment": 2, "submission": 0}, {1}),
        ({"amendment": 2}, {1}),
    ],
)
def test_an_amendment_submitted_again_keeps_its_number(
    log: LogMaker, tmp_path: Path, number: dict[str, int], wanted: set[int]
):
    amended(log, **{"amendment": None, **number})
    assert agreed(log.write(tmp_path)) == wanted


def test_a_number_in_a_release_makes_it_no_amendment(tmp_path: Path):
    """The first amendment after it is 1, and a second release is one too many, for both verifiers."""
    log = LogMaker()
    log.version("release", ANN, "1.0", FORM, amendment=7, submission=2)
    n = log.version("amend", ANN, "2.0", FORM | {"version": "2.0"}, amendment=1, what=STEP)
    amended_once = log.write(tmp_path / "amended")
    agreed(amended_once)
    assert "comes next" not in messages(amended_once, n)
    second = log.version("release", ANN, "3.0", FORM | {"version": "3.0"})
    again = log.write(tmp_path / "again")
    assert 1 in agreed(again) and "a second original protocol" in messages(again, second)


def test_submissions_of_an_amendment_are_counted_and_the_next_one_begins_anew(log: LogMaker, tmp_path: Path):
    amended(log, amendment=2, submission=2)
    _version_after(log, "3.1", "3.2", amendment=2, submission=3)
    _version_after(log, "3.2", "4.0", amendment=3)
    assert agreed(log.write(tmp_path / "good")) == set()
    _version_after(log, "4.0", "4.1", amendment=3, submission=4)
    assert agreed(log.write(tmp_path / "bad")) == {1}


def _version_after(log: LogMaker, before: str, name: str, **number: int) -> None:
    last = next(one for one in reversed(log.entries) if one.get("version") == before)
    form = {**json.loads(log.objects[last["data"]]), "version": name}
    what = [{"path": "/version", "old": before, "new": name}]
    own = {"version": name, "data": log.keep(text_of(form)), "spec": last["spec"], "inputs": last["inputs"]}
    log.sign(log.add("amend", JANE, what=what, **own, **number), JANE, "principal-investigator", "authorship", "k2")


def test_a_redline_that_was_removed_is_missing_as_far_as_its_folder_is_there(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    (study / "issued/2.0" / REDLINE).unlink()
    assert agreed(study) == {7}
    shutil.rmtree(study / "issued/2.0/redline-from-1.0")
    assert agreed(study) == set()


def test_redlines_lie_there_also_when_the_clean_documents_do_not(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    shutil.rmtree(study / "issued/2.0/clean")
    assert agreed(study) == set()


def test_of_two_versions_of_one_name_the_later_has_the_folder_for_redlines_too(log: LogMaker, tmp_path: Path):
    amended(log, version="2.0")
    study = log.write(tmp_path)
    assert agreed(study) == {1, 7}


def test_folders_nested_without_end_are_a_wrong_file_and_not_followed(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    (study / "issued/2.0/clean").joinpath(*"d" * 400).mkdir(parents=True)
    assert agreed(study) == {7}
    assert len([fault for fault in found_in(study).faults if fault.verdict == 7]) == 31


def test_issued_documents_without_a_recorded_version_are_one_fault(tmp_path: Path):
    study = LogMaker().write(tmp_path)
    file_at("1.0/clean/consent/en.pdf")(study / "issued")
    assert 7 in agreed(study)
    assert [fault.message for fault in found_in(study).faults if fault.verdict == 7] == [
        '"issued/" holds 4 files and folders, and no version is recorded'
    ]


# -------------------------------------------------------------------------------------------------------- which log


def copied_beside(study: Path) -> None:
    for path in (study / "audit").iterdir():
        if path.is_file():
            (study / path.name).write_bytes(path.read_bytes())


def test_a_log_with_another_one_in_its_folder_is_refused(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path)
    copied_beside(study)
    with pytest.raises(UsageError, match="which one is meant"):
        place_of(study, ".")
    assert by_standalone(study, (), (), None) == {2}
    assert agreed(study / "audit") == set()


def test_a_link_in_the_place_of_the_audit_folder_counts_as_missing(log: LogMaker, tmp_path: Path):
    study = log.write(tmp_path / "study")
    (study / "audit").rename(tmp_path / "moved")
    (study / "audit").symlink_to(tmp_path / "moved")
    assert 8 in agreed(study)
    assert 8 in agreed(study / "audit")
    assert agreed(tmp_path / "moved") == set()


def test_a_folder_without_a_log_is_a_study_whose_log_is_missing(tmp_path: Path):
    assert agreed(tmp_path) == {8}
