"""Redlines are held against what a body last approved for a site; they name it, and are issued beside the documents."""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.audit.store import ObjectDiffers
from regdocs.content.query import plain_text
from regdocs.content.revision import accepted, rejected
from regdocs.errors import Refusal
from regdocs.versions.checkout import restored
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.issued import documents_of
from regdocs.versions.issued_beside import redlines_of
from regdocs.versions.preparation import Asked
from regdocs.versions.printed import tree_of
from regdocs.versions.rebuild import rebuild
from regdocs.versions.record import Done
from regdocs.versions.redlines import Against, Redline
from tests.build.studies import change, write_template
from tests.versions.logs import JANE, opened, recorded
from tests.versions.releases import (
    AMENDMENT,
    PRINTER,
    SECOND,
    amend,
    carry_out,
    kinds_of_entries,
    prepared,
    template,
)

FIRST_SITE, SECOND_SITE, BODY = "example-hospital", "second-hospital", "ethics-committee"
THIRD = (('version: "1.0"', 'version: "3.0"'), ("date: 2026-01-15", "date: 2026-07-20"))
LETTER = b"Approved. Reference EC-7."


def approve(study: Path, version: str, *sites: str, decided: str = "2026-03-10", letter: bytes | None = LETTER) -> None:
    """Let the body approve the consent form of a version at some sites."""
    said = Decided(BODY, "EC-7", "approved", decided, decided, sites, (f"consent/en/{version}",), version=version)
    entry, objects = decision(opened(study), JANE, said, letter)
    recorded(opened(study), entry, objects=objects)


def reword(study: Path, words: str, *changes: tuple[str, str]) -> None:
    """Change the version, and the words of the consent form at both sites."""
    change(study, *changes)
    write_template(study, "consent", template("consent", words))


def redlines(study: Path, asked: Asked = AMENDMENT) -> tuple[Redline, ...]:
    amended = prepared(study, asked).amended
    assert amended is not None
    return amended.redlines.made


def issued(done: Done) -> set[str]:
    """Paths of the redlines that lie in the folder of the version."""
    assert done.folder is not None
    folder = done.folder.parent
    return {one.relative_to(folder).as_posix() for one in folder.glob("redline-from-*/**/*") if one.is_file()}


def test_without_an_approved_base_no_redline_is_made_and_what_exists_is_listed(released: Path):
    approve(released, "1.0", FIRST_SITE, letter=None)
    reword(released, " once more", *SECOND)
    amended = prepared(released).amended
    assert amended is not None and amended.redlines.made == ()
    lacking = {(one.stem, one.site): one.exists for one in amended.redlines.without_base}
    assert lacking[f"consent/{SECOND_SITE}/en", SECOND_SITE] == ()
    assert "reported without its letter" in lacking[f"consent/{FIRST_SITE}/en", FIRST_SITE][0]


def test_sites_with_different_approved_versions_get_different_redlines(released: Path):
    approve(released, "1.0", FIRST_SITE, SECOND_SITE)
    reword(released, " once more", *SECOND)
    amend(released)
    approve(released, "2.0", SECOND_SITE, decided="2026-06-10")
    reword(released, " once more, and again", *THIRD)
    found = {one.document.stem: one for one in redlines(released, Asked("3.0"))}
    assert {stem: one.base.base for stem, one in found.items()} == {
        f"consent/{FIRST_SITE}/en": "1.0",
        f"consent/{SECOND_SITE}/en": "2.0",
    }
    marks = {stem: plain_text(one.tree.furniture.marks[-1]) for stem, one in found.items()}
    assert marks[f"consent/{FIRST_SITE}/en"].startswith(
        "TRACKED CHANGES against version 1.0 of 2026-01-15, approved by"
    )
    assert marks[f"consent/{SECOND_SITE}/en"].endswith("EC-7, 2026-06-10")


def test_a_redline_is_made_of_the_stored_trees_of_base_and_document(released: Path):
    approve(released, "1.0", FIRST_SITE)
    reword(released, " once more", *SECOND)
    (redline,) = redlines(released)
    logbook = opened(released)
    base = next(one for one in documents_of(logbook, logbook.versions[0]) if one.stem == redline.document.stem)
    assert rejected(redline.tree).sections == tree_of(logbook.object(base.tree)).sections
    assert accepted(redline.tree).sections == redline.document.composed.document.sections


