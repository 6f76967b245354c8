"""The standalone verifier: what holds, each attack by name, spoiled bytes, and other people's vectors."""

import base64
import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from regdocs.audit import standalone_verify
from tests.audit import log_maker as made
from tests.audit.log_maker import ORIGIN, TRUST, DemonstrationKey, LogMaker, log_of_41_entries

PROGRAM = Path(standalone_verify.__file__)
LATER = "2026-03-02T23:00:00Z"
ANN, JANE = "ann@example.org", "jane.doe@example.org"


@pytest.fixture(scope="module")
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture
def study(tmp_path: Path, log: LogMaker) -> Path:
    return log.write(tmp_path / "study")


@pytest.fixture
def quick_signatures(monkeypatch):
    """The program's own checks of signatures, each answer remembered: thousands of logs differ in few of them."""
    for name in ("is_signed", "is_weak"):
        monkeypatch.setattr(standalone_verify, name, cache(getattr(standalone_verify, name)))


def verify(study: Path, heads: Iterable[bytes] = (), trust: str | None = TRUST, footers: Iterable[str] = ()):
    """Verify a study's folder in this process."""
    keys = None if trust is None else [
        standalone_verify.parse_key(row) for row in trust.split("\n") if row and not row.startswith("#")
    ]  # fmt: skip
    verifier = standalone_verify.Verifier(str(study / "audit"), str(study), keys)
    given = [(f"head {number}", standalone_verify.parse_head(head)) for number, head in enumerate(heads)]
    verifier.run(given, [standalone_verify.parse_footer(text) for text in footers])
    return verifier


def codes_of(verifier: standalone_verify.Verifier) -> set[int]:
    return {fault[0] for fault in verifier.faults}


def check(study: Path, codes: set[int], entry: int | None = None, words: str = "", **asked) -> None:
    """The verdicts are these, and one fault that is not 9 names the entry and has the words."""
    verifier = verify(study, **asked)
    assert codes_of(verifier) == codes, verifier.faults
    if entry is not None or words:
        told = [fault for fault in verifier.faults if fault[2] == entry and words in fault[1]]
        assert told, verifier.faults


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the program as an auditor does: the interpreter alone, no site packages, no environment."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)


# --------------------------------------------------------------------------------------------------- what holds


def test_log_of_41_entries_has_41(log: LogMaker):
    assert len(log.lines) == 41


def test_trust_file_alone_gives_9(study: Path):
    (study.parent / "trust").write_text(TRUST)
    done = run(study, "--trust", study.parent / "trust")
    assert done.returncode == 9, done.stdout + done.stderr
    assert "NOT checked" in done.stdout


def test_trust_file_and_head_give_0_and_never_a_bare_ok(study: Path, log: LogMaker):
    (study.parent / "trust").write_text(TRUST)
    (study.parent / "head").write_bytes(log.heads[25])
    done = run(study, "--trust", study.parent / "trust", "--head", study.parent / "head")
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("--rebuild", "`spec`", "not checked cryptographically", "DEMONSTRATION KEYS", "late by 28 days"):
        assert words in done.stdout
    assert "provably written, which is not computed here" in done.stdout


def test_without_trust_file_the_code_is_6(study: Path, log: LogMaker):
    check(study, {6}, None, "nothing outside", trust=None, heads=[log.checkpoint()])
    assert run(study).returncode == 6


def test_audit_folder_alone_can_be_verified(study: Path, log: LogMaker):
    (study.parent / "trust").write_text(TRUST)
    done = run(study / "audit", "--trust", study.parent / "trust", "--footer", made.footer_of(log.lines))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "issued/: only an audit folder was given" in done.stdout.partition("NOT checked:")[2]


