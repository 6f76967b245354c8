"""Declared changes and found changes cover each other, both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.amendment.coverage import coverage_slips, covered_by, uncovered, vain_covers
from tests.amendment.declaring import MINIMAL, covering, read


@pytest.mark.parametrize(
    ("cover", "changed"),
    [
        ("/eligibility/E07", "/eligibility/E07"),
        ("/eligibility/E07", "/eligibility/E07/text"),
        ("/eligibility", "/eligibility/E07"),
        ("/eligibility/E07", "/eligibility/E07/thresholds/t1/value"),
        ("consent#consent.risks", "consent#consent.risks"),
        ("consent#consent.risks", "consent#consent.risks.intro"),
        ("consent#*", "consent#consent.risks.intro"),
    ],
)
def test_a_cover_covers_itself_and_all_below(cover: str, changed: str):
    declared = covering(cover)
    assert uncovered(declared, [changed], []) == ()
    assert vain_covers(declared, [changed], []) == ()


@pytest.mark.parametrize(
    ("cover", "changed"),
    [
        ("/eligibility/E0", "/eligibility/E07"),
        ("/eligibility/E07", "/eligibility/E070"),
        ("/eligibility/E07/text", "/eligibility/E07"),
        ("consent#consent.risk", "consent#consent.risks"),
        ("consent#*", "assent#consent.risks"),
        ("/consent", "consent#consent.risks"),
    ],
)
def test_a_cover_covers_nothing_beside_or_above_it(cover: str, changed: str):
    declared = covering(cover)
    assert uncovered(declared, [changed], []) == (changed,)
    assert [one.cover for one in vain_covers(declared, [changed], [])] == [cover]


def test_version_and_date_need_no_cover():
    assert uncovered(covering("/consent"), ["/version", "/date", "/dates"], []) == ("/dates",)


def test_findings_name_the_label_and_the_way_out():
    changed = {"/eligibility/E07": "Exclusion criterion E07", "/design/enrolment/count": "Design: enrolment, count"}
    declared = read(MINIMAL.replace("/eligibility/E07", "/eligibility/E07/text"))
    assert declared.declaration is not None
    found = declared.all_told(coverage_slips(declared.declaration, changed, {"consent#a.b": "Consent form: a.b"}))
    assert [(one.rule, one.position.line) for one in found] == [
        *[("AMD-008", 21)] * 3,
        ("AMD-009", 26),
        ("AMD-009", 27),
    ]
    assert {one.message for one in found[:3]} == {
        "no declared change covers Exclusion criterion E07 (/eligibility/E07)",
        "no declared change covers Design: enrolment, count (/design/enrolment/count)",
        "no declared change covers Consent form: a.b (consent#a.b)",
    }
    assert found[3].hint == "Exclusion criterion E07 changed as a whole: write /eligibility/E07"


segments = st.sampled_from(["a", "b", "c"])
paths = st.lists(segments, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))
blocks = st.lists(segments, min_size=1, max_size=3).map(lambda parts: "consent#" + ".".join(parts))


def covers(cover: str, changed: str) -> bool:
    """The rule, said in the slow way."""
    step = "/" if cover.startswith("/") else "."
    below = changed.startswith(cover + step)
    return changed == cover or below or (cover == "consent#*" and changed.startswith("consent#"))


@given(
    st.lists(paths | blocks | st.just("consent#*"), min_size=1, max_size=4),
    st.lists(paths, max_size=5),
    st.lists(blocks, max_size=5),
)
def test_both_directions_agree_with_the_rule(given_covers: list[str], changed: list[str], other: list[str]):
    declared = covering(*given_covers)
    every = list(dict.fromkeys(changed + other))
    assert list(uncovered(declared, changed, other)) == [
        one for one in every if not any(covers(cover, one) for cover in given_covers)
    ]
    assert [one.cover for one in vain_covers(declared, changed, other)] == [
        cover for cover in given_covers if not any(covers(cover, one) for one in every)
    ]
    assert covered_by(declared, every)["fainting"] == tuple(
        one for one in every if any(covers(cover, one) for cover in given_covers)
    )
