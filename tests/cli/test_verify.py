"""`regdocs verify` as people call it: exit codes, words, JSON, report, state, two copies, evidence of a fork."""

import json
import os
from argparse import Namespace
from pathlib import Path

import pytest

from regdocs.audit import standalone_verify
from tests.audit import log_maker as made
from tests.audit.log_maker import LOG_KEY, NEXT_LOG_KEY, TRUST, LogMaker, log_of_41_entries
from tests.cli.calling import Call, Said, call_of, run


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Call:
    monkeypatch.chdir(tmp_path)
    return call_of(monkeypatch, capsys)


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture
def study(tmp_path: Path, log: LogMaker) -> Path:
    (tmp_path / "trust").write_text(TRUST, encoding="utf-8")
    (tmp_path / "head").write_bytes(log.checkpoint())
    return log.write(tmp_path / "study")


def verify(call: Call, *more: str | Path) -> Said:
    said = call("verify", "study", "--trust", "trust", *more)
    assert not said.traceback
    assert said.out.count("OK") == 0
    return said


def test_exit_code_0_with_trust_file_and_head_and_never_a_bare_ok(call: Call, study: Path):
    said = verify(call, "--head", "head")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == lines[-1] and lines[0].startswith("Verdict 0: ")
    assert "Verdict 0: all that was asked holds for 41 entries; what was not checked is listed" in said.out
    for words in ("Not checked:", "--rebuild", "was true when it was recorded", "demonstration keys", "To know:"):
        assert words in said.out


def test_exit_code_9_with_the_trust_file_alone(call: Call, study: Path):
    assert verify(call).code == 9


def test_exit_code_6_without_trust_file(call: Call, study: Path):
    said = call("verify", "study", "--head", "head")
    assert said.code == 6
    assert "nothing outside this log vouches for its key" in said.out


def test_exit_code_1_names_line_entry_cause_and_where_to_look(call: Call, study: Path, log: LogMaker):
    made.write_lines(study, made.edited(log.lines, 12, text="another text"))
    said = verify(call, "--head", "head")
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0] == lines[-1] and lines[0].startswith("Verdict 1: ")
    assert lines[1:3] == ["", "Faults:"] and said.out.index("line 14, entry 13: ") < said.out.index("Study: ")
    assert "line 14, entry 13: " in said.out
    assert "Likely cause: entry 12 was changed after entry 13 was written" in said.out
    assert "look among entries 0 to 24" in said.out


def test_exit_code_3_when_the_end_was_cut(call: Call, study: Path, log: LogMaker):
    made.write_lines(study, log.lines[:-2])
    assert verify(call, "--head", "head").code == 3
    made.resign(study, log.lines[:36])
    assert verify(call, "--head", "head").code == 3
    assert verify(call, "--footer", made.footer_of(log.lines)).code == 3


def test_exit_code_4_and_both_signed_heads_are_kept_as_evidence(call: Call, study: Path, log: LogMaker, tmp_path: Path):
    made.resign(study, made.rechained(made.edited(log.lines, 33, title="another")))
    said = verify(call, "--head", "head")
    assert said.code == 4
    evidence = (tmp_path / "fork-evidence.txt").read_text(encoding="utf-8")
    assert (study / "audit" / "checkpoint").read_text(encoding="utf-8").strip() in evidence
    assert log.checkpoint().decode().strip() in evidence
    assert verify(call, "--head", "head").code == 4
    assert (tmp_path / "fork-evidence-2.txt").exists()


def test_evidence_of_a_fork_goes_where_it_is_asked_for_and_replaces_nothing(
    call: Call, study: Path, log: LogMaker, tmp_path: Path
):
    made.resign(study, made.rechained(made.edited(log.lines, 33, title="another")))
    (tmp_path / "kept").mkdir()
    for name in ("heads.txt", "heads-2.txt"):
        said = verify(call, "--head", "head", "--evidence", f"kept/{name}")
        assert said.code == 4 and f"were written into {tmp_path / 'kept' / name}" in said.err
    first = (tmp_path / "kept" / "heads.txt").read_bytes()
    os.symlink("nowhere", tmp_path / "kept" / "heads-3.txt")
    assert str(tmp_path / "kept" / "heads-4.txt") in verify(call, "--head", "head", "--evidence", "kept/heads.txt").err
    assert (tmp_path / "kept" / "heads.txt").read_bytes() == first
    verify(call, "--head", "head", "--evidence", "kept")
    assert (tmp_path / "kept" / "fork-evidence.txt").exists() and not (tmp_path / "fork-evidence.txt").exists()


