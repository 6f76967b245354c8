"""A study's log is read once: people, versions and head; what does not hold is refused."""

from pathlib import Path

import pytest

from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.line import Json
from regdocs.audit.verification import Asked
from regdocs.audit.verify import verify
from regdocs.versions.acting import signature
from regdocs.versions.actors import NotAllowed
from regdocs.versions.facts import note
from regdocs.versions.logbook import LogDoesNotHold, open_logbook
from tests.audit import log_maker as made
from tests.audit.log_maker import LOG_KEY, LogMaker
from tests.versions.logs import JANE, JOHN, MARY, acting, begin_log, recorded, with_person


def faults(study: Path) -> list[str]:
    return [fault.message for fault in verify(FolderEvidence(study), Asked()).faults if fault.verdict not in (6, 9)]


def version(n: int, do: str = "release", **more: object) -> dict:
    digest = "ab" * 32
    return {"do": do, "by": JANE, "version": f"{n}.0", "data": digest, "spec": digest, "inputs": digest, **more}


def test_a_study_without_a_log_has_none(tmp_path: Path):
    assert open_logbook(tmp_path) is None


def test_a_new_log_says_who_began_it_and_verifies(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    assert logbook.head.size == 2
    assert logbook.origin == "regdocs.invalid/demo-1/00000000"
    assert logbook.people.is_administrator(JANE)
    assert logbook.demonstration and not logbook.is_record
    assert faults(logbook.study) == []


def test_a_log_is_begun_once(tmp_path: Path):
    begin_log(tmp_path / "study")
    with pytest.raises(Exception, match="there is a log"):
        begin_log(tmp_path / "study")


def test_entries_are_found_by_their_number(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), note(JANE, "one"), note(JANE, "two"))
    assert logbook.entry(3)["text"] == "two"
    assert [entry["n"] for entry in logbook.entries(2)] == [2, 3]
    with pytest.raises(Exception, match="no entry 4"):
        logbook.entry(4)


def test_versions_and_their_issues_are_gathered(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    logbook = recorded(logbook, version(1), signature(None, "authorship", acting(logbook)))
    issue: dict[str, Json] = {"do": "issue", "by": JANE, "of": 2, "files": "cd" * 32, "documents": [], "kept": "trees"}
    logbook = recorded(logbook, issue, signature(None, "authorship", acting(logbook)))
    (found,) = logbook.versions
    assert (found.name, found.amendment, found.by, found.n) == ("1.0", None, JANE, 2)
    assert [(one.n, one.kept) for one in found.issues] == [(4, "trees")]
    assert logbook.version("1.0") == found
    with pytest.raises(Exception, match=r'no recorded version "2\.0"; recorded are: 1\.0'):
        logbook.version("2.0")


def test_long_values_are_put_back(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), note(JANE, "x" * 5000))
    assert isinstance(logbook.entry(2)["text"], dict)
    assert logbook.whole_entry(2)["text"] == "x" * 5000


def test_a_changed_line_is_refused_and_verify_is_named(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), note(JANE, "one"), note(JANE, "two"))
    log = logbook.folder.log
    log.write_bytes(log.read_bytes().replace(b'"one"', b'"eno"'))
    with pytest.raises(LogDoesNotHold, match="regdocs verify"):
        open_logbook(logbook.study)


def test_a_cut_tail_is_refused(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), note(JANE, "one"))
    log = logbook.folder.log
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(LogDoesNotHold, match="2 lines, and its checkpoint says 3"):
        open_logbook(logbook.study)


def test_a_checkpoint_of_another_key_is_refused(tmp_path: Path):
    from regdocs.audit.key_files import demonstration_signer
    from regdocs.audit.note import sign_note

    logbook = begin_log(tmp_path / "study")
    other = sign_note(logbook.head.text, demonstration_signer("somebody/else"))
    logbook.folder.checkpoint.write_bytes(other.to_bytes())
    with pytest.raises(LogDoesNotHold, match="not signed by the key"):
        open_logbook(logbook.study)


