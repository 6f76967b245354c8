"""What is told of a Word file that came back: every edit in it, and nothing of a file that nobody edited."""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from regdocs.build.examine import examine
from regdocs.build.study import REFERENCE_DOCX, read_inputs
from regdocs.errors import Refusal, UsageError
from regdocs.finding import Finding
from regdocs.returned.findings import returned_findings
from regdocs.returned.looking import look_at
from tests.returned.files import (
    FIVE,
    PLACE,
    SECOND,
    STEM,
    edited,
    inserted,
    issued,
    paragraph_with,
    part,
    returned_study,
    struck,
    with_parts,
)

Told = Callable[..., list[Finding]]
ADDED = "<w:p><w:r><w:t>The board wants this said.</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return returned_study(tmp_path_factory.mktemp("returned") / "study")


@pytest.fixture(scope="module")
def word(study: Path) -> bytes:
    return issued(study)


@pytest.fixture(scope="module")
def told(study: Path) -> Told:
    """What is told of a file, held against the study's form."""
    inputs = read_inputs(study)
    examined = examine(inputs)
    trees = {one.stem: one.composed.document for one in examined.documents}

    def look(docx: bytes, named: str | None = STEM) -> list[Finding]:
        returned = look_at(docx, trees, inputs.templates[REFERENCE_DOCX], named)
        found = returned_findings(trees[returned.stem], returned.comparison, examined.loaded, "back.docx")
        return list(found)

    return look


def rules(found: list[Finding]) -> list[str]:
    return [one.rule for one in found]


def of_rule(found: list[Finding], rule: str) -> Finding:
    (one,) = [one for one in found if one.rule == rule]
    return one


def without_bookmarks(docx: bytes) -> bytes:
    return with_parts(docx, document=re.sub(r"<w:bookmark(?:Start|End)\b[^>]*/>", "", part(docx)))


def test_nothing_is_told_of_a_file_that_nobody_edited(told: Told, word: bytes) -> None:
    assert told(word) == []


def test_nothing_is_told_of_the_version_and_date_that_a_recorded_form_has(told: Told, word: bytes) -> None:
    assert told(edited(word, (">draft<", ">2.0<"), (">–<", ">2026-05-01<"))) == []


def test_a_number_changed_by_hand_is_told_with_its_path_its_line_and_where_it_still_stands(
    told: Told, word: bytes, study: Path
) -> None:
    found = told(edited(word, (FIVE, FIVE.replace("5 weeks", "7 weeks"))))
    assert rules(found) == ["RET-001", "RET-007", "RET-008"]
    line = (study / "protocol.yaml").read_text(encoding="utf-8").split(PLACE)[0].count("\n") + 2
    assert of_rule(found, "RET-007").message == (
        f'"5 weeks" comes from /design/participation (protocol.yaml:{line}, "P5W"), and the file says "7 weeks"'
    )
    assert of_rule(found, "RET-001").message == '"consent.long" changed without a tracked change: "5" is now "7"'
    assert of_rule(found, "RET-001").excerpt == "You would be in the study for 7 weeks."
    at_odds = of_rule(found, "RET-008")
    assert at_odds.excerpt == "Again: 5 weeks in all, and you may stop at any time."
    assert at_odds.position.line == 8 and "paragraph 6" in at_odds.message


@pytest.mark.parametrize("now", ["50 weeks", "15 weeks", "5 to 6 weeks", "five weeks", "5 weeks or more", "weeks"])
def test_a_number_does_not_change_unseen(told: Told, word: bytes, now: str) -> None:
    found = told(edited(word, (FIVE, FIVE.replace("5 weeks", now))))
    assert "RET-001" in rules(found)
    assert ("RET-007" in rules(found)) is (now != "5 weeks or more")


def test_a_number_that_was_worded_away_is_told(told: Told, word: bytes) -> None:
    found = told(
        edited(word, (FIVE, "<w:t>You would be with us a while</w:t></w:r><w:r><w:t>, and then go home</w:t>"))
    )
    assert of_rule(found, "RET-007").message.endswith("the file no longer says it")


def test_the_same_number_changed_everywhere_is_at_odds_with_the_protocol_alone(told: Told, word: bytes) -> None:
    text = part(word).replace(">5 weeks<", ">7 weeks<")
    assert rules(told(with_parts(word, document=text))) == ["RET-001", "RET-007", "RET-001", "RET-007"]


@pytest.mark.parametrize("strip", [bytes, without_bookmarks], ids=["bookmarks", "no bookmarks"])
def test_a_deleted_paragraph_is_told_with_each_element_that_nothing_else_gives(
    told: Told, word: bytes, strip: Callable[[bytes], bytes]
) -> None:
    found = told(strip(edited(word, (paragraph_with(word, "You pay nothing"), ""))))
    assert rules(found) == ["RET-003", "RET-006", "RET-006"]
    assert found[0].message == '"consent.costs" is gone, without a tracked change'
    assert found[0].excerpt == "You pay nothing & owe nothing."
    assert [one.message.split(" no ")[0] for one in found[1:]] == ["element CR-c3", "element E6-k"]