def test_fork_is_told_also_where_its_evidence_cannot_be_written(call: Call, study: Path, log: LogMaker):
    made.resign(study, made.rechained(made.edited(log.lines, 33, title="another")))
    said = verify(call, "--head", "head", "--evidence", "nowhere/heads.txt")
    assert said.code == 4 and "Verdict 4" in said.out
    (line,) = said.err.splitlines()
    assert line.startswith("The signed heads were not kept: ")


def test_exit_code_5_for_a_missing_signature(call: Call, study: Path, log: LogMaker):
    made.resign(study, log.lines[:39])  # ends in an issue without its author's signature
    said = verify(call, "--footer", made.footer_of(log.lines[:39]))
    assert said.code == 5
    assert 'line 39, entry 38: "issue" is not signed by its author' in said.out


def test_exit_code_7_for_a_missing_object(call: Call, study: Path, log: LogMaker):
    (study / "audit" / "objects" / log.entries[7]["spec"]).unlink()
    said = verify(call, "--head", "head")
    assert said.code == 7
    assert "line 8, entry 7: the object" in said.out


def test_a_protocol_that_is_not_at_hand_is_not_said_to_have_been_loaded(call: Call, study: Path, log: LogMaker):
    assert "protocol.yaml of 3 versions loads" in verify(call, "--head", "head").out
    (study / "audit" / "objects" / log.entries[7]["spec"]).unlink()
    said = verify(call, "--head", "head").out
    assert "protocol.yaml of 2 versions loads" in said
    assert "protocol.yaml of 1 version, which is not at hand" in said


def test_exit_code_8_when_there_is_no_log(call: Call, study: Path, tmp_path: Path):
    (study / "audit" / "log.jsonl").unlink()
    (study / "audit" / "checkpoint").unlink()
    assert verify(call).code == 3  # a kept head says that there were 25 entries
    (study / "audit" / "heads" / "25.note").unlink()
    assert verify(call).code == 8
    (tmp_path / "empty" / "audit").mkdir(parents=True)
    assert call("verify", "empty", "--trust", "trust").code == 8


@pytest.mark.parametrize(
    "more",
    [
        ("--head", "none"),
        ("--head", "trust"),
        ("--trust", "head"),
        ("--footer", "log 41"),
        ("--state", "head"),
        ("--timestamp-roots", "none"),
        ("--against", "nowhere"),
        ("--report", "nowhere/report.txt"),
        ("--nonsense",),
    ],
)
def test_exit_code_2_for_what_cannot_be_read_or_written(call: Call, study: Path, more: tuple[str, ...]):
    assert verify(call, *more).code == 2


def test_exit_code_2_for_a_folder_that_is_none(call: Call, study: Path):
    assert call("verify", "nowhere").code == 2


def test_audit_folder_itself_may_be_named(call: Call, study: Path):
    assert call("verify", "study/audit", "--trust", "trust", "--head", "head").code == 0


def altered(log: LogMaker, folder: Path) -> None:
    """Write a log of which a line was changed."""
    log.write(folder)
    made.write_lines(folder, made.edited(log.lines, 12, text="another text"))


def test_the_log_that_is_named_is_verified_and_not_the_one_beside_it(call: Call, study: Path, log: LogMaker, tmp_path):
    altered(log, tmp_path / "spoilt")
    (tmp_path / "spoilt" / "audit").rename(study / "audit-from-backup")
    said = call("verify", "study/audit-from-backup", "--trust", "trust", "--head", "head")
    assert said.code == 1
    assert "issued/: the folder of a log was given alone" in said.out
    assert call("verify", "study", "--trust", "trust", "--head", "head").code == 0
    said = verify(call, "--head", "head", "--against", "study/audit-from-backup")
    assert said.code == 1 and "the other copy does not agree with its own checkpoint" in said.out


