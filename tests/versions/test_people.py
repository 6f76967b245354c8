"""People are enrolled, given roles and keys by administrators, and everybody else is refused."""

from pathlib import Path

import pytest

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.trust import parse_trust
from regdocs.versions import people
from regdocs.versions.acting import signature
from regdocs.versions.actors import NotAllowed, actor_for
from regdocs.versions.signing import Elsewhere, sign, signed_elsewhere, suited_roles
from regdocs.versions.start import Beginning, start
from tests.versions.logs import AT, JANE, JOHN, MARY, acting, begin_log, enrolment, recorded, with_person
from tests.versions.test_logbook import faults


def test_an_administrator_enrols_a_person(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "investigator", "monitor")
    assert logbook.people.people[JOHN].roles == ("investigator", "monitor")
    assert faults(logbook.study) == []


def test_four_eyes_need_two_persons(tmp_path: Path):
    logbook = begin_log(tmp_path / "study", JANE, JOHN, four_eyes=True)
    with pytest.raises(NotAllowed, match="four eyes"):
        with_person(logbook, MARY, "monitor", by=(JANE,))
    with pytest.raises(NotAllowed, match="four eyes"):
        with_person(logbook, MARY, "monitor", by=(JANE, JANE))
    logbook = with_person(logbook, MARY, "monitor", by=(JANE, JOHN))
    assert MARY in logbook.people.people
    assert faults(logbook.study) == []


def test_a_log_with_four_eyes_begins_with_two_persons(tmp_path: Path):
    with pytest.raises(NotAllowed, match="two of them"):
        begin_log(tmp_path / "study", JANE, four_eyes=True)