def test_redlines_are_issued_in_a_folder_of_their_base_and_made_again_from_the_log(released: Path):
    approve(released, "1.0", FIRST_SITE)
    reword(released, " once more", *SECOND)
    paths = {f"redline-from-1.0/consent/{FIRST_SITE}/en.{form}" for form in ("pdf", "docx", "html")}
    assert issued(amend(released)) == paths
    page = (released / "issued/2.0" / f"redline-from-1.0/consent/{FIRST_SITE}/en.html").read_text(encoding="utf-8")
    assert "<ins" in page and "approved by" in page and "EC-7" in page
    logbook = opened(released)
    assert paths <= {one.path for one in restored(logbook, "2.0", PRINTER)}
    assert rebuild(released, None, PRINTER).faults == ()


def words_in_footers(docx: Path) -> str:
    with zipfile.ZipFile(docx) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if "footer" in name)


def test_running_titles_show_the_new_identity_alone(released: Path):
    approve(released, "1.0", FIRST_SITE)
    reword(released, " once more", *SECOND)
    amend(released)
    footer = words_in_footers(released / "issued/2.0" / f"redline-from-1.0/consent/{FIRST_SITE}/en.docx")
    assert "2.0" in footer and "1.0<" not in footer and "<w:del " not in footer


def test_running_titles_track_the_identity_when_a_person_asks(released: Path):
    approve(released, "1.0", FIRST_SITE)
    reword(released, " once more", *SECOND)
    amend(released, replace(AMENDMENT, track_identity=True))
    place = released / "issued/2.0" / f"redline-from-1.0/consent/{FIRST_SITE}"
    footer = words_in_footers(place / "en.docx")
    assert re.search(r'<w:del w:id="\d+" w:author="[^"]+" w:date="2026-05-20T00:00:00Z">.{0,200}>1\.0<', footer)
    assert re.search(r"<w:ins [^>]+>.{0,200}>2\.0<", footer)
    page = (place / "en.html").read_text(encoding="utf-8")
    assert re.search(r"<footer.*<del[^>]*>.*1\.0.*</del>.*<ins[^>]*>.*2\.0.*</ins>", page, re.DOTALL)
    [shown] = redlines_of(opened(released), opened(released).version("2.0"))
    tree = tree_of(opened(released).object(shown.tree))
    assert plain_text(rejected(tree).furniture.footer[0]).startswith("Version 1.0, 2026-01-15")
    assert accepted(tree).furniture.footer == tree_of(document_tree(released)).furniture.footer
    assert rebuild(released, None, PRINTER).faults == ()


def document_tree(study: Path) -> bytes:
    logbook = opened(study)
    issued_now = documents_of(logbook, logbook.version("2.0"))
    return logbook.object(next(one.tree for one in issued_now if one.stem == f"consent/{FIRST_SITE}/en"))


def test_another_base_is_taken_when_a_person_asks_and_its_reason_stands_on_every_page(released: Path):
    reword(released, " once more", *SECOND)
    asked = replace(AMENDMENT, against=(Against("1.0", "it was submitted last"),))
    found = redlines(released, asked)
    assert {one.document.stem for one in found} == {f"consent/{site}/en" for site in (FIRST_SITE, SECOND_SITE)}
    assert "chosen as base: it was submitted last" in plain_text(found[0].tree.furniture.marks[-1])
    carry_out(prepared(released, asked))
    logbook = opened(released)
    listed = logbook.whole_entry(logbook.versions[1].issues[0].n)["redlines"]
    assert {one["against"] for one in listed} == {"it was submitted last"}


def test_a_base_that_is_not_recorded_is_refused_by_name(released: Path):
    reword(released, " once more", *SECOND)
    with pytest.raises(Refusal, match=r'no recorded version "0\.9"'):
        prepared(released, replace(AMENDMENT, against=(Against("0.9", "why not"),)))


def test_a_base_whose_tree_was_tampered_with_is_refused_and_nothing_is_recorded(released: Path):
    approve(released, "1.0", FIRST_SITE)
    reword(released, " once more", *SECOND)
    asked = replace(AMENDMENT, declaration=None)
    logbook = opened(released)
    base = next(one for one in documents_of(logbook, logbook.versions[0]) if one.site == FIRST_SITE)
    for place in (released / "audit/objects").glob(f"{base.tree}*"):
        place.write_bytes(b"{}")
    before = kinds_of_entries(released)
    with pytest.raises(ObjectDiffers):
        amend(released, asked)
    assert kinds_of_entries(released) == before and not (released / "issued/2.0").exists()