def test_the_log_one_stands_in_is_verified_and_not_the_one_beside_it(
    call: Call, study: Path, log: LogMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    altered(log, tmp_path / "spoilt")
    (tmp_path / "spoilt" / "audit").rename(study / "audit-from-backup")
    given = ("--trust", "../../trust", "--head", "../../head")
    for folder, code in (("audit-from-backup", 1), ("audit", 0)):
        monkeypatch.chdir(study / folder)
        assert call("verify", *given).code == code


def test_a_log_that_was_put_into_a_log_is_not_verified_in_its_place(call: Call, study: Path, log: LogMaker):
    altered(log, study / "audit")
    said = call("verify", "study/audit", "--trust", "trust", "--head", "head")
    assert said.code == 2 and "which one is meant" in said.err


def test_files_are_named_from_the_folder_that_is_worked_in(
    call: Call, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    given = ("--trust", "trust", "--head", "head", "--state", "state.json", "--report", "report.txt")
    assert call("-C", str(tmp_path), "verify", "study", *given).code == 0
    assert (tmp_path / "report.txt").exists() and (tmp_path / "state.json").exists()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_json_says_all_that_the_words_say(call: Call, study: Path, log: LogMaker):
    made.write_lines(study, made.edited(log.lines, 12, text="another text"))
    said = json.loads(verify(call, "--head", "head", "--json").out)
    assert (said["verdict"], said["entries"], said["demonstration"]) == (1, 41, True)
    assert said["verdicts"] == [1]
    assert {"verdict", "line", "entry", "message", "cause"} == said["faults"][0].keys()
    assert (said["faults"][0]["line"], said["faults"][0]["entry"]) == (14, 13)
    assert said["checked"] and said["not_checked"] and said["listed"]


def test_report_is_what_was_printed(call: Call, study: Path, tmp_path: Path):
    said = verify(call, "--head", "head", "--report", "report.txt")
    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == said.out


def test_state_is_written_when_nothing_is_at_fault_and_gone_on_from(
    call: Call, study: Path, log: LogMaker, tmp_path: Path
):
    assert verify(call, "--head", "head", "--state", "state.json").code == 0
    kept = (tmp_path / "state.json").read_bytes()
    log.add("note", "ann@example.org", text="new")
    log.write(study)
    said = verify(call, "--state", "state.json")
    assert said.code == 0
    assert "entries 41 and later were read" in said.out
    assert (tmp_path / "state.json").read_bytes() != kept
    kept = (tmp_path / "state.json").read_bytes()
    made.resign(study, log.lines[:36])
    said = verify(call, "--state", "state.json")
    assert said.code == 3
    assert "left as it is" in said.err
    assert (tmp_path / "state.json").read_bytes() == kept


def test_state_of_another_log_is_refused(call: Call, study: Path, tmp_path: Path):
    verify(call, "--head", "head", "--state", "state.json")
    line = (
        (study / "audit" / "log.jsonl")
        .read_bytes()
        .replace(b'"origin":"regdocs.invalid/demo-41', b'"origin":"regdocs.invalid/demo-42', 1)
    )
    (study / "audit" / "log.jsonl").write_bytes(line)
    said = verify(call, "--state", "state.json")
    assert said.code == 2
    assert "is about another log" in said.err


def test_copy_that_went_another_way_is_a_fork_with_evidence(call: Call, study: Path, log: LogMaker, tmp_path: Path):
    other = log_of_41_entries()
    log.add("note", "ann@example.org", text="mine")
    other.add("note", "bob@example.org", text="theirs")
    log.write(study)
    other.write(tmp_path / "other")
    said = verify(call, "--against", "other")
    assert said.code == 4
    assert "line 42, entry 41: the two copies are the same up to entry 40" in said.out
    evidence = (tmp_path / "fork-evidence.txt").read_text(encoding="utf-8")
    assert other.checkpoint().decode().strip() in evidence
    assert log.checkpoint().decode().strip() in evidence


def test_copy_that_only_went_on_is_told(call: Call, study: Path, log: LogMaker, tmp_path: Path):
    log.add("note", "ann@example.org", text="mine")
    log.write(tmp_path / "other")
    said = verify(call, "--head", "head", "--against", "other")
    assert said.code == 0
    assert "this copy is the beginning of the other one, which has 1 entries more" in said.out


@pytest.mark.skipif(os.name == "nt", reason="names of files are Unicode there")
@pytest.mark.parametrize("form", [(), ("--json",), ("--report", "report.txt")])
def test_names_of_files_that_are_no_text_and_colours_are_printed_harmlessly(
    call: Call, study: Path, form: tuple[str, ...]
):
    clean = os.fsencode(study / "issued" / "2.0" / "clean")
    for name in (b"\xff\xfe.pdf", b"\x1b[31mred.pdf", "\u202efdp.exe".encode()):
        with open(os.path.join(clean, name), "wb") as file:
            file.write(b"x")
    said = verify(call, *form)
    assert said.code == 7
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out or form == ("--json",)


def test_text_of_a_log_moves_no_cursor(call: Call, tmp_path: Path):
    (tmp_path / "trust").write_text(TRUST, encoding="utf-8")
    log = LogMaker()
    log.add("\u202ekind", "ann@example.org", text="x")
    log.write(tmp_path / "study")
    said = verify(call)
    assert "\u202e" not in said.out and "\\u202ekind" in said.out


@pytest.mark.slow
def test_exit_codes_come_out_of_a_process_of_its_own(study: Path, log: LogMaker, tmp_path: Path):
    given = ("verify", study, "--trust", tmp_path / "trust")
    assert run(*given).code == 9
    assert run(*given, "--head", tmp_path / "head").code == 0
    made.resign(study, log.lines, LOG_KEY)
    assert run(*given).code == 6
    made.resign(study, log.lines[:30], NEXT_LOG_KEY)
    assert run(*given, "--head", tmp_path / "head").code == 3


# ---------------------------------------------------------------------------------------- words that claim no more


def test_head_file_inside_the_folder_is_not_from_outside(call: Call, study: Path):
    said = verify(call, "--head", Path("study") / "audit" / "heads" / "25.note")
    assert said.code == 9
    assert "it is not from outside, and was not counted" in said.out
    assert "No head from outside covers any entry" in said.out


def test_head_with_converted_line_endings_is_said_to_have_them(call: Call, study: Path, tmp_path: Path):
    (tmp_path / "head").write_bytes((tmp_path / "head").read_bytes().replace(b"\n", b"\r\n"))
    said = verify(call, "--head", "head")
    assert said.code == 2
    assert "line endings were converted" in said.err


def test_standalone_verifier_says_how_far_heads_reach_and_whose_word_names_are(study: Path, log: LogMaker):
    outside = study.parent / "25.note"
    outside.write_bytes((study / "audit/heads/25.note").read_bytes())
    trust, covered = str(study.parent / "trust"), dict[Path, str]()
    for head in (outside, study / "audit/heads/25.note"):
        asked = Namespace(folder=str(study), trust=trust, head=[str(head)], footer=[])
        covered[head] = "\n".join(standalone_verify.report(standalone_verify.verified(asked)))
    assert "Heads from outside cover 25 lines;" in covered[outside]
    assert "identity rests on this log's own enrolment" in covered[outside]
    assert "Heads from outside cover 0 lines;" in covered[study / "audit/heads/25.note"]


def test_history_of_no_element_is_refused_and_one_entry_says_that_signatures_were_not_checked(call: Call, study: Path):
    assert call("-C", "study", "log", "--path", "/nonsense").code == 1
    assert "No recorded version changed /n/x" not in call("-C", "study", "log", "--path", "/n/x").out
    assert call("-C", "study", "log", "--path", "/title").code == 0
    assert "does not check signatures of persons" in call("-C", "study", "log", "13").out


def test_proof_is_made_in_a_folder_with_a_log_alone(call: Call, study: Path):
    assert not (study / "protocol.yaml").exists()
    assert call("-C", "study", "log", "prove", "3").out.startswith("c2sp.org/tlog-proof@v1")