def test_runs_on_python_of_2020(study: Path):
    """Syntax and library of Python 3.9, as far as a newer one can tell."""
    import ast

    ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_is_one_file_that_needs_only_python():
    import ast

    text = PROGRAM.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert "hashlib" in names and {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_can_be_read_in_one_sitting():
    rows = PROGRAM.read_text(encoding="utf-8").split("\n")
    assert len(rows) <= 700  # what is after the last LF is no line
    assert max(map(len, rows)) <= 120


def test_wrong_calls_give_2(study: Path, tmp_path: Path):
    (tmp_path / "nothing").write_bytes(b"nothing\n")
    for arguments in (
        ["--head", tmp_path / "none"],
        ["--head", tmp_path / "nothing"],
        ["--trust", tmp_path / "nothing"],
        ["--footer", "log 1 x"],
        ["--what"],
    ):
        assert run(study, *arguments).returncode == 2
    assert run(tmp_path / "nothing").returncode == 2


# ---------------------------------------------------------------------------------- cut, rolled back, forked, planted


def test_cut_end_is_truncation(study: Path, log: LogMaker):
    made.write_lines(study, log.lines[:-1])
    check(study, {3, 9})


def test_cut_and_signed_again_is_found_only_by_a_later_head(study: Path, log: LogMaker):
    made.resign(study, log.lines[:40])
    check(study, {9})
    check(study, {3}, heads=[log.checkpoint()])
    check(study, {3}, footers=[made.footer_of(log.lines)])


def test_other_history_under_a_good_checkpoint_is_a_fork(study: Path, log: LogMaker):
    made.resign(study, made.rechained([*log.lines[:40], made.edited(log.lines, 25, at=LATER)[25]], 40))
    check(study, {4}, heads=[log.checkpoint()])
    check(study, {1}, footers=[made.footer_of(log.lines)])
    check(study, {9})


def test_edit_with_the_chain_made_again_has_another_root(study: Path, log: LogMaker):
    made.write_lines(study, made.rechained([*log.lines[:40], made.edited(log.lines, 25, at=LATER)[25]], 40))
    check(study, {1}, words="another root", heads=[log.heads[25]])


def test_edit_of_a_signed_entry_with_the_chain_made_again_names_its_signature(study: Path, log: LogMaker):
    made.resign(study, made.rechained(made.edited(log.lines, 7, version="1.1")))
    assert {fault[2] for fault in verify(study).faults if fault[0] == 1} >= {8, 11}


def test_lines_beyond_the_checkpoint_are_listed_and_count_for_nothing(study: Path, log: LogMaker):
    made.write_lines(study, [*log.lines, b'{"planted":true}'])
    verifier = verify(study, heads=[log.checkpoint()])
    assert codes_of(verifier) == set()
    assert any("17 bytes beyond the checkpoint" in text for text in verifier.listed)


@pytest.mark.parametrize("n", [1, 5, 12, 25, 39])
def test_edited_line_is_named_with_the_one_after(study: Path, log: LogMaker, n: int):
    made.write_lines(study, made.edited(log.lines, n, at="2026-03-01T00:00:00Z" if n < 12 else "2026-03-03T00:00:00Z"))
    assert f"lines {n + 1} and {n + 2} do not join" in " ".join(fault[1] for fault in verify(study).faults)


@pytest.mark.parametrize("n", range(1, 40, 6))
def test_deleted_doubled_and_swapped_lines_are_named(study: Path, log: LogMaker, n: int, quick_signatures):
    for lines, code, named in (
        (made.deleted(log.lines, n), 3, n),
        (made.doubled(log.lines, n), 1, n + 1),
        (made.swapped(log.lines, n, n - 1), 1, n - 1),
    ):
        made.write_lines(study, lines)
        verifier = verify(study)
        assert verifier.code == code
        assert named in {fault[2] for fault in verifier.faults if fault[0] == 1}


def test_converted_line_endings_are_named(study: Path, log: LogMaker):
    log_file = study / "audit" / "log.jsonl"
    log_file.write_bytes(log_file.read_bytes().replace(b"\n", b"\r\n"))
    verifier = verify(study)
    assert {1, 8} <= codes_of(verifier)
    assert "line endings were converted" in verifier.faults[0][1]


# ------------------------------------------------------------------------------------------------------ authority


def test_clerk_who_enrols_himself_is_nobody(tmp_path: Path):
    log = LogMaker()
    clerk = "clerk@example.org"
    n = log.enrol(clerk, "A Clerk", "investigator", "administrator", by=clerk)
    log.authorise(n, clerk)
    check(log.write(tmp_path), {5, 6, 9}, n, "have to follow")


def test_four_eyes_are_two_persons(tmp_path: Path):
    log = LogMaker(four_eyes=True)
    n = log.enrol(JANE, "Jane Doe", "investigator", by=ANN)
    log.authorise(n, ANN, ANN)
    check(log.write(tmp_path), {5, 9}, n)
    log = LogMaker(four_eyes=True)
    log.authorise(log.enrol(JANE, "Jane Doe", "investigator", by=ANN), ANN, "bob@example.org")
    check(log.write(tmp_path / "two"), {9})


def test_revoked_key_signs_no_more(tmp_path: Path, log: LogMaker):
    again = log_of_41_entries()
    n = again.sign(13, JANE, "principal-investigator", "review", "k1")
    check(again.write(tmp_path), {5, 9}, n, "revoked")


def test_revocation_since_an_entry_reaches_back(tmp_path: Path):
    log = LogMaker()
    n = log.add("note", ANN, text="x")
    signed = log.sign(n, "bob@example.org", "sponsor", "review")
    log.authorise(log.add("key-revoke", ANN, key="bob@example.org/k1", since=signed, why="stolen"), ANN)
    check(log.write(tmp_path), {5, 9}, signed, "revokes")


def test_approval_needs_a_role_that_genesis_names(tmp_path: Path):
    log = LogMaker()
    n = log.sign(log.add("note", ANN, text="x"), "bob@example.org", "sponsor", "approval")
    check(log.write(tmp_path), {5, 9}, n, "does not suffice")


def test_version_without_its_author_is_unsigned(tmp_path: Path, log: LogMaker):
    lines = made.rechained(made.deleted(log.lines, 14))
    made.resign(log.write(tmp_path), lines)
    assert 5 in {fault[0] for fault in verify(tmp_path).faults if fault[2] == 13}


def test_signature_moved_to_another_entry_is_named(tmp_path: Path):
    log = LogMaker()
    first, second = log.add("note", ANN, text="one"), log.add("note", ANN, text="two")
    log.sign(first, ANN, "administrator", "review")
    n = log.add("sign", ANN, of=second, note=log.entries[-1]["note"])
    check(log.write(tmp_path), {1, 9}, n, "not what the entries give")


def test_signature_of_another_study_is_named(tmp_path: Path):
    log = LogMaker()
    of = log.add("note", ANN, text="one")
    n = log.sign(of, ANN, "administrator", "review")
    text = log.entries[n]["note"].split("\n\n")[0].replace(ORIGIN, ORIGIN.replace("demo-41", "demo-42")) + "\n"
    note = made.note_of(text, DemonstrationKey(f"{ANN}/k1")).decode()
    log.lines[n] = made.text_of({**log.entries[n], "note": note})
    check(log.write(tmp_path), {1, 9}, n)


@pytest.mark.parametrize(
    "forged", ["files sha256:" + "0" * 64, "name Somebody Else", "for carl@example.org", "extra x"]
)
def test_note_with_a_forged_line_is_named_though_its_signature_is_good(tmp_path: Path, forged: str):
    log = LogMaker()
    n = log.sign(log.add("note", ANN, text="one"), ANN, "administrator", "review")
    rows = log.entries[n]["note"].split("\n\n")[0].split("\n")
    note = made.note_of("\n".join([*rows[:4], forged, *rows[4:]]) + "\n", DemonstrationKey(f"{ANN}/k1")).decode()
    log.lines[n] = made.text_of({**log.entries[n], "note": note})
    check(log.write(tmp_path), {1, 9}, n)


def test_person_that_a_trust_file_with_persons_lacks_is_unknown(study: Path):
    check(study, {6, 9}, 2, "lists persons", trust=TRUST + DemonstrationKey(f"{ANN}/k1").text + "\n")


def test_other_log_key_is_unknown_and_a_new_one_needs_its_kept_head(study: Path, log: LogMaker):
    check(study, {6, 9}, trust=DemonstrationKey(ORIGIN, generation=7).text)
    (study / "audit" / "heads" / "25.note").write_bytes(made.checkpoint_of(log.lines[:25], made.NEXT_LOG_KEY))
    check(study, {6, 9}, words="nobody vouches")
    (study / "audit" / "heads" / "25.note").rename(study / "audit" / "heads" / "0.note")
    (study / "audit" / "heads" / "0.note").write_bytes(log.heads[25])  # a good one under a name that no head has
    check(study, {6, 9}, words="nobody vouches")


def test_demonstration_keys_are_refused_in_a_real_log(tmp_path: Path):
    log = LogMaker()
    lines = made.rechained(made.edited(log.lines, 0, keys="personal"))
    made.resign(log.write(tmp_path), lines, made.LOG_KEY)
    check(tmp_path, {1, 9}, 0, "demonstration key")


def test_key_of_low_order_is_refused(tmp_path: Path):
    log = LogMaker()
    typed = b"\x01" + bytes([1]) + bytes(31)
    digits = hashlib.sha256(ANN.encode() + b"/k2\n" + typed).hexdigest()[:8]
    key = f"{ANN}/k2+{digits}+{base64.b64encode(typed).decode()}"
    log.authorise(n := log.add("key-add", ANN, person=ANN, key=key, possession="x"), ANN)
    check(log.write(tmp_path), {1, 9}, n, '"key"')


# ------------------------------------------------------------------------------------------- versions and their files


def test_second_issue_with_another_consent_form_is_named(tmp_path: Path):
    log = log_of_41_entries()
    n = log.issue(7, JANE, {"consent/en.pdf": b'"another"'})
    (tmp_path / "x").mkdir()
    check(log.write(tmp_path / "x"), {1, 9}, n, "was issued in this version before")


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../b", "a\\b", "C:x", "con.pdf", "a//b", "x.", "a/ "])
def test_hostile_path_is_named_and_never_opened(tmp_path: Path, path: str):
    log = log_of_41_entries()
    n = log.issue(13, JANE, {path: b'"x"'}, kept="trees")
    check(log.write(tmp_path), {1, 9}, n, "against the rules")


def test_steps_that_tell_another_change_are_named(tmp_path: Path):
    log = log_of_41_entries()
    steps = [{"path": "/n", "old": 50, "new": 61}]
    form = {"title": "Long. " * 900, "arms": [{"id": "c", "dose": "3 mg"}, {"id": "a1", "dose": "1 mg"}], "site~/": "x"}
    n = log.version("amend", JANE, "4.0", {**form, "n": 60}, amendment=3, what=steps)
    check(log.write(tmp_path), {1, 9}, n, "do not give `data`")


@pytest.mark.parametrize(
    "steps",
    [
        [{"path": "/arms/a1/id", "old": "a1", "new": "c"}, {"path": "/arms", "old": 1, "new": 2}],
        [{"path": "/arms/a1/id", "old": "a1", "new": "c"}],
        [{"path": "/arms/zz", "rename": "a2"}],
        [{"path": "/arms", "order": ["a1", 1]}],
        [{"path": "n", "old": 50, "new": 60}],
        [{"path": "/n", "old": True, "new": 60}],
        [None],
    ],
)
def test_steps_that_do_not_fit_are_named(tmp_path: Path, steps: list[object]):
    log = log_of_41_entries()
    n = log.version("amend", JANE, "4.0", {"n": 60}, amendment=3, what=steps)
    check(log.write(tmp_path), {1, 9}, n, "what is said to have changed")


def test_step_that_gives_an_element_the_id_of_another_is_named():
    tree = {"arms": [{"id": "a"}, {"id": "b"}]}
    with pytest.raises(standalone_verify.Bad, match="not of elements any more"):
        standalone_verify.apply_step(tree, {"path": "/arms/a/id", "old": "a", "new": "b"})


def test_step_puts_nothing_deeper_than_64_levels():
    deep: object = 1
    for _ in range(63):
        deep = [deep]
    standalone_verify.apply_step({}, {"path": "/a", "new": deep})
    with pytest.raises(standalone_verify.Bad):
        standalone_verify.apply_step({}, {"path": "/a", "new": [deep]})


def test_every_object_that_is_named_is_needed(study: Path, log: LogMaker, quick_signatures):
    for name in log.objects:
        path = study / "audit" / "objects" / name
        data = path.read_bytes()
        path.unlink()
        assert 7 in codes_of(verify(study)), name
        path.write_bytes(data + b"x")
        assert 7 in codes_of(verify(study)), name
        path.write_bytes(data)


def test_files_in_issued_are_those_that_were_issued(study: Path):
    clean = study / "issued" / "1.0" / "clean"
    (clean / "consent" / "en.pdf").write_bytes(b"another")
    check(study, {7, 9}, words="is not the one issued")
    (clean / "consent" / "en.pdf").unlink()
    check(study, {7, 9}, words="is missing")
    (clean / "more.pdf").write_bytes(b"")
    check(study, {7, 9}, words="no entry names")


def test_sealed_value_that_vanished_or_changed_is_named(study: Path, log: LogMaker):
    sealed = study / "audit" / "sealed" / next(iter(log.sealed))
    sealed.write_bytes(sealed.read_bytes().replace(b"telephone", b"telegraph"))
    check(study, {7, 9}, 28, "another content")
    sealed.unlink()
    check(study, {7, 9}, 28, "not redacted")


# ------------------------------------------------------------------------------------------- what cannot be read


def test_links_pipes_and_missing_files_are_not_followed(study: Path, tmp_path: Path):
    log_file = study / "audit" / "log.jsonl"
    log_file.rename(tmp_path / "elsewhere.jsonl")
    assert 8 in codes_of(verify(study))
    log_file.symlink_to(tmp_path / "elsewhere.jsonl")
    assert 8 in codes_of(verify(study))
    log_file.unlink()
    os.mkfifo(log_file)
    assert 8 in codes_of(verify(study))


def test_long_line_is_refused_early(study: Path, log: LogMaker):
    with (study / "audit" / "log.jsonl").open("r+b") as file:
        file.truncate(1 << 30)  # sparse: a last line of a gigabyte of zeros
        file.seek(sum(len(line) + 1 for line in log.lines[:20]))
        file.write(b"\0" * 70_000)
    verifier = verify(study)
    assert 8 in codes_of(verifier) and not codes_of(verifier) & {1, 3}
    assert [fault[2] for fault in verifier.faults if fault[0] == 8] == [20]


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"{}\n", b"[]\n", b"\xff\n", b"[" * 60_000 + b"\n", b"1e9\n", b'{"n":0}\n']
)
def test_what_is_no_log_is_said_to_be_none(study: Path, data: bytes):
    (study / "audit" / "log.jsonl").write_bytes(data)
    assert 8 in codes_of(verify(study))
    assert run(study).returncode in (1, 3, 8)


