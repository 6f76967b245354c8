"""The drafts of the real record: the same bytes wherever they are built, and what other programs see in them.

Those are poppler, qpdf, pdfua, openxml-audit, LibreOffice and Chromium.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from regdocs.render.fonts import find_fonts, fonts_conf, use_fonts_conf
from tests.build.studies import content
from tests.cli.calling import run

ROOT = Path(__file__).resolve().parent.parent
STEMS = ("consent/van-hanh/en", "eligibility/en", "crf/en", "schedule/en", "registry/en")

pytestmark = pytest.mark.slow
needs_readers = pytest.mark.skipif(
    not all(map(shutil.which, ("soffice", "pdftotext", "qpdf"))), reason="needs LibreOffice, poppler-utils and qpdf"
)


def built(folder: Path, zone: str, locale: str, seed: str) -> Path:
    """Build the drafts in a folder and circumstances of their own, and return where they lie."""
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "protocol.yaml", folder / "protocol.yaml")
    env = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "HOME": str(folder / "home")}
    done = run("-C", folder, "build", cwd=ROOT, env=env, timeout=300)
    assert done.code == 0, done.out[-2000:] + done.err
    return folder / "out"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("drafts") / "a", "Asia/Ho_Chi_Minh", "C", "1")


@pytest.fixture(scope="module")
def our_fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The fonts that our PDFs have, for the programs that print here."""
    folder = tmp_path_factory.mktemp("fonts")
    (folder / "fonts.conf").write_text(fonts_conf(find_fonts().folders, folder / "cache"), encoding="utf-8")
    use_fonts_conf(folder / "fonts.conf")


@pytest.fixture(scope="module")
def printed(out: Path, our_fonts: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every Word file as LibreOffice prints it; one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("printed")
    for stem in STEMS:
        shutil.copy(out / f"{stem}.docx", folder / f"{stem.replace('/', '-')}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def said(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def pages(pdf: Path) -> list[str]:
    return said("pdftotext", "-layout", pdf, "-").rstrip("\f").split("\f")


def outline(pdf: Path) -> list[str]:
    """The headings that a reader of the PDF can jump to, in order, without their numbers."""

    def flat(entries: list[dict[str, Any]]) -> list[str]:
        return [title for entry in entries for title in (entry["title"], *flat(entry["kids"]))]

    found = flat(json.loads(said("qpdf", "--json", "--json-key=outlines", pdf))["outlines"])
    return [re.sub(r"^[\d.]+\s+", "", " ".join(title.split())) for title in found]


def test_two_builds_of_the_real_record_give_the_same_bytes_wherever_and_whenever(out: Path, tmp_path: Path) -> None:
    """Other folder, time zone, locale, hash seed, user's home and date of the files: the same bytes, manifest too."""
    one, other = content(out), content(built(tmp_path / "b b/ü", "America/Lima", "C.UTF-8", "4321"))
    assert one.keys() == other.keys() and len(one) == 18
    assert [path for path in one if one[path] != other[path]] == []


def test_the_manifest_lists_every_kind_in_every_format(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    listed = {document["path"] for document in manifest["documents"]}
    assert listed == {f"{stem}.{ending}" for stem in STEMS for ending in ("pdf", "docx", "html")} | {"registry/en.txt"}
    assert manifest["draft"] is True and manifest["todo"] > 0 and manifest["assumptions"] > 0


@needs_readers
@pytest.mark.parametrize("stem", STEMS)
def test_every_page_of_a_draft_says_so(out: Path, printed: Path, stem: str) -> None:
    for pdf in (out / f"{stem}.pdf", printed / f"{stem.replace('/', '-')}.pdf"):
        unmarked = [number for number, text in enumerate(pages(pdf), start=1) if "not for participants" not in text]
        assert unmarked == []


@needs_readers
@pytest.mark.parametrize("stem", STEMS)
def test_libreoffice_shows_the_same_headings_in_the_same_order_as_our_pdf(out: Path, printed: Path, stem: str) -> None:
    ours = outline(out / f"{stem}.pdf")
    assert ours
    assert outline(printed / f"{stem.replace('/', '-')}.pdf") == ours


@pytest.mark.parametrize("stem", STEMS)
def test_the_word_file_passes_openxml_audit(out: Path, stem: str) -> None:
    command = [sys.executable, "-m", "openxml_audit", str(out / f"{stem}.docx")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@needs_readers
@pytest.mark.parametrize("stem", STEMS)
def test_the_pdf_is_sound_and_has_only_our_fonts(out: Path, stem: str) -> None:
    pdf = out / f"{stem}.pdf"
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", pdf)
    fonts = said("pdffonts", pdf).splitlines()[2:]
    assert fonts and all(re.match(r"[A-Z]{6}\+Source-Sans-3.* yes yes yes ", line) for line in fonts)
    command = [sys.executable, "-m", "pdfua", "check", "--min-severity", "error", str(pdf)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("stem", STEMS)
def test_the_web_page_reads_nothing_from_outside(out: Path, stem: str) -> None:
    page = (out / f"{stem}.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in unescape(page)
    assert not re.search(r"(?:src|href)=[\"'](?!#)", page)


def browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@needs_readers
@pytest.mark.skipif(browser() is None, reason="needs Chromium")
@pytest.mark.parametrize("stem", ["consent/van-hanh/en", "registry/en"])
def test_a_browser_prints_the_web_page_with_the_mark_on_every_page(
    out: Path, our_fonts: None, tmp_path: Path, stem: str
) -> None:
    target = tmp_path / "printed.pdf"
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    page = (out / f"{stem}.html").as_uri()
    command = [str(browser()), *quiet, profile, f"--print-to-pdf={target}", "--no-pdf-header-footer", page]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert len(pages(target)) > 3
    assert [number for number, text in enumerate(pages(target), start=1) if "not for participants" not in text] == []


@pytest.mark.parametrize("stem", STEMS)
def test_every_header_of_the_word_file_carries_the_draft_mark(out: Path, stem: str) -> None:
    with zipfile.ZipFile(out / f"{stem}.docx") as package:
        headers = [name for name in package.namelist() if re.match(r"word/header[\w-]*\.xml", name)]
        assert headers
        assert all("not for participants" in package.read(name).decode() for name in headers)