def test_what_lies_beyond_the_checkpoint_is_not_read(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    with logbook.folder.log.open("ab") as log:
        log.write(b'{"do":"planted"}\n')
    found = open_logbook(logbook.study)
    assert found is not None and found.head.size == 2


def test_a_clerk_who_enrols_himself_is_enrolled_by_nobody(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "coordinator")
    with pytest.raises(NotAllowed, match='not "administrator"'):
        with_person(logbook, MARY, "investigator", by=(JOHN,))
    from regdocs.audit.key_files import demonstration_signer
    from regdocs.versions.people import enrol, key_in, possession_of
    from tests.versions.logs import enrolment

    key, text = key_in(possession_of(logbook.origin, demonstration_signer(f"{MARY}/k1")).to_bytes(), logbook.origin)
    entry = enrol(logbook, enrolment(MARY, "investigator"), key, text, JOHN)
    forced = recorded(logbook, entry, signature(None, "authorisation", acting(logbook, JOHN)))
    assert MARY not in forced.people.people
    assert any("does not count" in fault or "administrator" in fault for fault in faults(forced.study))


def test_a_record_holds_no_versions_and_no_signatures(tmp_path: Path):
    logbook = begin_log(tmp_path / "study", record=True)
    for refused in (version(1), signature(0, "review", acting(logbook)), {"do": "decision", "by": JANE}):
        with pytest.raises(NotAllowed, match="public record"):
            recorded(logbook, refused)
    assert recorded(logbook, note(JANE, "read again")).head.size == 3


def test_nothing_is_recorded_on_top_of_what_was_not_looked_at(tmp_path: Path):
    stale = begin_log(tmp_path / "study")
    recorded(stale, note(JANE, "one"))
    with pytest.raises(Exception, match="somebody recorded something meanwhile"):
        recorded(stale, note(JANE, "two"))


def test_a_beginning_that_a_crash_interrupted_is_begun_again(tmp_path: Path):
    audit = tmp_path / "study" / "audit"
    audit.mkdir(parents=True)
    (audit / ".starting").write_bytes(b"")
    (audit / "log.jsonl").write_bytes(b'{"do":"genesis"')
    assert open_logbook(tmp_path / "study") is None
    logbook = begin_log(tmp_path / "study")
    assert logbook.head.size == 3  # what was left is recorded as recovered
    assert faults(logbook.study) == []


def test_a_log_that_lost_its_checkpoint_is_refused(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    logbook.folder.checkpoint.unlink()
    with pytest.raises(LogDoesNotHold, match="no checkpoint"):
        open_logbook(logbook.study)


def test_a_genesis_that_the_verifier_does_not_use_is_not_written_on(tmp_path: Path):
    log = LogMaker()
    study = log.write(tmp_path)
    assert open_logbook(study) is not None
    made.resign(study, made.rechained(made.edited(log.lines, 0, nonce="f" * 32)), LOG_KEY)
    assert "the origin does not end in the first 8 digits of the nonce" in faults(study)
    with pytest.raises(LogDoesNotHold, match="first 8 digits of the nonce"):
        open_logbook(study)


def test_a_broken_chain_is_refused_in_the_words_of_the_verifier(tmp_path: Path):
    log = LogMaker()
    log.add("note", "ann@example.org", text="x")
    study = log.write(tmp_path)
    made.resign(study, made.edited(log.lines, 1, why="y"), LOG_KEY)
    with pytest.raises(LogDoesNotHold, match='"prev" is not the leaf hash of line 2'):
        open_logbook(study)


def test_a_line_that_is_too_long_is_refused(tmp_path: Path):
    log = LogMaker()
    study = log.write(tmp_path)
    made.resign(study, [*log.lines, b"{" + b" " * 70_000 + b"}"], LOG_KEY)
    with pytest.raises(LogDoesNotHold):
        open_logbook(study)
