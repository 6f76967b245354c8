"""Pages as one board wants them: the area of its stamp stays blank, its footer is left to it, the package says so."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from regdocs.content.model import Document, Furniture
from regdocs.submission.board_pages import USUAL_MM, BoardPage
from regdocs.submission.manifest import JSON
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.packaging import Package, put_together
from regdocs.submission.profile import Profile, load_profile, shipped_profile, shipped_profiles
from regdocs.submission.profile_parts import Stamp
from regdocs.submission.sources import FolderSource
from regdocs.submission.tying import Ties
from tests.submission.packages import INITIAL, SITE, laid, outsider, put, recorded, verified
from tests.versions.logs import opened
from tests.versions.releases import REMEMBERING

_MM = 72 / 25.4
DOCUMENT = Document(kind="consent", language="en", title="A form", subject="A form", furniture=Furniture(), sections=())


def board(area: str, height: int | None = None, *, whose: str = "sponsor") -> Profile:
    found = shipped_profile("generic")
    stamp = Stamp.model_validate({"area": area, "height_mm": height, "when": "unknown"})
    return found.model_copy(update={"stamp": stamp, "footer": found.footer.model_copy(update={"whose": whose})})


def pages_for(profile: Profile, own: Furniture | None = None) -> Furniture:
    return BoardPage(profile).applied(replace(DOCUMENT, furniture=own or Furniture())).furniture


def test_an_area_is_kept_where_and_as_high_as_the_board_says():
    assert pages_for(board("upper-right", 40)) == Furniture(stamp_area=True, stamp_height_mm=40)
    assert pages_for(board("header", 30)) == Furniture(blank_head_mm=30)
    assert pages_for(board("bottom", 51)) == Furniture(blank_foot_mm=51)


def test_an_area_without_a_height_has_the_usual_one():
    assert pages_for(board("header")).blank_head_mm == USUAL_MM == 25
    assert pages_for(board("none", whose="board")) == Furniture(blank_foot_mm=USUAL_MM, board_footer=True)


def test_a_form_has_no_room_for_a_stamp_at_two_places():
    assert pages_for(board("bottom", 51), Furniture(stamp_area=True)) == Furniture(blank_foot_mm=51)


@pytest.mark.parametrize("area", ["none", "unknown"])
def test_a_board_that_says_nothing_gets_the_pages_that_were_issued(area: str):
    document = replace(DOCUMENT, furniture=Furniture(stamp_area=True))
    assert BoardPage(board(area)).applied(document) is document
    assert BoardPage(board("upper-right")).applied(document) is document, "the form has that area already"


def test_a_kind_of_document_that_nobody_knows_is_told():
    text = shipped_profiles()["utah"].read_bytes().replace(b"  area: bottom", b"  area: bottom\n  documents: [concent]")
    _, findings = load_profile(text, "mine.yaml")
    [found] = findings
    assert found.rule == "PRF-007" and "concent" in found.message and 'did you mean "consent"' in (found.hint or "")


# ------------------------------------------------------------------------------------------------------ on the pages


@pytest.fixture(scope="module")
def packed(amended_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Package]:
    """The study with its first version packaged for a board that stamps at the foot and writes in the footer."""
    study = Path(shutil.copytree(amended_once, tmp_path_factory.mktemp("for-a-board") / "study"))
    return study, recorded(study, INITIAL, profile="utah")


def rows(package: Package) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(package.manifest)["files"]
    return found


def consent_in(package: Package) -> dict[str, Any]:
    [found] = [one for one in rows(package) if (one["document"], one.get("site")) == ("consent", SITE)]
    return found


def bytes_of(package: Package, path: str) -> bytes:
    [part] = [one for one in package.parts if one.path == path]
    assert isinstance(part.source, bytes)
    return part.source


def lowest_mm(data: bytes) -> float:
    """How far the lowest letter of a PDF stands above the lower edge of its page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            if not chr(raw.FPDFText_GetUnicode(text.raw, index)).isspace():
                found.append(text.get_charbox(index)[1] / _MM)
    return min(found)


def test_nothing_of_ours_stands_at_the_foot_of_what_the_board_stamps(packed: tuple[Path, Package]):
    _, package = packed
    assert lowest_mm(bytes_of(package, consent_in(package)["path"])) > 51
    [schedule] = [one for one in rows(package) if one["document"] == "schedule" and one["path"].endswith("pdf")]
    assert lowest_mm(bytes_of(package, schedule["path"])) < 51, "the board stamps no schedule"


def test_the_footer_of_a_word_file_is_left_to_the_board_and_ours_stands_in_the_header(amended: Path):
    text = shipped_profiles()["utah"].read_text("utf-8").replace("consent: {clean: [pdf]", "consent: {clean: [docx]")
    profile, _ = load_profile(text.encode(), "mine.yaml")
    assert profile is not None
    package = put_together(opened(amended), (profile, text.encode()), INITIAL, REMEMBERING)
    consent = consent_in(package)
    with zipfile.ZipFile(io.BytesIO(bytes_of(package, consent["path"]))) as file:
        words = {name: re.sub("<[^>]*>", "", file.read(name).decode()) for name in file.namelist() if "word/" in name}
    footers = [said for name, said in words.items() if "/footer" in name]
    assert footers and not any(one.strip() for one in footers)
    assert any(consent["version"] in said for name, said in words.items() if "/header" in name)


def test_what_is_printed_for_a_board_names_the_issue_and_rests_on_the_package(packed: tuple[Path, Package]):
    study, package = packed
    consent = consent_in(package)
    assert consent["from"] == {"printed": opened(study).versions[0].issues[-1].n, "path": consent["from"]["path"]}
    folder, archive = laid(study, study.parent / "out", package)
    found = verified(archive, outsider(opened(study)))
    assert found.holds, found.words
    told = [one.message for one in found.found.listed if "printed for this package" in one.message]
    assert told and consent["path"] in told[0]
    again = put(study, replace(INITIAL, on="2027-01-01"), "utah")
    assert again.place.found and again.manifest == (folder / JSON).read_bytes()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": "9.9"}, "in another version"),
        ({"document": "assent"}, "another document"),
        ({"from": {"printed": 0, "path": "consent/example-hospital/en.pdf"}}, "entry 0 did not issue"),
        ({"from": {"package": True}}, "tied to no issue"),
    ],
)
def test_what_is_printed_for_a_board_cannot_be_called_another_document(
    packed: tuple[Path, Package], change: dict[str, Any], words: str
):
    study, package = packed
    folder, _ = laid(study, study.parent / f"out-{words.replace(' ', '-')}", package)
    consent = consent_in(package)
    assert words in str(Ties(PackageEvidence(FolderSource(folder))).problem_of(consent | change))
    assert Ties(PackageEvidence(FolderSource(folder))).problem_of(consent) is None