def test_an_emptied_paragraph_is_gone(told: Told, word: bytes) -> None:
    assert rules(told(edited(word, ("You pay nothing &amp; owe nothing.", "")))) == ["RET-003", "RET-006", "RET-006"]


def test_a_heading_alone_gives_no_element(told: Told, word: bytes) -> None:
    found = told(edited(word, (paragraph_with(word, '5 weeks</w:t></w:r><w:r><w:t xml:space="preserve">.</w:t>'), "")))
    assert of_rule(found, "RET-006").message.startswith('element CR-b1.3 no longer stands: "consent.long" gave it')


def test_the_bookmark_of_a_deleted_paragraph_that_went_to_its_neighbour_hides_nothing(told: Told, word: bytes) -> None:
    gone = paragraph_with(word, "You pay nothing")
    names = "".join(re.findall(r"<w:bookmark(?:Start|End)\b[^>]*/>", gone))
    found = told(edited(word, (gone, names)))
    assert rules(found) == ["RET-003", "RET-006", "RET-006"]


def test_a_tracked_change_is_told_with_who_made_it_and_when(told: Told, word: bytes) -> None:
    by = "Dr <Chair>"
    old = '<w:r><w:t xml:space="preserve">Thank you for reading this to its end.</w:t></w:r>'
    new = (
        struck("Thank you for reading this", by.replace("<", "&lt;"))
        + inserted("Well read")
        + "<w:r><w:t> to its end.</w:t></w:r>"
    )
    found = told(edited(word, (old, new)))
    assert [(one.rule, one.message) for one in found] == [
        (
            "RET-002",
            '"consent.plain" has tracked changes: "Thank you for reading this" struck by Dr <Chair> on 2026-03-01; '
            '"Well read" put in by Board Member on 2026-03-01',
        )
    ]
    assert found[0].excerpt == "Well read to its end."


def test_a_paragraph_struck_with_a_tracked_change_is_gone_with_its_elements(told: Told, word: bytes) -> None:
    old = '<w:r><w:t xml:space="preserve">You pay nothing &amp; owe nothing.</w:t></w:r>'
    found = told(edited(word, (old, struck("You pay nothing &amp; owe nothing."))))
    assert rules(found) == ["RET-003", "RET-006", "RET-006"]
    assert found[0].message == '"consent.costs" is gone: struck with a tracked change by Board Member on 2026-03-01'


def test_what_was_put_in_and_struck_again_says_nothing(told: Told, word: bytes) -> None:
    both = inserted("x").replace("<w:r><w:t>x</w:t></w:r>", struck("not this"))
    found = told(edited(word, ("to its end.</w:t></w:r>", f"to its end.</w:t></w:r>{both}")))
    assert not {"RET-001", "RET-003", "RET-004"} & set(rules(found))


def test_a_tracked_number_is_at_odds_with_the_protocol_too(told: Told, word: bytes) -> None:
    run = '<w:r><w:t xml:space="preserve">20</w:t></w:r>'
    found = told(edited(word, (run, struck("20") + inserted("30"))))
    assert rules(found) == ["RET-002", "RET-007"]
    assert 'the file says "30"' in found[1].message


def test_a_tracked_change_that_the_study_has_by_now_is_not_told(told: Told, word: bytes) -> None:
    run = '<w:r><w:t xml:space="preserve">20</w:t></w:r>'
    gone = "<w:p>" + struck("Something the study said once.") + "</w:p>"
    last = paragraph_with(word, "Thank you")
    assert told(edited(word, (run, struck("10") + inserted("20")), (last, gone + last))) == []


def test_an_added_paragraph_is_told(told: Told, word: bytes) -> None:
    last = paragraph_with(word, "Thank you")
    found = told(edited(word, (last, last + ADDED)))
    assert [(one.rule, one.excerpt) for one in found] == [("RET-004", "The board wants this said.")]


def test_a_comment_is_told_with_its_author_and_the_words_it_stands_at(told: Told, word: bytes) -> None:
    remark = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="3" '
        'w:author="Reviewer"><w:p><w:r><w:t>Whose?</w:t></w:r></w:p></w:comment></w:comments>'
    )
    run = '<w:r><w:t xml:space="preserve">20</w:t></w:r>'
    marked = f'<w:commentRangeStart w:id="3"/>{run}<w:commentRangeEnd w:id="3"/>'
    (one,) = told(with_parts(edited(word, (run, marked)), comments=remark))
    assert (one.rule, one.message) == ("RET-005", 'Reviewer says of "20": "Whose?"')
    assert one.excerpt == "About 20 people take part."


