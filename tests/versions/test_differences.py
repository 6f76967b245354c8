"""What differs between recorded versions and the working copy: the protocol, the documents, and for which reason."""

from pathlib import Path
from typing import Any, cast

import pytest

from regdocs.amendment.changes import steps_of
from regdocs.audit.data_form import same
from regdocs.audit.line import parse_value
from regdocs.audit.steps import apply_steps
from regdocs.build.study import read_inputs
from regdocs.errors import Refusal
from regdocs.versions import sides
from regdocs.versions.composing import CannotCompose
from regdocs.versions.differences import Differences, differences, other_reasons
from tests.build.studies import SHORT, change, write_template
from tests.versions.logs import opened
from tests.versions.releases import SECOND, template

TITLE = (SHORT, "    short: Examplin in adults\n")


def blocks(found: Differences, which: str = "blocks") -> dict[str, list[str]]:
    """Ids of blocks by document, of those documents that have some."""
    listed = {one.stem: [block.block for block in getattr(one, which)] for one in found.documents}
    return {stem: ids for stem, ids in listed.items() if ids}


def rewrite(study: Path, kind: str = "crf", more: str = " said otherwise") -> None:
    write_template(study, kind, template(kind, more))


def test_nothing_changed_gives_nothing(released: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sides, "examine", None)  # and nothing has to be composed to see it
    found = differences(released)
    assert found.nothing
    assert (found.old, found.new, found.changes, found.notes) == ("1.0", "working", (), ())


def test_comment_in_the_protocol_is_no_change(released: Path):
    change(released, (SHORT, f"{SHORT}    # a remark\n"))
    assert differences(released).nothing


def test_change_of_the_protocol_is_told_with_the_blocks_that_print_it(released: Path):
    change(released, TITLE)
    found = differences(released)
    assert [(one.path, one.old, one.new) for one in found.changes] == [
        ("/identity/titles/short", "Examplin", "Examplin in adults")
    ]
    assert blocks(found)["crf/en"] == ["crf.study"]
    assert blocks(found, "other") == {}
    assert set(found.impact.by_path["/identity/titles/short"].documents) == set(blocks(found))


def test_steps_of_the_changes_lead_from_the_old_form_to_the_new_one(amended: Path):
    logbook = opened(amended)
    forms = [cast("dict[str, Any]", parse_value(logbook.object(one.data))) for one in logbook.versions]
    found = differences(amended, "1.0", "2.0")
    assert same(apply_steps(forms[0], list(steps_of(found.changes))), forms[1])
    assert not found.nothing


def test_rewritten_template_is_another_reason_and_no_change_of_the_protocol(released: Path):
    rewrite(released)
    found = differences(released)
    assert found.changes == ()
    assert blocks(found) == {}
    assert blocks(found, "other") == {"crf/en": ["crf.study"]}
    (other,) = (one for one in found.documents if one.other)
    assert str(other.other[0].new).endswith("said otherwise")


def test_block_that_changed_for_two_reasons_stands_in_both_each_with_its_part(released: Path):
    change(released, TITLE)
    rewrite(released)
    (crf,) = (one for one in differences(released).documents if one.stem == "crf/en")
    assert (crf.other[0].old, crf.other[0].new) == ("Examplin of EX-1", "Examplin of EX-1 said otherwise")
    assert (crf.blocks[0].old, crf.blocks[0].new) == (
        "Examplin of EX-1 said otherwise",
        "Examplin in adults of EX-1 said otherwise",
    )


def test_reasons_are_told_apart_between_two_recorded_versions(amended: Path):
    found = differences(amended, "1.0", "2.0")
    assert "/design/enrolment/count" in [one.path for one in found.changes]
    assert (blocks(found), blocks(found, "other")) == ({}, {"crf/en": ["crf.study"]})


def test_sides_can_stand_the_other_way_round(amended: Path):
    there, back = differences(amended, "1.0", "2.0"), differences(amended, "2.0", "1.0")
    assert [(one.path, one.old) for one in back.changes] == [(one.path, one.new) for one in there.changes]
    assert differences(amended, "working", "2.0").nothing


def test_template_that_makes_another_layout_and_the_same_words_is_told_as_such(released: Path):
    text = template("crf").replace('<p id="crf.study">', '<p id="crf.study" role="small">')
    write_template(released, "crf", text)
    (crf,) = (one for one in differences(released).documents if one.differs)
    assert (crf.stem, crf.otherwise, crf.blocks, crf.other) == ("crf/en", True, (), ())


def test_documents_of_a_new_site_are_new(released: Path):
    text = (released / "protocol.yaml").read_text(encoding="utf-8")
    begin, end = text.index("  - id: second-hospital"), text.index("  - id: second-hospital") + 1
    site = text[begin : text.index("\n  - id:", end) + 1].replace("second-hospital", "third-hospital")
    site = site.replace("Second Hospital", "Third Hospital")
    body = "      - second-hospital\n"
    (released / "protocol.yaml").write_text(
        (text[:begin] + site + text[begin:]).replace(body, body + "      - third-hospital\n"), encoding="utf-8"
    )
    found = differences(released)
    assert [one.stem for one in found.documents if one.is_new] == ["consent/third-hospital/en"]


def test_mistake_in_the_working_copy_leaves_the_documents_out_and_says_so(released: Path):
    change(released, SECOND[0])
    (released / "templates/crf/crf.xml").write_text("<document", encoding="utf-8")
    found = differences(released)
    assert [one.path for one in found.changes] == ["/version"]
    assert found.documents == ()
    assert found.notes == ('the working copy has mistakes; "regdocs check" lists them',)


def test_old_protocol_that_does_not_compose_today_is_said_and_the_rest_is_told(
    released: Path, monkeypatch: pytest.MonkeyPatch
):
    def cannot(*arguments: object) -> None:
        raise CannotCompose("protocol.yaml: no such key")

    monkeypatch.setattr("regdocs.versions.differences.compose_apart", cannot)
    rewrite(released)
    found = differences(released)
    assert found.notes == (
        "reasons cannot be told apart: version 1.0 does not compose today: protocol.yaml: no such key",
    )
    assert blocks(found) == {"crf/en": ["crf.study"]}


@pytest.mark.parametrize(("old", "new"), [("3.0", None), ("1.0", "3.0")])
def test_version_that_is_not_recorded_is_refused(released: Path, old: str, new: str | None):
    with pytest.raises(Refusal, match=r'no recorded version "3\.0"; recorded are: 1\.0'):
        differences(released, old, new)


def test_study_without_log_or_without_version_is_refused(begun: Path, tmp_path: Path):
    with pytest.raises(Refusal, match="nothing is recorded"):
        differences(begun)
    with pytest.raises(Refusal, match="has no log"):
        differences(tmp_path)


def test_protocol_that_cannot_be_read_is_refused(released: Path):
    (released / "protocol.yaml").write_text("regdocs: 1\nversion: [", encoding="utf-8")
    with pytest.raises(Refusal, match="has mistakes"):
        differences(released)


def test_other_reasons_are_given_by_document_whatever_the_protocol_says_now(released: Path):
    change(released, TITLE, ("    count: 20\n", "    count: 30\n"))
    rewrite(released)
    logbook = opened(released)
    found = other_reasons(logbook, logbook.versions[0], read_inputs(released))
    assert {stem: [one.block for one in ones] for stem, ones in found.items()} == {"crf/en": ["crf.study"]}


def test_without_another_template_there_are_no_other_reasons(released: Path):
    change(released, TITLE)
    logbook = opened(released)
    assert other_reasons(logbook, logbook.versions[0], read_inputs(released)) == {}
