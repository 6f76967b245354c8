"""A key is one person's, a person is enrolled once, and nobody without a word on how their identity was established."""

from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import Key
from regdocs.versions import people
from regdocs.versions.actors import NotAllowed
from regdocs.versions.start import Enrolment
from tests.versions.logs import JANE, JOHN, MARY, begin_log, enrolment, with_person


def test_a_person_is_enrolled_once(tmp_path: Path):
    logbook = with_person(begin_log(tmp_path / "study"), JOHN, "monitor")
    with pytest.raises(NotAllowed, match="enrolled"):
        with_person(logbook, JOHN, "auditor")


def test_a_key_is_nobody_elses(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    janes = demonstration_signer(f"{JANE}/k1").key
    same_bytes = Key(f"{MARY}/k1", janes.kind, janes.public)
    with pytest.raises(NotAllowed):
        people.enrol(logbook, enrolment(MARY, "monitor"), same_bytes, "", JANE)
    with pytest.raises(NotAllowed):
        people.add_key(logbook, janes, "", JANE)


MARY_ENROLLED = enrolment(MARY, "monitor")


@pytest.mark.parametrize("unsaid", [replace(MARY_ENROLLED, how=" "), replace(MARY_ENROLLED, verifier="")])
def test_nobody_is_enrolled_without_how_and_by_whom_their_identity_was_established(tmp_path: Path, unsaid: Enrolment):
    logbook = begin_log(tmp_path / "study")
    key = demonstration_signer(f"{MARY}/k1").key
    with pytest.raises(NotAllowed, match="how the identity"):
        people.enrol(logbook, unsaid, key, "", JANE)