@pytest.mark.parametrize("strip", [bytes, without_bookmarks], ids=["bookmarks", "no bookmarks"])
def test_a_paragraph_that_stands_elsewhere_is_moved_and_not_gone(
    told: Told, word: bytes, strip: Callable[[bytes], bytes]
) -> None:
    moved, last = paragraph_with(word, "You pay nothing"), paragraph_with(word, "This is research")
    found = told(strip(edited(word, (moved, ""), (last, moved + last))))
    assert [(one.rule, one.message) for one in found] == [("RET-009", '"consent.costs" stands elsewhere now')]


def test_a_paragraph_cut_in_two_has_lost_no_word(told: Told, word: bytes) -> None:
    cut = "Thank you for reading</w:t></w:r></w:p><w:p><w:r><w:t> this to"
    assert told(edited(word, ("Thank you for reading this to", cut))) == []


def test_two_paragraphs_made_one_have_lost_no_word(told: Told, word: bytes) -> None:
    one, two = paragraph_with(word, "You pay nothing"), paragraph_with(word, "Thank you")
    body = two.partition("<w:r>")[2].removesuffix("</w:p>")
    joined = one.replace("</w:p>", f"<w:r><w:t> </w:t></w:r><w:r>{body}</w:p>")
    assert rules(told(edited(word, (one, joined), (two, "")))) == []


def test_a_file_without_bookmarks_is_held_by_its_words(told: Told, word: bytes) -> None:
    changed = edited(word, (FIVE, FIVE.replace("5 weeks", "7 weeks")))
    assert rules(told(without_bookmarks(changed))) == ["RET-001", "RET-007", "RET-008"]


def test_paragraphs_that_the_study_had_once_are_told_as_such(told: Told, word: bytes) -> None:
    last = paragraph_with(word, "Thank you")
    old = last.replace("_consent_plain_0cb8986e9bc5", "_consent_elder_0cb8986e9bc5").replace("Thank you", "Once")
    found = told(edited(word, (last, last + old)))
    assert rules(found) == ["RET-010"]


def test_a_table_of_contents_and_numbers_of_pages_are_not_words(told: Told, word: bytes) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    contents = (
        f"<w:p>{begin}<w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:t>How long</w:t></w:r></w:p><w:p>{end}</w:p>"
    )
    last = paragraph_with(word, "Thank you")
    assert told(edited(word, (last, contents + last))) == []


# ------------------------------------------------------------------------------------------------- which document


def test_a_file_that_may_be_two_documents_is_not_guessed(told: Told, word: bytes) -> None:
    with pytest.raises(Refusal, match=f"may be {STEM} or {SECOND}"):
        told(word, None)


def test_a_name_that_no_document_has_is_refused(told: Told, word: bytes) -> None:
    with pytest.raises(UsageError, match='no document "consent/nowhere/en"'):
        told(word, "consent/nowhere/en")


def test_a_file_of_something_else_is_no_document_of_the_study(told: Told, word: bytes) -> None:
    body = re.sub("(?<=>)[^<>]*[A-Za-z][^<>]*(?=<)", "Something else.", part(word))
    with pytest.raises(Refusal, match="like no document of this study"):
        told(with_parts(word, document=body), None)


# ---------------------------------------------------------------------------------------------------- hostile files


def nested(depth: int) -> str:
    return f"<w:p>{'<w:smartTag>' * depth}<w:r><w:t>x</w:t></w:r>{'</w:smartTag>' * depth}</w:p>"


@pytest.mark.parametrize(
    "spoil",
    [
        partial(bytes.replace, *(b"PK", b"XX")),
        lambda word: b"",
        lambda word: with_parts(word, document="<no"),
        lambda word: edited(word, ("<w:body>", "<w:body>" + nested(2_000))),
        lambda word: edited(word, ("<w:body>", "<w:body>" + "<w:p/>" * 40_000)),
        lambda word: edited(word, ("Thank you", "word " * 700_000)),
        lambda word: with_parts(word, footnotes=" " * 70_000_000),
    ],
    ids=["bytes", "empty", "markup", "deep", "paragraphs", "words", "bomb"],
)
def test_a_file_that_means_harm_is_refused(told: Told, word: bytes, spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Refusal):
        told(spoil(word))


def test_no_entity_is_followed(told: Told, word: bytes) -> None:
    head = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    text = re.sub(r"(<\?xml[^>]*>)", rf"\1{head}", part(word)).replace("Thank you", "&e;Thank you")
    with suppress(Refusal):
        assert "root:" not in repr(told(with_parts(word, document=text)))
