"""`regdocs check --readability`: how the documents for participants read, as text and as JSON."""

import json
from pathlib import Path

import pytest

from tests.build.studies import SHORT, change, write_template
from tests.cli.calling import Call

TEMPLATE = """\
<document title="T" subject="S"><section id="m">
<h1 id="h" number="1">Key information</h1>
<p id="a">You may stop at any time. We utilise a placebo in this study of ours.</p>
</section></document>
"""


@pytest.fixture
def worded(study: Path) -> Path:
    write_template(study, "consent", TEMPLATE)
    return study


def test_documents_for_participants_are_told_with_grades_and_plainer_words(call: Call, worded: Path) -> None:
    said = call("-C", worded, "check", "--readability")
    assert said.code == 0 and "consent/second-hospital/en: grade 3." in said.out
    assert "== consent/example-hospital/en ==" in said.out and "crf" not in said.out
    assert "utilise (1 time): use [a]" in said.out and "2 sentences, 15 words (few)" in said.out


def test_json_has_the_same_numbers(call: Call, worded: Path) -> None:
    told = json.loads(call("-C", worded, "check", "--readability", "--json").out)
    assert told["aim"] == 8 and [one["document"] for one in told["documents"]] == [
        "consent/second-hospital/en",
        "consent/example-hospital/en",
    ]
    first = told["documents"][0]
    assert (first["whole"]["sentences"], first["whole"]["words"], first["graded"]) == (2, 15, True)
    assert first["whole"]["smog_from_fewer_than_30_sentences"] is True
    assert {"term": "utilise", "plainer": "use", "times": 1, "first_block": "a"} in first["terms"]


def test_the_same_study_gives_the_same_bytes(call: Call, worded: Path) -> None:
    assert call("-C", worded, "check", "--readability").out == call("-C", worded, "check", "--readability").out


def test_vietnamese_is_told_that_no_grade_is_defined(call: Call) -> None:
    demo = Path(__file__).resolve().parents[2] / "examples/demo-101"
    said = call("-C", demo, "check", "--readability").out
    assert "consent/south/vi: grade not defined for this language" in said
    of_vi = said.split("== consent/south/vi ==")[1].split("\n==")[0]
    assert "words a sentence" in of_vi and "velmaxoren (" in of_vi
    assert "grade " not in of_vi.split("\n", 2)[2] and "SMOG" not in of_vi


def test_a_study_with_a_mistake_tells_the_mistake(call: Call, worded: Path) -> None:
    change(worded, (SHORT, "    shrot: Examplin\n"))
    said = call("-C", worded, "check", "--readability")
    assert said.code == 1 and "error[" in said.out and "grade" not in said.out


def test_json_goes_to_a_file(call: Call, worded: Path) -> None:
    said = call("-C", worded, "check", "--readability", "--json", "--out", "r.json")
    assert said.code == 0 and json.loads((worded / "r.json").read_text("utf-8"))["aim"] == 8


@pytest.mark.parametrize("form", ["html", "sarif", "github"])
def test_other_formats_are_refused(call: Call, worded: Path, form: str) -> None:
    said = call("-C", worded, "check", "--readability", "--format", form)
    assert said.code == 2 and said.err.endswith('in which this is told: "text", "json"\n')
