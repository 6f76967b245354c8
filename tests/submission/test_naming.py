"""Names of files: what stands in them, what never does, and that no two meet."""

import unicodedata
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.errors import Refusal
from regdocs.submission.naming import NameFacts, distinct, file_name, file_names
from regdocs.submission.pattern import BadPattern, date_text, parse_pattern
from regdocs.submission.profile import Profile, shipped_profile, shipped_profiles
from regdocs.submission.profile_parts import Names, State
from regdocs.submission.windows import folded, units, why_not_a_name

FACTS = NameFacts(
    document="consent",
    irb="IRB123456",
    title="Phiếu đồng ý tham gia nghiên cứu",
    language="vi",
    site="Bệnh viện Đà Nẵng",
    version="2.0",
    date="2025-01-14",
    state="tracked",
    study="demo-101",
)
GENERIC = shipped_profile("generic")
SHIPPED = [shipped_profile(name) for name in shipped_profiles()]


def profile(pattern: str, **names: object) -> Profile:
    return GENERIC.model_copy(update={"names": Names.model_validate({"pattern": pattern, **names})})


@pytest.mark.parametrize(
    ("board", "expected"),
    [
        ("generic", "demo-101_ICF_Benh-vien-Da-Nang_vi_v2.0_2025-01-14_Tracked.docx"),
        ("nih", "IRB123456_Benh_vien_Da_Nang_vi_Tracked_Consent_14JAN2025.docx"),
        ("uab", "consent(benh vien da nang vi).tracked.250114.docx"),
        ("michigan", "Consent-Bệnh viện Đà Nẵng-vi-Track.docx"),
        ("ctis", "L1_SIS and ICF_Bệnh viện Đà Nẵng_vi_2.0_2025-01-14_Tracked.docx"),
    ],
)
def test_a_board_gets_the_names_it_wants(board: str, expected: str):
    assert file_name(shipped_profile(board), FACTS, "docx") == expected


def test_the_examples_of_the_boards_pages_come_out():
    clean = NameFacts(document="protocol", irb="IRB123456", date="2025-01-14", state="clean")
    assert file_name(shipped_profile("nih"), clean, "pdf") == "IRB123456_Protocol_Clean_14JAN2025.pdf"
    numbered = replace(clean, document="consent", number="1", site="Healthy Volunteer")
    assert file_name(shipped_profile("nih"), numbered, "pdf") == (
        "IRB123456.1_Healthy_Volunteer_Clean_Consent_14JAN2025.pdf"
    )
    assert file_name(shipped_profile("michigan"), replace(clean, document="consent", state="tracked"), "docx") == (
        "Consent-Track.docx"
    )


@pytest.mark.parametrize(
    ("pattern", "facts", "expected"),
    [
        ("{irb}_{document}_{state}", {"irb": None, "state": None}, "consent.pdf"),
        ("{document}_v{version}_{date}", {"version": None}, "consent_2025-01-14.pdf"),
        ("{document}_v{version}_{date}", {"date": None}, "consent_v2.0.pdf"),
        ("{document}({site} {language}).{state}", {"site": None}, "consent(vi).Tracked.pdf"),
        ("{document}({site} {language}).{state}", {"language": None}, "consent(Bệnh viện Đà Nẵng).Tracked.pdf"),
        ("{document}({site} {language}).{state}", {"site": None, "language": None}, "consent.Tracked.pdf"),
        ("IRB{irb} {document} - {site} - {state}", {"irb": None, "site": None}, "consent - Tracked.pdf"),
        ("{site}{language}", {"site": None, "language": None}, "document.pdf"),
    ],
)
def test_what_is_not_known_leaves_no_gap(pattern: str, facts: dict[str, Any], expected: str):
    assert file_name(profile(pattern), replace(FACTS, **facts), "pdf") == expected


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ("windows", "Phiếu đồng ý tham gia nghiên cứu_Tracked.pdf"),
        ("ascii", "Phieu dong y tham gia nghien cuu_Tracked.pdf"),
        ("ectd", "phieu-dong-y-tham-gia-nghien-cuu-tracked.pdf"),
    ],
)
def test_vietnamese_letters_stay_or_are_folded(allowed: str, expected: str):
    decomposed = unicodedata.normalize("NFD", FACTS.title or "")
    for title in (FACTS.title, decomposed):
        assert file_name(profile("{title}_{state}", allowed=allowed), replace(FACTS, title=title), "pdf") == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("C:\\Windows\\x", "C-Windows-x.pdf"),
        ("CON", "doc-CON.pdf"),
        ("com1.txt", "doc-com1.txt.pdf"),
        ("a\x00b\u202ec", "abc.pdf"),
        (" . ", "document.pdf"),
        ("{date.__class__}", "{date._class_}.pdf"),
    ],
)
def test_hostile_titles_make_plain_names(title: str, expected: str):
    name = file_name(profile("{title}"), replace(FACTS, title=title), "pdf")
    assert name == expected and why_not_a_name(name) is None


def test_a_slash_that_folding_brings_in_does_not_stay():
    assert file_name(profile("{title}", allowed="ascii"), replace(FACTS, title="a／b：c"), "pdf") == "a-b-c.pdf"


def test_title_and_document_are_shortened_and_version_date_and_state_are_not():
    long = replace(FACTS, title="word " * 60, document="summary-of-changes")
    name = file_name(profile("{document}_{title}_{version}_{date}_{state}", max_length=64), long, "docx")
    assert units(name) <= 64 and name.startswith("summary-of-changes_word")
    assert name.endswith("_2.0_2025-01-14_Tracked.docx")


