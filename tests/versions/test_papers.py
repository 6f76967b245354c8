"""The summary of changes names the pages on which changes stand, in candidates and in what is issued."""

import shutil
import subprocess
from pathlib import Path

import pytest

from regdocs.versions.amendment_preparation import prepare_candidate
from regdocs.versions.candidates import lay_candidates
from tests.build.studies import write_template
from tests.versions.releases import AMENDMENT, PRINTER, amend, edit_for_amendment, prepared, template

SUMMARY = """\
<document title="Summary" subject="What changed">
<section id="summary-of-changes.main">
{% for change in view.changes %}
<p id="summary-of-changes.{{ change.lines[0].id }}">Change.
{% for line in change.lines %}{% for one in line.documents %}{{
 one.document }} at {% if one.pages is not none %}{{ one.pages }}{% else %}no page{% endif %}; {% endfor %}{% endfor
 %}</p>
{% endfor %}
</section>
</document>
"""
BREAK = '<page-break id="crf.break"/>\n<p id="crf.study">'


@pytest.fixture
def edited(released: Path) -> Path:
    """An amendment whose changed words stand on the second page of the CRF."""
    edit_for_amendment(released)
    on_second_page = template("crf", " once more").replace('<p id="crf.study">', BREAK)
    write_template(released, "crf", on_second_page)
    write_template(released, "summary-of-changes", SUMMARY)
    return released


def words(pdf: Path, page: int) -> str:
    call = ["pdftotext", "-f", str(page), "-l", str(page), str(pdf), "-"]
    return subprocess.run(call, check=True, capture_output=True, text=True).stdout


def test_pages_are_not_known_before_documents_are_printed(edited: Path):
    own = prepared(edited).amended
    assert own is not None and {one.pages for row in own.facts.rows for one in row.documents} == {()}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_issued_summary_names_the_page_on_which_the_changed_words_stand(edited: Path):
    amend(edited)
    clean = edited / "issued" / "2.0" / "clean"
    assert "once more" in words(clean / "crf" / "en.pdf", 2)
    assert "Case Report Forms, English at 2;" in words(clean / "summary-of-changes" / "en.pdf", 1)


def test_candidates_name_the_same_page(edited: Path, tmp_path: Path):
    lay_candidates(prepare_candidate(edited, AMENDMENT), tmp_path / "candidate", "Jane", PRINTER)
    assert ">2</span>;" in (tmp_path / "candidate" / "clean" / "summary-of-changes" / "en.html").read_text("utf-8")
