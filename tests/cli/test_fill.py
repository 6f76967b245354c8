"""`regdocs fill`: an own template on the command line."""

from pathlib import Path

import pytest

from regdocs.render.docx.bookmarks import block_ids
from tests.build.studies import WITHOUT_SECOND_SITE, protocol
from tests.cli.calling import Call, run
from tests.own_template.institution import new_template, saved


@pytest.fixture
def study(tmp_path: Path) -> Path:
    (tmp_path / "protocol.yaml").write_text(protocol(*WITHOUT_SECOND_SITE), encoding="utf-8")
    return tmp_path


def template_in(study: Path, *fields: str) -> None:
    word = new_template()
    for field in fields:
        word.add_paragraph(f"{{{{ {field} }}}}")
    (study / "own.docx").write_bytes(saved(word))


def test_a_template_is_filled_and_filled_again_to_the_same_bytes(study: Path, call: Call) -> None:
    template_in(study, "consent.main")
    said = call("-C", study, "fill", "own.docx", "--out", "filled.docx")
    assert (said.code, said.err) == (0, "") and "It is a draft" in said.out
    first = (study / "filled.docx").read_bytes()
    assert "consent.costs" in block_ids(first).values()
    assert call("-C", study, "fill", "own.docx", "--out", "filled.docx").code == 0
    assert (study / "filled.docx").read_bytes() == first


def test_nothing_is_written_while_an_error_stands(study: Path, call: Call) -> None:
    template_in(study, "consent.costs")
    said = call("-C", study, "fill", "own.docx", "--out", "filled.docx")
    assert said.code == 1 and "error[OWN-002]" in said.out and "Nothing was written" in said.out
    assert not (study / "filled.docx").exists()
    assert call("-C", study, "fill", "own.docx", "--out", "filled.docx", "--part").code == 0


def test_fields_are_listed_with_their_words(study: Path, call: Call) -> None:
    said = call("-C", study, "fill", "--fields")
    names = [line.split()[0] for line in said.out.splitlines()]
    assert said.code == 0 and len(names) == len(set(names))
    assert {"version", "draft-mark", "site.name", "consent.costs", "consent.costs.below", "consent.main"} <= set(names)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("own.docx",), 2, "--out"),
        (("missing.docx", "--out", "x.docx"), 2, "no file"),
        (("own.docx", "--out", "x.docx", "--kind", "consnt"), 2, 'did you mean "consent"'),
        (("own.docx", "--out", "x.docx", "--site", "nowhere"), 2, "nowhere"),
        (("own.docx", "--out", "x.docx", "--language", "vi"), 2, "vi"),
        (("own.docx", "--out", "x.pdf"), 2, ".docx"),
        (("own.docx", "--out", "own.docx"), 1, "take the place of the template"),
        (("own.docx", "--out", "other.docx"), 1, "--force"),
        (("protocol.yaml", "--out", "x.docx"), 1, "no Word file"),
    ],
)
def test_calls_that_cannot_be_are_told(
    study: Path, call: Call, arguments: tuple[str, ...], code: int, told: str
) -> None:
    template_in(study, "consent.main")
    (study / "other.docx").write_bytes(b"somebody's own")
    said = call("-C", study, "fill", *arguments)
    assert said.code == code and told in said.out + said.err and not said.traceback


def test_the_site_has_to_be_named_where_there_are_several(tmp_path: Path, call: Call) -> None:
    (tmp_path / "protocol.yaml").write_text(protocol(), encoding="utf-8")
    said = call("-C", tmp_path, "fill", "--fields")
    assert said.code == 2 and "second-hospital" in said.err


def test_without_docxtpl_the_exit_code_says_that_something_is_lacking(
    study: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    template_in(study, "consent.main")
    monkeypatch.setitem(__import__("sys").modules, "docxtpl", None)
    said = call("-C", study, "fill", "own.docx", "--out", "filled.docx")
    assert said.code == 69 and "regdocs[template]" in said.err


def test_help_loads_no_reader_of_word_files() -> None:
    assert run("fill", "--help").code == 0
