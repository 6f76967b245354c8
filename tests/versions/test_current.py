"""`current/<site>/` holds what may be used that day and nothing else, as it was issued."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.errors import Refusal
from regdocs.versions import checkout
from regdocs.versions.activations import Activated, activation
from regdocs.versions.current import fill_current
from regdocs.versions.decisions import Decided, decision
from tests.versions.logs import JANE, opened, recorded
from tests.versions.releases import PRINTER, RELEASE, release

SITE, BODY = "example-hospital", "ethics-committee"
FORM = "consent-en-v1.0-2026-01-15.pdf"


def approve(study: Path, outcome: str = "approved", decided: str = "2026-03-10", version: str = "1.0") -> None:
    said = Decided(BODY, "EC-7", outcome, decided, decided, (SITE,), (f"consent/en/{version}",), version=version)
    entry, objects = decision(opened(study), JANE, said, b"EC-7: version 1.0")
    recorded(opened(study), entry, objects=objects)


def use(study: Path, version: str = "1.0", on: str = "2026-03-12") -> None:
    entry, _ = activation(opened(study), JANE, Activated(version, SITE, on))
    recorded(opened(study), entry)


def fill(study: Path, day: str) -> set[str]:
    fill_current(opened(study), SITE, day, study / "current" / SITE, PRINTER)
    return {one.name for one in (study / "current" / SITE).iterdir()}


def test_what_may_be_used_is_laid_down_as_it_was_issued_and_nothing_else(released: Path):
    approve(released)
    use(released)
    assert fill(released, "2026-03-12") == {FORM, "READ-ME.txt", "current.json"}
    issued = released / "issued" / "1.0" / "clean" / "consent" / SITE / "en.pdf"
    assert (released / "current" / SITE / FORM).read_bytes() == issued.read_bytes()
    words = (released / "current" / SITE / "READ-ME.txt").read_text(encoding="utf-8")
    assert f"  {FORM}" in words and "crf, en, version 1.0" in words, "the body decided on the consent form alone"
    [form] = json.loads((released / "current" / SITE / "current.json").read_text("utf-8"))["forms"]
    assert form["file"] == FORM and len(form["entries"]) == 4


@pytest.mark.parametrize("day", ["2026-03-11", "2026-04-01"])
def test_the_folder_is_emptied_when_nothing_may_be_used(released: Path, day: str):
    approve(released)
    use(released)
    assert FORM in fill(released, "2026-03-12")
    approve(released, "suspended", "2026-03-20")
    assert fill(released, day) == {"READ-ME.txt", "current.json"}


def test_forms_that_several_versions_issued_are_counted_together():
    told: list[tuple[str, int, int]] = []
    printer = replace(PRINTER, progress=lambda *one: told.append(one)).over(3)
    for of_a_version in (("crf", 1, 1), ("consent", 1, 2), ("assent", 2, 2)):
        printer.progress(*of_a_version)
    assert told == [("crf", 1, 3), ("consent", 2, 3), ("assent", 3, 3)]


def test_what_was_superseded_goes(amended: Path):
    approve(amended)
    use(amended)
    assert FORM in fill(amended, "2026-03-12")
    use(amended, "2.0", "2026-06-10")
    assert FORM in fill(amended, "2026-06-10"), "version 2.0 kept the form"
    approve(amended, "withdrawn", "2026-06-11")
    assert FORM not in fill(amended, "2026-06-11")


def test_a_folder_that_is_not_ours_and_an_unknown_site_are_refused(released: Path):
    folder = released / "current" / SITE
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal):
        fill(released, "2026-03-12")
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    with pytest.raises(Refusal, match="has a site"):
        fill_current(opened(released), "../..", "2026-03-12", released / "current" / "x", PRINTER)


def test_a_file_of_the_store_that_was_changed_is_not_laid_down(released: Path):
    approve(released)
    use(released)
    assert FORM in fill(released, "2026-03-12")
    issued = released / "issued" / "1.0" / "clean" / "consent" / SITE / "en.pdf"
    for kept in (released / "audit" / "objects").iterdir():
        if kept.read_bytes() == issued.read_bytes():
            kept.chmod(0o644)
            kept.write_bytes(b"%PDF-1.7 another")
    with pytest.raises(Refusal):
        fill(released, "2026-03-12")
    assert FORM in {one.name for one in (released / "current" / SITE).iterdir()}, "the old folder still stands"


def test_another_tool_chain_that_gives_the_issued_bytes_will_do(begun: Path, monkeypatch: pytest.MonkeyPatch):
    release(begun, replace(RELEASE, keep_bytes=False))
    approve(begun)
    use(begun)
    monkeypatch.setattr(checkout, "toolchain_bytes", lambda: b"another one")
    assert FORM in fill(begun, "2026-03-12")


def test_other_bytes_than_were_issued_are_not_laid_down(begun: Path, monkeypatch: pytest.MonkeyPatch):
    release(begun, replace(RELEASE, keep_bytes=False))
    approve(begun)
    use(begun)
    monkeypatch.setattr(checkout, "toolchain_bytes", lambda: b"another one")
    monkeypatch.setattr(checkout, "_printed", lambda *asked: {f"consent/{SITE}/en.pdf": b"%PDF-1.7 another"})
    with pytest.raises(Refusal, match="comes out with other bytes"):
        fill(begun, "2026-03-12")
    assert not (begun / "current" / SITE).exists()