def test_no_checkpoint_gives_8_and_the_lines_are_read_all_the_same(study: Path):
    (study / "audit" / "checkpoint").unlink()
    check(study, {8, 9})


# ---------------------------------------------------------------------------------------------------- spoiled bytes


def spoil(study: Path, log: LogMaker, bits: Iterable[int]) -> None:
    data = b"".join(line + b"\n" for line in log.lines)
    for bit in bits:
        (study / "audit" / "log.jsonl").write_bytes(made.flipped(data, bit))
        verifier = verify(study, heads=[log.checkpoint()])
        line = data.count(b"\n", 0, bit // 8)
        named = {fault[2] for fault in verifier.faults if fault[2] is not None}
        assert codes_of(verifier) & {1, 3, 4}, bit
        assert named & {line, line + 1} or (line == 40 and 1 in codes_of(verifier)), (bit, verifier.faults)


def test_every_flipped_bit_of_a_sample_is_found_and_its_line_named(study: Path, log: LogMaker, quick_signatures):
    size = sum(len(line) + 1 for line in log.lines)
    spoil(study, log, random.Random(41).sample(range(size * 8), 250))


@pytest.mark.full
@pytest.mark.parametrize("n", range(41))
def test_every_flipped_bit_is_found_and_its_line_named(study: Path, log: LogMaker, n: int, quick_signatures):
    start = sum(len(line) + 1 for line in log.lines[:n])
    spoil(study, log, range(start * 8, (start + len(log.lines[n]) + 1) * 8))


def test_each_third_flipped_bit_of_the_checkpoint_is_found(study: Path, log: LogMaker, quick_signatures):
    data = log.checkpoint()
    for bit in range(0, len(data) * 8, 3):
        (study / "audit" / "checkpoint").write_bytes(made.flipped(data, bit))
        assert codes_of(verify(study, heads=[log.checkpoint()])), bit


def test_values_of_wrong_kinds_never_stop_the_program(study: Path, log: LogMaker, quick_signatures):
    draw = random.Random(7)
    odd: tuple[object, ...] = (
        None,
        True,
        -1,
        0,
        2**53 - 1,
        "",
        "x" * 300,
        [],
        [[]],
        {},
        {"bytes": 1, "object": "0" * 64},
        ["a", 1],
        {"sealed": 1},
    )
    for _ in range(300):
        n = draw.randrange(len(log.lines))
        entry = json.loads(log.lines[n])
        key = draw.choice([*entry, "what", "replaces", "since", "on"])
        inner = [*entry[key]] if isinstance(entry.get(key), list) else None
        if inner:
            inner[draw.randrange(len(inner))] = draw.choice(odd)
        made.resign(study, made.rechained(made.edited(log.lines, n, **{key: inner or draw.choice(odd)}), n + 1))
        assert codes_of(verify(study))


# ------------------------------------------------------------------------------------------- other people's vectors


def test_signatures_are_judged_as_wycheproof_says(conformance: Path):
    (file,) = (conformance / "vectors" / "wycheproof").glob("*ed25519*.json")
    count = 0
    for group in json.loads(file.read_text())["testGroups"]:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            message, signature = bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])
            assert standalone_verify.is_signed(public, message, signature) == (case["result"] == "valid"), case
            count += 1
    assert count == 151


def test_no_weak_key_of_cctv_has_a_good_signature(conformance: Path):
    cases = json.loads((conformance / "vectors" / "cctv" / "ed25519vectors.json").read_text())
    for case in cases[::7]:
        flags = set(case["flags"] or ())
        key, signature = bytes.fromhex(case["key"]), bytes.fromhex(case["sig"])
        good = standalone_verify.is_signed(key, case["msg"].encode(), signature)
        if flags & {"low_order_A", "non_canonical_A", "non_canonical_R"}:
            assert not good, case


def test_json_that_no_reader_may_take_is_no_line(conformance: Path):
    for file in (conformance / "vectors" / "json-parsing").glob("n_*.json"):
        with pytest.raises(standalone_verify.Bad):
            standalone_verify.parse_json(file.read_bytes())