def test_a_proof_of_possession_is_for_one_log_only(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    note = people.possession_of("other.example/study/00000000", demonstration_signer(f"{JOHN}/k1"))
    with pytest.raises(NotAllowed, match="not for this log"):
        people.key_in(note.to_bytes(), logbook.origin)
    with pytest.raises(NotAllowed, match="cannot be used"):
        people.key_in(b"nothing of the kind", logbook.origin)


def test_a_revoked_key_signs_no_more_and_a_new_one_does(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "investigator")
    admin = acting(logbook, role="administrator")
    logbook = recorded(
        logbook, *people.authorised(logbook, people.revoke(logbook, f"{JOHN}/k1", JANE, "lost"), [admin])
    )
    with pytest.raises(NotAllowed, match="every key"):
        acting(logbook, JOHN)
    key, text = people.key_in(
        people.possession_of(logbook.origin, demonstration_signer(f"{JOHN}/k2")).to_bytes(), logbook.origin
    )
    logbook = recorded(logbook, *people.authorised(logbook, people.add_key(logbook, key, text, JANE), [admin]))
    logbook = recorded(logbook, sign(logbook, 0, "review", acting(logbook, JOHN)))
    assert faults(logbook.study) == []


def test_the_last_administrator_keeps_the_role(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    with pytest.raises(NotAllowed, match="too few administrators"):
        people.give_roles(logbook, JANE, ["monitor"], JANE)


def test_the_last_administrator_keeps_a_good_key(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    with pytest.raises(NotAllowed, match="too few administrators with a good key"):
        people.revoke(logbook, f"{JANE}/k1", JANE, "lost")
    key, text = people.key_in(
        people.possession_of(logbook.origin, demonstration_signer(f"{JANE}/k2")).to_bytes(), logbook.origin
    )
    admin = acting(logbook, role="administrator")
    logbook = recorded(logbook, *people.authorised(logbook, people.add_key(logbook, key, text, JANE), [admin]))
    logbook = recorded(logbook, *people.authorised(logbook, people.revoke(logbook, f"{JANE}/k1", JANE, "old"), [admin]))
    with pytest.raises(NotAllowed, match="too few administrators with a good key"):
        people.revoke(logbook, f"{JANE}/k2", JANE, "lost too")
    assert faults(logbook.study) == []


def test_with_four_eyes_two_administrators_keep_a_good_key(tmp_path: Path):
    logbook = begin_log(tmp_path / "study", JANE, JOHN, four_eyes=True)
    with pytest.raises(NotAllowed, match="too few administrators with a good key"):
        people.revoke(logbook, f"{JOHN}/k1", JANE, "lost")
    logbook = with_person(logbook, MARY, "administrator", by=(JANE, JOHN))
    assert people.revoke(logbook, f"{JOHN}/k1", JANE, "lost")["do"] == "key-revoke"


def test_an_administrator_without_a_good_key_does_not_count_when_a_role_goes(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "administrator")
    admin = acting(logbook, role="administrator")
    entry = people.revoke(logbook, f"{JOHN}/k1", JANE, "lost")
    logbook = recorded(logbook, *people.authorised(logbook, entry, [admin]))
    with pytest.raises(NotAllowed, match="too few administrators with a good key"):
        people.give_roles(logbook, JANE, ["monitor"], JANE)
    assert people.give_roles(logbook, JOHN, ["monitor"], JANE)["do"] == "role"  # JOHN could not act anyway


@pytest.mark.parametrize(
    ("person", "roles", "said"),
    [("Jane", ("monitor",), "name of a person"), ("x@y", ("king",), "have to be some of"), ("x/y", (), "name")],
)
def test_what_cannot_be_enrolled_is_refused(tmp_path: Path, person: str, roles: tuple[str, ...], said: str):
    logbook = begin_log(tmp_path / "study")
    key = demonstration_signer("x@y/k1").key
    with pytest.raises(NotAllowed, match=said):
        people.enrol(logbook, enrolment(person, *roles), key, "", JANE)


def test_derived_keys_are_for_demonstrations_only(tmp_path: Path):
    beginning = Beginning("S", "Sponsor", None, "1" * 32)
    jane = (enrolment(JANE), demonstration_signer(f"{JANE}/k1"))
    with pytest.raises(NotAllowed, match="derived keys"):
        start(tmp_path, beginning, [jane], log_signer=demonstration_signer(beginning.origin), at=AT)


def test_approval_asks_for_a_role_that_the_log_names(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "coordinator")
    with pytest.raises(NotAllowed, match="one of these is needed: sponsor, principal-investigator"):
        actor_for(logbook, JOHN, lambda names: demonstration_signer(names[0]), suited=suited_roles(logbook, "approval"))


def test_an_unknown_signer_is_refused(tmp_path: Path):
    with pytest.raises(NotAllowed, match="is not enrolled"):
        acting(begin_log(tmp_path / "study"), MARY)


def test_a_key_at_hand_that_is_not_the_enrolled_one_is_refused(tmp_path: Path):
    from regdocs.audit.note import Key

    class Other:
        key = Key(f"{JANE}/k1", 1, demonstration_signer("other/k1").key.public)

        def sign(self, message: bytes) -> bytes:
            raise AssertionError("never asked to sign")

    with pytest.raises(NotAllowed, match="another one than the one enrolled"):
        actor_for(begin_log(tmp_path / "study"), JANE, lambda names: Other())


def test_a_delegate_signs_in_their_own_name(tmp_path: Path):
    from regdocs.versions.facts import note

    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "investigator")
    logbook = recorded(logbook, note(JANE, "John signs for Jane while she is away"))
    logbook = recorded(logbook, sign(logbook, 0, "review", acting(logbook, JOHN), for_=JANE, under=4))
    assert f"\nfor {JANE}\nunder 4\n" in logbook.entry(5)["note"]
    assert faults(logbook.study) == []
    with pytest.raises(NotAllowed, match="both the person"):
        signature(0, "review", acting(logbook, JOHN), for_=JANE)


def test_a_signature_made_elsewhere_is_kept_and_listed_as_unchecked(tmp_path: Path):
    from regdocs.audit.evidence import FolderEvidence
    from regdocs.audit.verification import Asked
    from regdocs.audit.verify import verify

    logbook = begin_log(tmp_path / "study")
    said = Elsewhere("ink", "Dr Example", "approval", "2026-02-27")
    entry, objects = signed_elsewhere(logbook, 0, b"a scan", said, by=JANE)
    logbook = recorded(logbook, entry, objects=objects)
    assert logbook.object(entry["object"]) == b"a scan"  # type: ignore[arg-type]
    listed = [one.message for one in verify(FolderEvidence(logbook.study), Asked()).listed]
    assert any("not checked cryptographically" in one for one in listed)


def test_the_trust_file_is_one_that_verify_reads(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "monitor")
    trust = parse_trust(people.trust_text(logbook, persons=True), logbook.origin)
    assert [key.name for key in trust.persons] == [f"{JANE}/k1", f"{JOHN}/k1"]
    assert parse_trust(people.trust_text(logbook, persons=False), logbook.origin).persons == ()
