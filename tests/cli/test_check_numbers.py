"""`regdocs check --numbers`: findings beside the others, the count, and each number with its path."""

import json
from pathlib import Path

from tests.build.studies import SHORT, TODO, change, write_template
from tests.cli.calling import Call

TYPED = """\
<document title="A small document" subject="Something to build">
<section id="crf.main">
<h1 id="crf.title">crf</h1>
<p id="crf.study">{{ view.study.short_title }} has {{ view.study.protocol_number }}
and six visits.</p>
</section>
</document>
"""


def test_a_typed_number_gives_1_at_its_line_and_only_when_asked(call: Call, study: Path) -> None:
    write_template(study, "crf", TYPED)
    assert call("-C", study, "check").code == 0
    said = call("-C", study, "check", "--numbers", "--quiet")
    assert said.code == 1 and "templates/crf/crf.xml:5:5: error[NUM-001]" in said.out
    assert "  5 | and six visits.</p>" in said.out and "1 without a path" in said.out.splitlines()[-2]


def test_json_lists_each_number_with_its_path_or_reason(call: Call, study: Path) -> None:
    write_template(study, "crf", TYPED)
    told = json.loads(call("-C", study, "check", "--numbers", "--json").out)
    assert list(told) == ["findings", "numbers", "counts"]
    (typed,) = [row for row in told["numbers"] if row["number"] == "six"]
    assert typed == {
        "document": "crf/en",
        "run": "crf.study",
        "number": "six",
        "words": "… has … and six visits.",
        "paths": [],
        "why": None,
    }
    of_protocol = [row for row in told["numbers"] if row is not typed]
    assert all(row["paths"] or row["why"] for row in of_protocol)
    crf = [row for row in told["counts"] if row["document"] == "crf/en"]
    assert {row["of"] for row in crf} == {"visits", "forms"} and all(row["shown"] == 0 for row in crf)


def test_sarif_has_the_rule_with_its_page(call: Call, study: Path) -> None:
    write_template(study, "crf", TYPED)
    (run,) = json.loads(call("-C", study, "check", "--numbers", "--format", "sarif").out)["runs"]
    assert "NUM-001" in [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"])


def test_a_study_that_cannot_be_composed_is_told_as_without_numbers(call: Call, study: Path) -> None:
    change(study, (SHORT, "    shrot: Examplin\n"))
    assert call("-C", study, "check", "--numbers").out == call("-C", study, "check").out


def test_an_open_value_is_no_mistake_of_numbers(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    assert "error[" not in call("-C", study, "check", "--numbers").out
