"""The page about `protocol.yaml`: its tables are the model's, its examples are parts of a study that builds."""

import re
from pathlib import Path

import pytest

from regdocs.spec.identity import SiteWording
from regdocs.spec.known import Stated
from regdocs.spec.protocol import Protocol
from regdocs.spec.yaml_rules import YAML_RULES
from tests.spec.protocol_page import MADE, PAGE, made_part, page

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo-101" / "protocol.yaml"
WRITTEN = PAGE.read_text(encoding="utf-8").partition(MADE)[0]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", WRITTEN, re.S)
ROW = re.compile(r"^\| \[?`(\w+)`(?:\]\(#\w+\))? \| (.*) \| (.*) \| (.*) \| .* \|$", re.M)


def rows(heading: str) -> dict[str, tuple[str, str, str]]:
    """Return value, required and open of each key of the first table under a heading."""
    under = made_part().partition(f"{heading}\n")[2].partition("|---|---|---|---|---|\n")[2].partition("\n\n")[0]
    return {key: (value, required, opened) for key, value, required, opened in ROW.findall(under)}


def test_the_page_is_made_of_the_model_of_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.spec.protocol_page"


def test_every_key_at_the_top_is_told_with_whether_it_is_required() -> None:
    told = rows("## All keys at the top")
    assert list(told) == list(Protocol.model_fields)
    for name, field in Protocol.model_fields.items():
        assert told[name][1].startswith("yes" if field.is_required() else "no"), name


@pytest.mark.parametrize(
    ("heading", "key", "said"),
    [
        ("### `encounters`", "day", ("day", "no", "TODO, assumed")),
        ("### `encounters`", "epoch", ("id of `epochs`", "yes", "")),
        ("### `encounters`", "kind", ("`planned`, `early-termination`, `unscheduled`", "no; else `planned`", "")),
        ("### `activities`", "procedures", ("list of ids of `procedures`", "no", "")),
        ("### `doses`", "dose", ("number", "yes", "TODO")),
        ("### `procedures`", "blood_volume_ml", ("mL", "no", "TODO")),
        ("### `eligibility`", "category", ("`inclusion`, `exclusion`", "yes", "")),
        ("### `schedule`", "rows", ("list of keys, at least one", "yes", "")),
    ],
)
def test_a_key_is_told_as_the_model_has_it(heading: str, key: str, said: tuple[str, str, str]) -> None:
    assert rows(heading)[key] == said


def test_what_is_never_assumed_is_told_so() -> None:
    assert Stated.may_be_assumed is False
    told = rows("### `contacts`")
    assert {told[key][2] for key in ("name", "telephone", "email")} == {"TODO"}


def test_each_field_that_a_site_may_set_is_marked_once() -> None:
    (fields,) = (field.annotation for name, field in SiteWording.model_fields.items() if name == "field")
    assert made_part().count("**A site may set it.**") == len(fields.__args__)  # type: ignore[union-attr]  # a Literal


def test_every_refusal_of_the_yaml_reader_is_told() -> None:
    assert [rule.id for rule in YAML_RULES if f"| {rule.id} | {rule.name} |" not in made_part()] == []


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 4


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split("\n")[0].strip(" -:"))
def test_each_example_is_a_part_of_the_invented_study(example: str) -> None:
    assert f"\n{example}" in "\n" + DEMO.read_text(encoding="utf-8")