def test_names_that_cannot_be_short_enough_are_refused():
    with pytest.raises(Refusal, match="are not shortened"):
        file_name(profile("{document}_{version}", max_length=32), replace(FACTS, version="1" * 40), "pdf")


@pytest.mark.parametrize("ext", ["", "PDF", "p/f", "..", "docx.exe"])
def test_an_ending_that_is_none_is_refused(ext: str):
    with pytest.raises(ValueError, match="no ending"):
        file_name(GENERIC, FACTS, ext)


@pytest.mark.parametrize(("shown", "expected"), [("number", "consent_2.0.pdf"), ("date", "consent_2025-01-14.pdf")])
def test_a_version_is_told_by_number_or_by_date(shown: str, expected: str):
    one = profile("{document}_{version}_{date}").model_copy(update={"version": shown})
    assert file_name(one, FACTS, "pdf") == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("%d%b%Y", "05Sep2031"), ("%d %^b %y", "05 SEP 31"), ("%B-%j", "September-248"), ("%y%m%d", "310905")],
)
def test_dates_are_written_in_english(form: str, expected: str):
    assert date_text("2031-09-05", form) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        *("{date.__class__}", "{date[0]}", "{date!r}", "{date:%d/%m/%Y}", "{date:>9999999999}", "{date:{site}}"),
        *("{title:>9999999999}", "{0}", "{}", "{nothing}", "{document", "document}", "{date:%%}", "{date:%H}"),
        *(21 * "{document}", "{date:" + "%d" * 30 + "}", "{date: }"),
    ],
)
def test_hostile_patterns_are_refused(pattern: str):
    with pytest.raises(BadPattern):
        parse_pattern(pattern)


# ------------------------------------------------------------------------------------------------------ names that meet

STATES: tuple[State, ...] = ("clean", "tracked")
DOCUMENTS = [
    NameFacts(
        document=document,
        irb="IRB1",
        title=document,
        language=language,
        site=site,
        version="1.0",
        date="2031-04-14",
        state=state,
        study="x",
    )
    for document, site in (
        ("consent", "A"),
        ("consent", "B"),
        ("assent", "A"),
        ("protocol", None),
        ("eligibility", None),
    )
    for language, state in product(("en", "vi"), STATES)
]


@pytest.mark.parametrize("board", SHIPPED, ids=lambda board: board.name)
def test_twenty_documents_have_twenty_names(board: Profile):
    names = [file_name(board, facts, "pdf") for facts in DOCUMENTS]
    assert len(set(map(folded, names))) == 20
    assert file_names(board, [(facts, "pdf") for facts in DOCUMENTS]) == tuple(names)


def test_names_that_meet_are_numbered_in_their_order():
    assert distinct(["a.pdf", "A.pdf", "a-2.pdf", "a.docx", "Á.pdf", "A\u0301.pdf"]) == (
        *("a.pdf", "A-3.pdf", "a-2.pdf", "a.docx", "Á.pdf", "A\u0301-2.pdf"),
    )


def test_a_number_without_room_is_refused_and_file_names_make_the_room():
    with pytest.raises(Refusal, match="no room"):
        distinct(["a" * 28 + ".pdf"] * 2, 32)
    one = profile("{title}_{state}", max_length=32)
    made = file_names(one, [(replace(FACTS, title="word" * 20), "pdf")] * 12)
    assert len(set(made)) == 12 and max(map(units, made)) <= 32


# ------------------------------------------------------------------------------------------------------------ whatever

TEXT = st.text(max_size=60) | st.sampled_from(
    ["..", "CON", "../x", "a\\b", "\u0301", "İ", "ﬁ", "👩‍⚕️" * 30, "…", "℀", "-", "nul.x"]
)
SOME = st.none() | TEXT
FIELDS = ("irb", "document", "title", "language", "site", "version", "date", "state", "study", "number")
PATTERNS = st.lists(
    st.sampled_from(
        [*(f"{{{field}}}" for field in FIELDS), "_", "-", ".", " ", "v", "(", ")", "đ", "{{", "{date:%d%^b%y}"]
    ),
    max_size=9,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(
    pattern=PATTERNS,
    facts=st.builds(
        NameFacts,
        document=TEXT,
        irb=SOME,
        title=SOME,
        language=SOME,
        site=SOME,
        version=st.none() | st.text(max_size=8),
        date=st.none() | st.dates().map(str),
        state=st.sampled_from([None, "clean", "tracked", "stamped"]),
        study=SOME,
        number=SOME,
    ),
    names=st.fixed_dictionaries(
        {
            "allowed": st.sampled_from(["windows", "ascii", "ectd"]),
            "case": st.sampled_from(["as-is", "lower", "upper"]),
            "space": st.sampled_from(["keep", "_", "-"]),
            "max_length": st.sampled_from([160, 200, 255]),
        }
    ),
)
def test_whatever_comes_in_the_name_is_one_that_windows_takes(pattern: str, facts: NameFacts, names: dict[str, object]):
    if not pattern.strip():
        pattern = "{title}"
    try:
        name = file_name(profile(pattern, **names), facts, "pdf")
    except Refusal:  # many times the version, which is never shortened
        assert pattern.count("{version}") + pattern.count("{date") > 4
        return
    assert why_not_a_name(name) is None
    assert units(name) <= int(str(names["max_length"]))
    assert not any(bad in name for bad in ("/", "\\", "..", "\0")) and name.endswith(".pdf")
    assert name == unicodedata.normalize("NFC", name)
    if names["allowed"] == "ectd":
        assert set(name.removesuffix(".pdf")) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    elif names["allowed"] == "ascii":
        assert name.isascii()
