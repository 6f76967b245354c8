"""Attacks on a log by name: who may do what, signatures that were moved, documents put in, heads forged."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.audit import log_maker as made
from tests.audit.log_maker import (
    BOARD_KEY,
    LOG_KEY,
    NEXT_LOG_KEY,
    ORIGIN,
    TRUST,
    DemonstrationKey,
    LogMaker,
    log_of_41_entries,
)
from tests.audit.verifying import asked_of, check, codes_of, found_in

ANN, BOB, JANE, CARL = "ann@example.org", "bob@example.org", "jane.doe@example.org", "carl@example.org"
CLERK = "clerk@example.org"
LATER = "2026-03-02T02:30:00Z"


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


@pytest.fixture
def short() -> LogMaker:
    return LogMaker()


def altered(log: LogMaker, n: int, **changes: Any) -> None:
    """Change an entry while nothing has been written after it."""
    log.entries[n] = {**log.entries[n], **changes}
    log.lines[n] = made.text_of(log.entries[n])


# ------------------------------------------------------------------------------------------------- people and keys


def test_clerk_who_enrols_himself_as_investigator_is_nobody(tmp_path: Path, short: LogMaker):
    n = short.enrol(CLERK, "A Clerk", "investigator", "administrator", by=CLERK)
    short.authorise(n, CLERK)
    check(short.write(tmp_path), {5, 6, 9}, n, "an administrator has to sign it")


def test_clerk_who_was_enrolled_cannot_make_himself_an_administrator(tmp_path: Path, short: LogMaker):
    short.authorise(short.enrol(CLERK, "A Clerk", "coordinator", by=ANN), ANN)
    n = short.add("role", CLERK, person=CLERK, roles=["administrator"])
    short.authorise(n, CLERK)
    check(short.write(tmp_path), {5, 9}, n + 1, 'does not have the role "administrator"')


def test_note_between_an_act_and_its_signature_leaves_the_act_unsigned(tmp_path: Path, short: LogMaker):
    n = short.enrol(JANE, "Jane Doe", "investigator", by=ANN)
    short.add("note", ANN, text="in between")
    short.authorise(n, ANN)
    check(short.write(tmp_path), {5, 9}, n, '"enrol" does not count')


@pytest.mark.parametrize(("signers", "codes"), [([ANN, ANN], {5, 9}), ([ANN, BOB], {9}), ([ANN], {5, 9})])
def test_four_eyes_are_those_of_two_persons(tmp_path: Path, signers: list[str], codes: set[int]):
    log = LogMaker(four_eyes=True)
    n = log.enrol(JANE, "Jane Doe", "investigator", by=ANN)
    log.authorise(n, *signers)
    check(log.write(tmp_path), codes, *((n, "two administrators") if 5 in codes else ()))


def test_revoked_key_signs_no_more(tmp_path: Path, log: LogMaker):
    n = log.sign(13, JANE, "principal-investigator", "review", "k1")
    check(log.write(tmp_path), {5, 9}, n, "was revoked in entry 19")


def test_revocation_since_an_entry_reaches_back_to_every_signature_that_names_the_key(tmp_path: Path, short: LogMaker):
    note = short.add("note", ANN, text="x")
    before, good = (short.sign(note, BOB, "sponsor", "review") for _ in "12")
    bad = short.add("sign", BOB, of=note, note=short.entries[good]["note"])  # a signature over another time
    short.authorise(short.add("key-revoke", ANN, key=f"{BOB}/k1", since=good, why="stolen"), ANN)
    found = found_in(short.write(tmp_path))
    assert [fault.entry for fault in found.faults if fault.verdict == 5] == [good, bad]
    assert before not in {fault.entry for fault in found.faults}


@pytest.mark.parametrize(
    ("do", "own", "code", "words"),
    [
        ("key-revoke", {"key": f"{CLERK}/k1", "why": "x"}, 6, "there is no key"),
        ("key-revoke", {"key": f"{BOB}/k1", "why": "x", "since": 99}, 1, "cannot be faults"),
        ("role", {"person": CLERK, "roles": ["monitor"]}, 6, "is not enrolled"),
        ("log-key", {"key": LOG_KEY.text, "why": "x"}, 1, "in use already"),
        ("log-key", {"key": DemonstrationKey(f"{ANN}/k1").text, "why": "x"}, 1, "has to be named"),
    ],
)
def test_act_that_cannot_hold_is_named(tmp_path: Path, short: LogMaker, do: str, own: dict, code: int, words: str):
    n = short.add(do, ANN, **own)
    short.authorise(n, ANN)
    check(short.write(tmp_path), {code, 9}, n, words)


def test_key_is_not_enrolled_twice_under_another_name(tmp_path: Path, short: LogMaker):
    short.authorise(short.enrol(JANE, "Jane Doe", "investigator", by=ANN), ANN)
    n = short.enrol(JANE, "Jane Doe", "administrator", by=ANN)
    short.authorise(n, ANN)
    check(short.write(tmp_path), {1, 9}, n, "is enrolled already")


@pytest.mark.parametrize("whose", ["another log", "another person", "another key", "two signers"])
def test_possession_is_proven_for_this_log_person_and_key_alone(tmp_path: Path, short: LogMaker, whose: str):
    key = DemonstrationKey(f"{JANE}/k1")
    origin = ORIGIN.replace("demo-41", "demo-42") if whose == "another log" else ORIGIN
    person = BOB if whose == "another person" else JANE
    signers = {"another key": [LOG_KEY], "two signers": [key, LOG_KEY]}.get(whose, [key])
    text = f"{origin}\nregdocs-possession/v1\nperson {person}\nkey {key.text}\n"
    own = short.person(JANE, "Jane Doe", "investigator")
    n = short.add("enrol", ANN, **own, possession=made.note_of(text, *signers).decode())
    short.authorise(n, ANN)
    check(short.write(tmp_path), {1, 9}, n, "the proof that the person holds the key")


def test_key_of_low_order_is_refused(tmp_path: Path, short: LogMaker):
    typed = b"\x01" + bytes([1]) + bytes(31)
    digits = hashlib.sha256(ANN.encode() + b"/k2\n" + typed).hexdigest()[:8]
    key = f"{ANN}/k2+{digits}+{base64.b64encode(typed).decode()}"
    n = short.add("key-add", ANN, person=ANN, key=key, possession="x")
    check(short.write(tmp_path), {1, 9}, n, '"key" is not of the form')


def test_cosigners_key_is_no_persons_key(tmp_path: Path, short: LogMaker):
    key = DemonstrationKey(f"{ANN}/k2", kind=4)
    n = short.add("key-add", ANN, person=ANN, key=key.text, possession=short.possession(ANN, key))
    check(short.write(tmp_path), {1, 9}, n, '"key" is not of the form')


def test_demonstration_keys_are_refused_where_genesis_says_personal(tmp_path: Path, short: LogMaker):
    made.resign(short.write(tmp_path), made.rechained(made.edited(short.lines, 0, keys="personal")), LOG_KEY)
    check(tmp_path, {1, 9}, 0, "demonstration key")


# ---------------------------------------------------------------------------------------------------------- genesis


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"origin": ORIGIN[:-1] + "8"}, "first 8 digits"),
        ({"origin": ORIGIN.replace("/demo-41/", "/demo-42/")}, "not named like the origin"),
        ({"people": []}, '"people"'),
        ({"log_key": NEXT_LOG_KEY.text[:-2]}, '"log_key"'),
        ({"log_key": BOARD_KEY.text}, '"log_key"'),
        ({"rules": {"four_eyes": False, "approval": ["king"]}}, '"rules"'),
        ({"keys": "none"}, '"keys"'),
        ({"study": "demo\u202e41"}, '"study"'),
    ],
)
def test_genesis_at_fault_is_altered_and_nothing_is_read_for_its_meaning(
    tmp_path: Path, log: LogMaker, changes: dict, words: str
):
    made.resign(log.write(tmp_path), made.rechained(made.edited(log.lines, 0, **changes)))
    found = found_in(tmp_path)
    assert 1 in codes_of(found)
    assert any(fault.entry == 0 and words in fault.message for fault in found.faults)
    assert (found.signatures, found.versions, found.study) == ((), (), None)
    assert any("what the entries say" in line for line in found.unchecked)


def test_genesis_that_names_a_person_twice_is_altered(tmp_path: Path, short: LogMaker):
    people = short.entries[0]["people"]
    made.resign(short.write(tmp_path), made.rechained(made.edited(short.lines, 0, people=[*people, people[0]])))
    check(tmp_path, {1, 6, 9}, 0, "genesis names a person twice")


def test_genesis_without_a_signature_of_each_it_names_is_unsigned(tmp_path: Path, short: LogMaker):
    made.resign(short.write(tmp_path), short.lines[:2], LOG_KEY)
    check(tmp_path, {5, 9}, 0, f'not signed by "{BOB}"')


# ------------------------------------------------------------------------------------------------------- signatures


def forged(log: LogMaker, n: int, text: str, *keys: DemonstrationKey) -> None:
    altered(log, n, note=made.note_of(text, *(keys or (DemonstrationKey(f"{ANN}/k1"),))).decode())


def text_of(log: LogMaker, n: int) -> str:
    return str(log.entries[n]["note"].rpartition("\n\n")[0]) + "\n"


def test_signature_moved_to_another_entry_is_named(tmp_path: Path, short: LogMaker):
    first, second = (short.add("note", ANN, text=text) for text in ("one", "two"))
    signed = short.sign(first, ANN, "administrator", "review")
    n = short.add("sign", ANN, of=second, note=short.entries[signed]["note"])
    check(short.write(tmp_path), {1, 9}, n, f'it says "entry {first} ')


def test_signature_of_another_study_is_named(tmp_path: Path, short: LogMaker):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review")
    forged(short, n, text_of(short, n).replace(ORIGIN, ORIGIN.replace("demo-41", "demo-42")))
    check(short.write(tmp_path), {1, 9}, n, f'the entries give "{ORIGIN}"')


@pytest.mark.parametrize("line", ["files sha256:" + "0" * 64, "name Somebody Else", f"for {CARL}", "extra x", ""])
def test_note_with_a_forged_extra_line_is_named_though_its_signature_is_good(
    tmp_path: Path, short: LogMaker, line: str
):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review")
    rows = text_of(short, n).split("\n")
    forged(short, n, "\n".join([*rows[:4], line, *rows[4:]]))
    check(short.write(tmp_path), {1, 9}, n, "signature: ")


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("meaning review", "meaning pleasure", {1, 9}),
        ("role administrator", "role investigator", {5, 9}),
        ("meaning review", "meaning approval", {5, 9}),
        ("name Ann Admin", "name Bùi Bob", {1, 9}),
        ("time 2026", "time 2025", {1, 9}),
        ("meaning review", f"meaning review\nfor {JANE}\nunder 1", {9}),
        ("meaning review", f"meaning review\nfor {JANE}\nunder 99", {1, 9}),
        ("meaning review", "meaning review\nfor a/b\nunder 1", {1, 9}),
    ],
)
def test_words_that_a_signer_must_not_choose_are_named(
    tmp_path: Path, short: LogMaker, old: str, new: str, codes: set[int]
):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review")
    assert old in text_of(short, n)
    forged(short, n, text_of(short, n).replace(old, new, 1))
    check(short.write(tmp_path), codes, *((n,) if codes != {9} else ()))


def test_signature_by_somebody_elses_key_is_named(tmp_path: Path, short: LogMaker):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review")
    forged(short, n, text_of(short, n), DemonstrationKey(f"{BOB}/k1"))
    check(short.write(tmp_path), {5, 9}, n, f'is not one of "{ANN}"')


def test_signature_by_a_key_that_nobody_enrolled_is_unknown(tmp_path: Path, short: LogMaker):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review", "k7")
    check(short.write(tmp_path), {6, 9}, n, "is enrolled here")


def test_signature_over_a_later_entry_or_none_is_named(tmp_path: Path, short: LogMaker):
    n = short.add("sign", ANN, of=99, note=short.entries[1]["note"])
    check(short.write(tmp_path), {1, 9}, n, "is not before it")


def test_note_with_two_signatures_is_named(tmp_path: Path, short: LogMaker):
    n = short.sign(short.add("note", ANN, text="one"), ANN, "administrator", "review")
    forged(short, n, text_of(short, n), DemonstrationKey(f"{ANN}/k1"), DemonstrationKey(f"{BOB}/k1"))
    check(short.write(tmp_path), {1, 9}, n, "2 signature lines")


def test_person_that_a_trust_file_with_persons_lacks_is_unknown(tmp_path: Path, short: LogMaker):
    asked = asked_of(trust=TRUST + DemonstrationKey(f"{ANN}/k1").text + "\n")
    check(short.write(tmp_path), {6, 9}, 2, "the trust file lists persons", asked)


# --------------------------------------------------------------------------------------------- versions and documents


def test_second_issue_with_another_consent_form_is_named(tmp_path: Path, log: LogMaker):
    n = log.issue(7, JANE, {"consent/en.pdf": b'"another"'})
    check(log.write(tmp_path), {1, 9}, n, "was issued in version 1.0 already")


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "a/../b", "a\\b", "C:x", "con.pdf", "a//b", "x.", "a/ "])
def test_hostile_path_is_named_and_never_opened(tmp_path: Path, log: LogMaker, path: str):
    n = log.issue(13, JANE, {path: b'"x"'}, kept="trees")
    check(log.write(tmp_path), {1, 9}, n, "list of issued files: path ")


def test_issue_of_what_is_no_version_is_named(tmp_path: Path, log: LogMaker):
    n = log.add("issue", JANE, of=12, files=log.list_of({}), documents=[], kept="bytes")
    check(log.write(tmp_path), {1, 5, 9}, n, "is no version before it")


def test_steps_that_tell_another_change_are_named(tmp_path: Path, log: LogMaker):
    form = {"title": "Long. " * 900, "arms": [{"id": "c", "dose": "3 mg"}, {"id": "a1", "dose": "1 mg"}], "site~/": "x"}
    steps = [{"path": "/n", "old": 50, "new": 61}]
    n = log.version("amend", JANE, "4.0", {**form, "n": 60}, amendment=3, what=steps)
    check(log.write(tmp_path), {1, 9}, n, "give another data form")


def test_amendment_out_of_count_and_a_name_twice_are_named(tmp_path: Path, log: LogMaker):
    n = log.version("amend", JANE, "2.0", {}, amendment=7, what=[])
    # The later one has the folder "2.0", and issued none of the redlines that lie there: 7.
    check(log.write(tmp_path), {1, 7, 9}, n, 'a second version "2.0"')
    check(log.write(tmp_path), {1, 7, 9}, n, "amendment 7 where 3 comes next")


def test_version_without_its_authors_signature_is_unsigned_and_still_followed(tmp_path: Path, log: LogMaker):
    made.resign(log.write(tmp_path), made.rechained(made.deleted(log.lines, 37)))
    found = found_in(tmp_path)
    assert 36 in [fault.entry for fault in found.faults if fault.verdict == 5]
    assert [version.version for version in found.versions] == ["1.0", "2.0", "3.0"]


def test_planted_document_and_a_changed_one_and_a_missing_one_are_named(tmp_path: Path, log: LogMaker):
    clean = log.write(tmp_path) / "issued" / "2.0" / "clean"
    (clean / "planted.pdf").write_bytes(b"x")
    check(tmp_path, {7, 9}, None, 'planted.pdf" is there, and no entry names it')
    (clean / "planted.pdf").unlink()
    (clean / "consent" / "en.pdf").write_bytes(b'"another"')
    check(tmp_path, {7, 9}, None, "is not the document that was issued")
    (clean / "consent" / "en.pdf").unlink()
    check(tmp_path, {7, 9}, None, "is missing")


def test_folder_of_a_version_may_hold_documents_of_the_version_before(tmp_path: Path, log: LogMaker):
    clean = log.write(tmp_path) / "issued" / "3.0" / "clean"
    (clean / "consent").mkdir(parents=True)
    (clean / "consent" / "en.pdf").write_bytes(b'"consent 2, whole"')
    check(tmp_path, {9})
    (clean / "consent" / "en.pdf").write_bytes(b'"consent 2"')
    check(tmp_path, {7, 9}, None, "3.0/clean/consent/en.pdf")


def test_link_in_the_folder_of_a_version_is_not_followed(tmp_path: Path, log: LogMaker):
    clean = log.write(tmp_path / "study") / "issued" / "2.0" / "clean"
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b'"consent 2, whole"')
    (clean / "consent" / "en.pdf").unlink()
    (clean / "consent" / "en.pdf").symlink_to(outside)
    check(tmp_path / "study", {7, 9}, None, "is not the document that was issued")


def test_missing_object_is_told_once_for_an_entry_that_names_it_twice(tmp_path: Path, log: LogMaker):
    (log.write(tmp_path) / "audit" / "objects" / log.entries[7]["spec"]).unlink()
    assert [fault.entry for fault in found_in(tmp_path).faults if fault.verdict == 7] == [7]


def test_missing_steps_leave_the_version_a_version(tmp_path: Path, log: LogMaker):
    log.write(tmp_path)
    (tmp_path / "audit" / "objects" / log.entries[36]["what"][0]["new"]["object"]).unlink()
    check(tmp_path, {7, 9}, 36, "is missing")


def test_sealed_value_that_is_gone_or_another_is_named(tmp_path: Path, log: LogMaker):
    (kept,) = (log.write(tmp_path) / "audit" / "sealed").iterdir()
    kept.write_bytes(kept.read_bytes().replace(b"telephone", b"telegraph"))
    check(tmp_path, {7, 9}, 28, "has another content")
    kept.unlink()
    check(tmp_path, {7, 9}, 28, "no entry removed it")


# ------------------------------------------------------------------------------------------------------------ heads


def test_planted_lines_beyond_the_checkpoint_are_listed_and_count_for_nothing(tmp_path: Path, log: LogMaker):
    made.write_lines(log.write(tmp_path), [*log.lines, made.text_of({"do": "enrol", "planted": True})])
    found = found_in(tmp_path)
    assert codes_of(found) == {9}
    assert [one.entry for one in found.listed if "never acknowledged and counts" in one.message] == [41]


@pytest.mark.parametrize("n", [7, 25])
def test_rechained_edit_is_named_with_the_range_in_which_to_look(tmp_path: Path, log: LogMaker, n: int):
    made.write_lines(
        log.write(tmp_path), made.rechained(made.edited(log.lines, n, at=LATER if n == 25 else "2026-03-01T07:08:00Z"))
    )
    found = found_in(tmp_path)
    words = "among entries 25 to 40" if n == 25 else "look among entries 0 to 24"
    assert any(words in fault.message and fault.verdict == 1 for fault in found.faults), found.faults


def test_checkpoint_with_a_forged_extra_line_cannot_be_read(tmp_path: Path, log: LogMaker):
    checkpoint = log.write(tmp_path) / "audit" / "checkpoint"
    text = checkpoint.read_text(encoding="utf-8").partition("\n\n")[0]
    checkpoint.write_bytes(made.note_of(f"{text}\nforged\n", NEXT_LOG_KEY))
    check(tmp_path, {8, 9}, None, "three lines")


def test_checkpoint_signed_by_the_old_key_of_the_log_is_unknown(tmp_path: Path, log: LogMaker):
    made.resign(log.write(tmp_path), log.lines, LOG_KEY)
    check(tmp_path, {6, 9}, None, "is not signed by the log's key")


def test_new_log_key_counts_only_by_the_kept_head_that_joins_it(tmp_path: Path, log: LogMaker):
    heads = log.write(tmp_path) / "audit" / "heads"
    check(tmp_path, {9})
    (heads / "25.note").write_bytes(made.checkpoint_of(log.lines[:25], NEXT_LOG_KEY))
    check(tmp_path, {6, 9}, None, "no trusted key leads to")
    admin = made.checkpoint_of(log.lines[:25], NEXT_LOG_KEY, DemonstrationKey(f"{ANN}/k1"))
    (heads / "25.note").write_bytes(admin)
    check(tmp_path, {9})
    (heads / "25.note").write_bytes(made.checkpoint_of(log.lines[:25], NEXT_LOG_KEY, DemonstrationKey(f"{CARL}/k1")))
    check(tmp_path, {6, 9}, None, "no trusted key leads to")


def test_kept_head_of_another_root_size_or_log_is_named(tmp_path: Path, log: LogMaker):
    heads = log.write(tmp_path) / "audit" / "heads"
    other = [*log.lines[:29], b"{}"]
    (heads / "30.note").write_bytes(made.checkpoint_of(other))
    check(tmp_path, {1, 9}, None, "heads/30.note: its root")
    (heads / "30.note").write_bytes(made.checkpoint_of(log.lines[:31]))
    check(tmp_path, {1, 9}, None, "heads/30.note is a head of size 31")
    (heads / "30.note").write_bytes(made.checkpoint_of(log.lines[:30]).replace(b"demo-41", b"demo-42"))
    check(tmp_path, {1, 9}, None, "heads/30.note is a head of another log")
    (heads / "30.note").write_bytes(b"none")
    check(tmp_path, {1, 9}, None, "heads/30.note cannot be read")


def test_anchor_of_another_head_or_time_is_named(tmp_path: Path, log: LogMaker):
    note = made.checkpoint_of(log.lines[:25], LOG_KEY, NEXT_LOG_KEY, BOARD_KEY, time=1772668800)
    own = {"kind": "cosignature", "size": 25, "object": log.keep(note), "time": "2026-03-05T00:00:01Z"}
    n = log.add("anchor", ANN, **own)
    check(log.write(tmp_path), {1, 9}, n, "no trusted cosigner signed at 2026-03-05T00:00:01Z")


# ---------------------------------------------------------------------------------------------------- odd but right


@pytest.mark.parametrize("name", ["Nguyễn Thị Ánh Tuyết", "דוד כהן", "محمد علي", "Ж" * 200, "李小龍 (Bruce)"])
def test_names_in_many_scripts_are_read_and_signed(tmp_path: Path, short: LogMaker, name: str):
    short.authorise(short.enrol(JANE, name, "investigator", by=ANN), ANN)
    short.sign(short.add("note", JANE, text=name), JANE, "investigator", "review")
    study = short.write(tmp_path)
    check(study, {9})
    assert found_in(study).signatures[-1].name == name


def test_name_that_turns_the_direction_of_reading_is_refused(tmp_path: Path, short: LogMaker):
    n = short.enrol(JANE, "Jane \u202eeoD", "investigator", by=ANN)
    check(short.write(tmp_path), {1, 9}, n, '"name"')


def test_equal_times_and_the_year_9999_are_fine_and_a_clock_set_back_is_not(tmp_path: Path, short: LogMaker):
    moment = "9999-12-31T23:59:59Z"
    for text in ("one", "two"):
        altered(short, short.add("note", ANN, text=text), at=moment)
    assert json.loads(short.lines[-1])["at"] == json.loads(short.lines[-2])["at"]
    check(short.write(tmp_path), {9})
    n = short.add("note", ANN, text="three")
    check(short.write(tmp_path), {1, 9}, n, f"which is before {moment}")


def test_clock_entry_of_a_person_who_is_enrolled_is_no_fault(tmp_path: Path, short: LogMaker):
    short.add("clock", ANN, reads="2026-01-01T00:00:00Z")
    check(short.write(tmp_path), {9})
    n = short.add("note", "regdocs", text="x")
    check(short.write(tmp_path), {6, 9}, n, "is not enrolled here")


def test_entry_of_unknown_kind_is_listed_and_its_meaning_is_said_to_be_unchecked(tmp_path: Path, short: LogMaker):
    n = short.add("telepathy", ANN, text="x")
    found = found_in(short.write(tmp_path))
    assert codes_of(found) == {9}
    assert any(one.entry == n and "meaning was not checked" in one.message for one in found.listed)
