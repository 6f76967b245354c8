"""One value of a YAML file is edited where it stands, in the way it is written, and nothing else of the file."""

import difflib

import pytest

from regdocs.returned.yaml_edit import edited
from regdocs.spec.tree import Mapping, Scalar
from regdocs.spec.yaml_text import parse_yaml

SOURCE = """\
regdocs: 1
values:
  duration: P21W
  folded: >-
    The quick brown
    fox jumps over the lazy dog. The fox.
  double: "say \\"so\\" twice 12 mg"
  single: 'it''s 12 mg'
  number: 160   # people
  plain: some words here, then
    more words
  twice: 12 mg and 12 mg
"""


def value(name: str, source: str = SOURCE) -> Scalar:
    tree, findings = parse_yaml(source.encode("utf-8"), "")
    assert isinstance(tree, Mapping) and not findings
    values = tree.entries[1].node
    assert isinstance(values, Mapping)
    (found,) = [entry.node for entry in values.entries if entry.key == name]
    assert isinstance(found, Scalar)
    return found


def changed(source: str, text: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    lines = [one for one in difflib.ndiff(source.split("\n"), text.split("\n")) if one[:2] in ("- ", "+ ")]
    return [one[2:] for one in lines if one[0] == "-"], [one[2:] for one in lines if one[0] == "+"]


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("duration", "21 weeks", "24 weeks", "  duration: P24W"),
        ("number", "160", "180", "  number: 180   # people"),
        ("number", "about 160 people", "about 180 people", "  number: 180   # people"),
        (
            "folded",
            "The quick brown fox jumps over the lazy dog. The fox.",
            "The quick brown fox jumps over a lazy dog. The cat.",
            "    fox jumps over a lazy dog. The cat.",
        ),
        ("double", 'say "so" twice 12 mg', 'say "so" twice "14" mg', '  double: "say \\"so\\" twice \\"14\\" mg"'),
        ("single", "it's 12 mg", "it's the 14 mg's", "  single: 'it''s the 14 mg''s'"),
        ("plain", "some words here, then more words", "words here, then more words", "  plain: words here, then"),
        ("twice", "12 mg and 12 mg", "12 mg and 14 mg", "  twice: 12 mg and 14 mg"),
    ],
)
def test_a_value_is_edited_as_it_is_written(name: str, old: str, new: str, line: str) -> None:
    text = edited(SOURCE, value(name), old, new)
    assert text is not None
    gone, come = changed(SOURCE, text)
    assert (len(gone), come) == (1, [line])


def test_words_that_a_plain_value_cannot_hold_are_quoted() -> None:
    text = edited(SOURCE, value("plain"), "some words here, then more words", "some words: here, then # more")
    assert text is not None
    assert '  plain: "some words: here, then # more"\n' in text


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("number", "160 people", "160 persons"),  # a word that the value does not have
        ("twice", "dose 12", "dose 14"),  # one of two
        ("number", "160", "*alias"),
        ("number", "160", "\x07"),
    ],
)
def test_what_would_be_guessed_or_breaks_the_file_is_not_edited(name: str, old: str, new: str) -> None:
    text = edited(SOURCE, value(name), old, new)
    assert text is None or value(name, text).text == new


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_ends_of_lines_stay(end: str) -> None:
    source = SOURCE.replace("\n", end)
    text = edited(source, value("number", source), "160", "180")
    assert text == source.replace("160", "180")
