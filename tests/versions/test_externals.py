"""Documents from outside: what submission.yaml says of them, how they are submitted, decided on and approved."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.canonical import sha256_hex
from regdocs.versions.actors import NotAllowed
from regdocs.versions.external_files import External, read_external
from regdocs.versions.externals import externals_at, is_external, submission_flags
from regdocs.versions.facts import flagged
from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import Submitted, submission, submissions_of
from tests.versions.filings import AGENCY, NORTH, SOUTH, decided, filed_log, submitted
from tests.versions.logs import JANE

POSTER = External("poster/en/1.0", "advertisement", "Poster", "2026-01-20", "a" * 64, "poster.pdf")
BROCHURE = External("brochure/en/4", "investigator-brochure", "Brochure", "2026-01-10", "b" * 64)
GOOD: dict[str, Any] = {
    "id": "poster",
    "type": "advertisement",
    "version": '"1.0"',
    "date": "2026-01-20",
    "language": "en",
    "file": "posters/poster.pdf",
}


def written(folder: Path, *documents: dict[str, Any]) -> Path:
    """Write a submission.yaml with these documents beside a poster's file, and return its place."""
    (folder / "posters").mkdir(exist_ok=True)
    (folder / "posters" / "poster.pdf").write_bytes(b"a poster")
    lines = ["regdocs-submission: 1", "documents:"]
    for one in documents:
        lines += [f"  {'-' if not n else ' '} {key}: {value}" for n, (key, value) in enumerate(one.items())]
    place = folder / "submission.yaml"
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def read(folder: Path, **other: Any) -> tuple[tuple[External, ...], list[str]]:
    """What comes of the good document with other values, None leaving a key out: documents, rules and keys found."""
    one = {key: value for key, value in (GOOD | other).items() if value is not None}
    found, findings = read_external(written(folder, one), folder)
    return found, [f"{each.rule} {(each.excerpt or '').strip(' -').partition(':')[0]}" for each in findings]


def test_a_declared_document_is_named_by_id_language_and_version_and_known_by_its_digest(tmp_path: Path):
    found, findings = read(tmp_path)
    assert findings == []
    digest = sha256_hex(b"a poster")
    assert found == (External("poster/en/1.0", "advertisement", "Advertisement", "2026-01-20", digest, "poster.pdf"),)


def test_a_digest_stands_in_place_of_the_file(tmp_path: Path):
    found, findings = read(tmp_path, file=None, sha256=sha256_hex(b"another"))
    assert (findings, found[0].sha256, found[0].file) == ([], sha256_hex(b"another"), None)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"id": "consent"}, "SUB-001 id"),
        ({"id": "participant-letter"}, "SUB-001 id"),
        ({"version": '"1 0"'}, "SUB-001 version"),
        ({"version": '"a/b"'}, "SUB-001 version"),
        ({"type": "other"}, "SUB-001 type"),
        ({"title": '"two\\nlines"'}, "SUB-001 title"),
        ({"sha256": sha256_hex(b"")}, "SUB-002 file"),
        ({"file": None}, "SUB-001 id"),
        ({"file": None, "sha256": "ABC"}, "SUB-001 sha256"),
        ({"file": "../elsewhere.pdf"}, "SUB-002 file"),
        ({"file": "/etc/hostname"}, "SUB-002 file"),
        ({"file": "posters"}, "SUB-002 file"),
        ({"file": "posters/none.pdf"}, "SUB-002 file"),
        ({"type": "poster"}, "SPEC-002 type"),
        ({"language": "English"}, "SPEC-004 language"),
        ({"date": "2026-13-01"}, "SPEC-004 date"),
        ({"colour": "red"}, "SPEC-001 colour"),
    ],
)
def test_what_is_told_wrongly_is_found_at_its_place(tmp_path: Path, other: dict[str, Any], expected: str):
    found, findings = read(tmp_path, **other)
    assert found == () and findings == [expected]


def test_a_link_to_a_file_outside_the_study_is_refused(tmp_path: Path):
    study = tmp_path / "study"
    study.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (study / "poster.pdf").symlink_to(tmp_path / "secret")
    assert read(study, file="poster.pdf") == ((), ["SUB-002 file"])


