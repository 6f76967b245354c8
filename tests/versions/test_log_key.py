"""A new key for the log: whoever trusts the old one is led to it, also when the one who brought it was interrupted."""

from pathlib import Path

from regdocs.audit.append import Rotation
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.note import Key, Signer
from regdocs.audit.trust import Trust, parse_trust
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Asked
from regdocs.audit.verify import verify
from regdocs.versions import people
from regdocs.versions.acting import write
from regdocs.versions.actors import actor_for
from regdocs.versions.facts import note
from regdocs.versions.key_ring import KeyRing
from regdocs.versions.logbook import Logbook
from regdocs.versions.start import Beginning, start
from tests.crashes import dies_at, needs_fork
from tests.versions.logs import AT, JANE, enrolment, opened


def test_the_joining_head_is_kept_by_the_next_append_when_nobody_did_before(tmp_path: Path):
    logbook, ring, trust = _begun(tmp_path)
    after, new = _rotated(logbook, ring)
    assert after.folder.heads() == ()  # as if the process had ended here
    _write(after, new)
    assert after.folder.heads() == (after.head.size,)
    assert _verdicts(logbook.study, trust) == {Verdict.UNDECIDED}  # no head from outside, and nothing else


@needs_fork
def test_whenever_the_change_is_cut_short_the_log_goes_on_and_the_old_key_leads_to_it(tmp_path: Path):
    step, died = 0, True
    while died:
        place = tmp_path / str(step)
        place.mkdir()
        died = _goes_on_after_a_crash(place, step)
        step += 1
    assert step > 20


def _goes_on_after_a_crash(place: Path, step: int) -> bool:
    logbook, ring, trust = _begun(place)
    ring.new("log2", None)

    def change() -> None:
        _rotated(logbook, ring)[0].folder.keep_head()

    died = dies_at(step, change)
    now = opened(logbook.study)
    _write(now, ring.log(now.people.log_key_at(now.head.size).key, _nothing))
    assert _verdicts(logbook.study, trust) == {Verdict.UNDECIDED}, step
    return died


def _begun(tmp_path: Path) -> tuple[Logbook, KeyRing, Trust]:
    ring, study = KeyRing(tmp_path / "keys"), tmp_path / "study"
    study.mkdir()
    beginning = Beginning("S-1", "A sponsor", None, "1" * 32)
    ring.new(f"{JANE}/k1", None)
    made = ring.new("log", None)
    jane = ring.one_of([f"{JANE}/k1"], _nothing)
    log_key = ring.log(Key(beginning.origin, made.kind, made.public), _nothing)
    start(study, beginning, [(enrolment(JANE), jane)], log_signer=log_key, at=AT)
    logbook = opened(study)
    return logbook, ring, parse_trust(people.trust_text(logbook, persons=True), logbook.origin)


def _rotated(logbook: Logbook, ring: KeyRing) -> tuple[Logbook, Signer]:
    made = ring.public("log2") if "log2" in ring.names() else ring.new("log2", None)
    new = Key(logbook.origin, made.kind, made.public)
    old = logbook.people.log_keys[0].key
    jane = actor_for(logbook, JANE, lambda names: ring.one_of(names, _nothing), role="administrator")
    entry = people.new_log_key(logbook, new, JANE, "worn")
    signer = ring.log(new, _nothing)
    rotation = Rotation(also=(ring.log(old, _nothing),), known=(old,))
    write(logbook, people.authorised(logbook, entry, [jane]), log_signer=signer, at=AT, rotation=rotation)
    return opened(logbook.study), signer


def _write(logbook: Logbook, signer: Signer) -> None:
    write(logbook, [note(JANE, "it goes on")], log_signer=signer, at=AT)


def _verdicts(study: Path, trust: Trust) -> set[Verdict]:
    return {one.verdict for one in verify(FolderEvidence(study), Asked(trust)).faults}


def _nothing(name: str) -> None:
    return None
