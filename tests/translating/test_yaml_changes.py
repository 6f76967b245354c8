"""A translation's file is changed where its texts change, and nowhere else."""

from pathlib import Path

import pytest

from regdocs.errors import Refusal
from regdocs.spec.load import load_translation
from regdocs.translating.taking import Change
from regdocs.translating.texts import Work
from regdocs.translating.yaml_changes import with_changes
from tests.translating.workbooks import FILE, SAID, vietnamese_study, work_of

HEAD = "translation: 1\nlanguage: vi\nkind: consent\ntranslator: A (fictional)\ndate: 2026-01-02\ncertified: false\n"
JSON = '{"translation": 1, "language": "vi", "kind": "consent", "translator": "A", "date": "2026", "certified": false'
COMMENTED = (
    HEAD
    + """\
# what we agreed with the site
blocks:
  # the title of the form
  - id: consent.title   # never translated before
    source: 'OLD'       # of last year
    text: >-
      Bản
      chấp thuận

  # a text that no form has any more
  - {id: gone, source: "0", text: "Cũ"}
  - id: "document.title"
    text: Tài liệu # short
    source: '0'
values: # names
  - source: Examplin
    same: true
# the end
"""
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return vietnamese_study(tmp_path / "study")


def work(study: Path, text: str | None) -> Work:
    if text is not None:
        (study / FILE).parent.mkdir(parents=True, exist_ok=True)
        (study / FILE).write_bytes(text.encode("utf-8"))
    return work_of(study)


def changes(work: Work, told: dict[str, str]) -> list[Change]:
    """These translations, by the name of a run or the words of a value; "=" means that it reads the same."""
    return [
        Change(one, one.source if told[name] == "=" else told[name], told[name] == "=")
        for one in work.texts
        if (name := one.name if one.part == "text" else one.source) in told
    ]


def test_only_the_texts_that_change_are_written_over(study: Path) -> None:
    one = work(study, COMMENTED)
    told = {"consent.title": 'Chấp "thuận"', "consent.study": SAID["consent.study"], "Examplin": "Êxamplin"}
    digests = {text.name: text.digest for text in one.texts}
    expected = (
        COMMENTED.replace("'OLD'", f"'{digests['consent.title']}'")
        .replace(">-\n      Bản\n      chấp thuận\n", '"Chấp \\"thuận\\""\n' + _block("consent.study", digests, SAID))
        .replace("    same: true\n", '    same: false\n    text: "Êxamplin"\n')
    )
    assert with_changes(one, changes(one, told)).decode("utf-8") == expected


def _block(name: str, digests: dict[str, str], told: dict[str, str]) -> str:
    return f"  - id: {name}\n    source: '{digests[name]}'\n    text: \"{told[name]}\"\n"


def test_lines_that_end_as_on_windows_stay_so(study: Path) -> None:
    one = work(study, COMMENTED.replace("\n", "\r\n"))
    made = with_changes(one, changes(one, {"consent.title": "Chấp thuận", "consent.sign": SAID["consent.sign"]}))
    assert made.count(b"\r\n") == made.count(b"\n") and b"# what we agreed" in made


@pytest.mark.parametrize(
    "text",
    [
        None,
        HEAD,
        HEAD.rstrip("\n"),
        HEAD + "blocks: []\nvalues: []\n",
        HEAD + "values:\n  - source: Examplin\n    text: X\n",
        HEAD + "blocks:\n- id: consent.title\n  source: '0'\n  text: x\n",
        HEAD + "blocks:\n  - id: consent.title\n    source: '0'\n    text: |\n      x",
        JSON + "}",
        JSON + ', "blocks": [{"id": "consent.study", "source": "0", "text": "x"}], "values": []}\n',
    ],
    ids=["new", "head", "no-line-end", "empty", "values-only", "unindented", "open-end", "json-head", "json"],
)
def test_a_file_of_any_shape_takes_every_text(study: Path, text: str | None) -> None:
    one = work(study, text)
    told = {**SAID, "Examplin": "=", "EX-1": "Số 1"}
    made, findings, _ = load_translation(with_changes(one, changes(one, told)), FILE)
    assert made is not None and findings == ()
    assert {block.id: block.text for block in made.blocks} == SAID
    assert {(value.source, value.text, value.same) for value in made.values} == {
        ("Examplin", "Examplin", True),
        ("EX-1", "Số 1", False),
    }


def test_new_texts_stand_in_the_order_of_the_document(study: Path) -> None:
    one = work(study, HEAD + "blocks:\n  - id: document.title\n    source: '0'\n    text: x\n")
    made, _, _ = load_translation(with_changes(one, changes(one, SAID)), FILE)
    assert made is not None
    order = [block.id for block in made.blocks]
    whole, _, _ = load_translation(
        with_changes(new := work_of(vietnamese_study(study / "new")), changes(new, SAID)), FILE
    )
    assert whole is not None and [block.id for block in whole.blocks] == list(SAID)
    assert sorted(order) == sorted(SAID) and order.index("consent.study") < order.index("consent.sign")


def test_a_new_file_has_the_texts_in_the_order_of_the_document(study: Path) -> None:
    one = work(study, None)
    made, _, _ = load_translation(with_changes(one, changes(one, SAID)), FILE)
    assert made is not None and [block.id for block in made.blocks] == list(SAID)


def test_what_would_not_be_read_again_as_it_was_meant_is_refused(study: Path) -> None:
    one = work(study, HEAD + "blocks:\n  - id: consent.title\n    source: '0'\n    text: x\n")
    with pytest.raises(Refusal, match="cannot be changed"):
        with_changes(one, changes(one, {"consent.title": "a\u202eb"}))