def test_an_empty_file_is_no_document(tmp_path: Path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert read(tmp_path, file="empty.pdf") == ((), ["SUB-002 file"])


def test_a_document_that_stands_twice_is_found(tmp_path: Path):
    found, findings = read_external(written(tmp_path, GOOD, GOOD), tmp_path)
    assert found == () and [one.rule for one in findings] == ["SUB-001"]


def log_with(tmp_path: Path, *external: External, **more: Any) -> Logbook:
    return submitted(filed_log(tmp_path), "1.0", NORTH, external=external or (POSTER,), **more)


def test_a_submission_holds_our_documents_and_those_from_outside(tmp_path: Path):
    [entry] = submissions_of(log_with(tmp_path, POSTER, BROCHURE))
    assert entry["documents"] == ["protocol/en/1.0", "consent/en/1.0", "poster/en/1.0", "brochure/en/4"]
    assert entry["external"][0] == {
        "document": "poster/en/1.0",
        "type": "advertisement",
        "title": "Poster",
        "date": "2026-01-20",
        "sha256": "a" * 64,
        "file": "poster.pdf",
    }
    assert "file" not in entry["external"][1]


def test_documents_choose_among_both(tmp_path: Path):
    [entry] = submissions_of(log_with(tmp_path, POSTER, BROCHURE, documents=("consent/en/1.0", "brochure/en/4")))
    assert entry["documents"] == ["consent/en/1.0", "brochure/en/4"]
    assert [one["document"] for one in entry["external"]] == ["brochure/en/4"]


def test_a_file_of_which_nothing_is_chosen_is_told(tmp_path: Path):
    said = Submitted("1.0", NORTH, "2026-02-01", documents=("consent/en/1.0",), external=(POSTER,))
    with pytest.raises(NotAllowed, match="none of the external documents is chosen"):
        submission(filed_log(tmp_path), JANE, said)


def test_a_decision_may_be_about_what_was_submitted_from_outside(tmp_path: Path):
    letter = b"EXB-1: the poster 1.0 of 20 January 2026 is approved."
    log = decided(log_with(tmp_path), NORTH, letter=letter, documents=("poster/en/1.0",))
    *_, (entry, flags) = flagged(log)
    assert (entry["documents"], entry["version"], flags) == (["poster/en/1.0"], "1.0", ("recorded late by 17 days",))


def test_a_decision_about_what_nobody_submitted_is_refused_and_about_what_another_body_has_is_flagged(tmp_path: Path):
    log = log_with(tmp_path)
    with pytest.raises(NotAllowed, match="no document 'leaflet/en/1'"):
        decided(log, NORTH, documents=("leaflet/en/1",))
    *_, (_, flags) = flagged(decided(log, AGENCY, documents=("poster/en/1.0",)))
    assert "poster/en/1.0 was not submitted to agency before, for north, south" in flags


def test_another_file_under_the_same_name_is_flagged(tmp_path: Path):
    other = External("poster/en/1.0", "advertisement", "Poster", "2026-01-20", "c" * 64)
    log = submitted(log_with(tmp_path), "1.0", SOUTH, external=(other, BROCHURE))
    first, second = submissions_of(log)
    assert submission_flags(log, first) == ()
    [flag] = submission_flags(log, second)
    assert flag == f"another file under the same name: poster/en/1.0 is not that of entry {first['n']}"
    *_, (_, flags) = flagged(log)
    assert flag in flags


def test_a_document_is_approved_from_the_day_of_each_body_that_it_went_to(tmp_path: Path):
    log = decided(log_with(tmp_path), NORTH, documents=("poster/en/1.0",), expires="2026-08-01")
    days = ("2026-02-09", "2026-02-10", "2026-07-31", "2026-08-01")
    states = [externals_at(log, "north", day, "poster")[0] for day in days]
    assert [one.approved for one in states] == [False, True, True, False]
    assert states[1].others == (AGENCY,)
    submit, decision = [entry["n"] for entry in log.entries() if entry["do"] in ("submit", "decision")]
    assert states[1].entries == (submit, decision)


def test_without_its_letter_it_is_not_approved(tmp_path: Path):
    log = decided(log_with(tmp_path), NORTH, letter=None, documents=("poster/en/1.0",))
    [state] = externals_at(log, "north", "2026-03-01", "poster/en/1.0")
    assert not state.approved and "reported without its letter" in state.why_not[0]


def test_where_two_files_went_by_one_name_nobody_can_tell_which_is_approved(tmp_path: Path):
    log = decided(log_with(tmp_path), NORTH, documents=("poster/en/1.0",))
    other = External("poster/en/1.0", "advertisement", "Poster", "2026-01-20", "c" * 64)
    [state] = externals_at(submitted(log, "1.0", NORTH, external=(other,)), "north", "2026-03-01", "poster")
    assert not state.approved and state.why_not == (
        "2 files went by this name, and nobody can tell which one was decided on",
    )


def test_only_what_went_out_for_the_site_and_in_the_language_is_answered(tmp_path: Path):
    log = log_with(tmp_path)
    assert is_external(log, "poster") and not is_external(log, "consent")
    assert externals_at(log, "south", "2026-03-01", "poster") == ()
    assert externals_at(log, "north", "2026-03-01", "poster", "vi") == ()
