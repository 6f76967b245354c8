"""Documents made again from what the log keeps: equal, or the fault and its verdict are told."""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.audit import verification
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.line import Json
from regdocs.audit.verdict import Verdict
from regdocs.audit.verify import verify
from regdocs.build.examine import Draftable
from regdocs.build.workers import Limits
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.content.model import Document
from regdocs.versions import issuing
from regdocs.versions import rebuild as rebuilding
from regdocs.versions import record as recording
from regdocs.versions.data_forms import load_again
from regdocs.versions.preparation import Asked, Prepared, prepare_release
from regdocs.versions.printed import Printer
from regdocs.versions.rebuild import Rebuilt, rebuild
from regdocs.versions.record import Hands, record
from tests.build.studies import write_template
from tests.versions.logs import opened
from tests.versions.releases import PRINTER, amend, carry_out, edit_for_amendment, hands, release, template


def rebuilt(study: Path) -> Rebuilt:
    return rebuild(study, None, PRINTER)


def faults(study: Path) -> list[tuple[Verdict, str]]:
    return [(fault.verdict, fault.message) for fault in rebuilt(study).faults]


def another_tool_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "toolchain_bytes", lambda: canonical_json({"regdocs": "another"}))


def forged(study: Path, change: Callable[[Prepared], Prepared]) -> None:
    """Release what was changed after it was looked at, as somebody who holds the keys could."""
    carry_out(change(prepare_release(study, Asked("1.0"))))


def with_other_words(prepared: Prepared) -> Prepared:
    first, *others = prepared.documents
    document: Document = replace(first.composed.document, title="Other words")
    return replace(prepared, documents=(replace(first, composed=replace(first.composed, document=document)), *others))


class _OtherBytes(Printer):
    """Prints pages into which somebody wrote a word."""

    def print_with_pages(self, prints, *, apart=False):
        made = super().print_with_pages(prints, apart=apart)
        altered = {path: one for path, one in made.items() if path == "crf/en.html"}
        return made | {path: replace(one, data=one.data.replace(b"crf", b"CRF")) for path, one in altered.items()}


def test_recorded_versions_come_out_as_they_were_issued(amended: Path):
    for name in ("issued", "templates", "protocol.yaml"):
        (shutil.rmtree if (amended / name).is_dir() else Path.unlink)(amended / name)
    found = rebuilt(amended)
    assert found.faults == ()
    assert [one.message for one in found.listed] == [
        "version 2.0: 4 documents of the amendment were not composed again"
    ]
    assert "2 recorded versions" in found.checked[0] and "34 files" in found.checked[0]


def test_other_words_than_the_inputs_give_are_an_alteration(begun: Path):
    forged(begun, with_other_words)
    assert faults(begun) == [
        (Verdict.ALTERED, '"consent/second-hospital/en" of version 1.0 comes out with other words')
    ]


def test_other_words_with_another_tool_chain_are_told_as_such(begun: Path, monkeypatch: pytest.MonkeyPatch):
    forged(begun, with_other_words)
    another_tool_chain(monkeypatch)
    assert [verdict for verdict, _ in faults(begun)] == [Verdict.REBUILT_OTHERWISE]


def test_other_bytes_than_the_tree_gives_are_an_alteration(begun: Path):
    prepared = prepare_release(begun, Asked("1.0"))
    usual = hands(prepared.logbook)
    record(prepared, Hands(usual.actor, usual.log_signer, usual.now, _OtherBytes(2, clock=time.monotonic)))
    assert faults(begun) == [(Verdict.ALTERED, '"crf/en.html" of version 1.0 comes out with other bytes')]


def test_equal_trees_with_another_tool_chain_are_no_fault_and_bytes_are_said_not_to_be_compared(
    released: Path, monkeypatch: pytest.MonkeyPatch
):
    another_tool_chain(monkeypatch)
    found = rebuilt(released)
    assert found.faults == ()
    assert len(found.listed) == 6
    assert all("bytes not compared" in listed.message for listed in found.listed)
    assert found.unchecked == ("the bytes of 6 documents, which another tool chain made",)


def with_listed(study: Path, monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """Release with a list of documents in which the last one is described otherwise; None takes it out."""
    usual = issuing._document

    def listed(prepared: Prepared, one: Draftable) -> dict[str, Json]:
        found = usual(prepared, one)
        return {**found, **changes} if one.kind.name == "registry" else found  # type: ignore[dict-item]

    monkeypatch.setattr(issuing, "_document", listed)
    monkeypatch.setattr(recording, "lay_out_again", lambda *_: None)
    release(study)


@pytest.mark.parametrize(
    "changes",
    [{"kind": "letter"}, {"formats": ["exe"]}, {"formats": 3}, {"version": 7}, {"since": "0.9"}, {"site": ["a"]}],
)
def test_documents_that_do_not_fit_the_files_are_an_alteration(
    begun: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
):
    with_listed(begun, monkeypatch, **changes)
    ((verdict, message),) = faults(begun)
    assert verdict is Verdict.ALTERED and "does not fit" in message


def test_a_file_that_is_no_document_is_an_alteration(begun: Path, monkeypatch: pytest.MonkeyPatch):
    with_listed(begun, monkeypatch, formats=["pdf", "docx", "html"])
    assert faults(begun) == [(Verdict.ALTERED, '"registry/en.txt" was issued for version 1.0 and is no document of it')]


def test_a_document_that_says_another_version_than_its_pages_is_an_alteration(
    begun: Path, monkeypatch: pytest.MonkeyPatch
):
    with_listed(begun, monkeypatch, version="1.1")
    found = faults(begun)
    assert found and all(verdict is Verdict.ALTERED and "other bytes" in message for verdict, message in found)


def test_a_data_form_that_the_protocol_does_not_load_to_is_an_alteration(begun: Path):
    def with_another_count(prepared: Prepared) -> Prepared:
        tree = json.loads(prepared.snapshot.objects[prepared.snapshot.data])
        tree["design"]["enrolment"]["count"] = 2000
        data = canonical_json(tree)
        objects = {**prepared.snapshot.objects, sha256_hex(data): data}
        return replace(prepared, snapshot=replace(prepared.snapshot, data=sha256_hex(data), objects=objects))

    forged(begun, with_another_count)
    evidence = FolderEvidence(begun)
    found = verify(evidence, verification.Asked())
    assert [one.message for one in load_again(evidence, found.versions).faults] == [
        "protocol.yaml of version 1.0 does not load to the data form of its entry"
    ]


def test_a_protocol_loads_to_the_data_form_recorded_beside_it(released: Path):
    evidence = FolderEvidence(released)
    found = verify(evidence, verification.Asked())
    assert found.versions and load_again(evidence, found.versions) == (1, ())


def test_a_template_of_a_log_that_never_ends_is_ended_and_told(begun: Path):
    from regdocs.build.study import read_inputs
    from regdocs.versions.snapshot import take_snapshot

    def with_a_hungry_template(prepared: Prepared) -> Prepared:
        loop = "{% for a in view.study.short_title.text %}" * 12 + "x" + "{% endfor %}" * 12
        write_template(begun, "crf", template("crf", loop))
        from regdocs.spec.load import load

        inputs = read_inputs(begun)
        return replace(prepared, snapshot=take_snapshot(inputs, load(inputs.protocol)))

    forged(begun, with_a_hungry_template)
    told = faults(begun)
    assert told and all(verdict is Verdict.ALTERED for verdict, _ in told)
    assert any("does not come out" in message for _, message in told)


def could_not(found: Rebuilt) -> str:
    """The one fault, which says that something could not be rebuilt; nothing may then pass for checked."""
    ((verdict, message),) = [(fault.verdict, fault.message) for fault in found.faults]
    assert verdict is Verdict.REBUILT_OTHERWISE and "could not be rebuilt" in message
    assert found.checked == () and any("--rebuild" in line for line in found.unchecked)
    return message


def test_what_takes_too_long_is_ended_and_a_fault(released: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "LIMITS", Limits(seconds=0.001))
    assert "took longer than" in could_not(rebuilt(released))


def test_what_the_store_lacks_cannot_be_rebuilt_and_is_a_fault(released: Path):
    logbook = opened(released)
    (kept,) = (released / "audit/objects").glob(f"{logbook.versions[0].spec}*")
    kept.unlink()
    assert "version 1.0 could not be rebuilt" in could_not(rebuilt(released))


def test_a_log_that_does_not_hold_cannot_be_rebuilt(released: Path):
    log = released / "audit/log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"DEMO-1", b"DEMO-2", 1))
    assert "the log does not hold" in could_not(rebuilt(released))


def test_where_there_is_no_log_nothing_can_be_rebuilt(tmp_path: Path):
    assert "there is no log" in could_not(rebuilt(tmp_path))


def test_without_a_version_nothing_is_rebuilt_and_nothing_passes_for_checked(begun: Path):
    found = rebuilt(begun)
    assert (found.faults, found.checked) == ((), ())
    assert "no version is recorded" in found.listed[0].message
    assert any("--rebuild" in line for line in found.unchecked)


def test_the_log_that_is_named_is_rebuilt_and_not_its_neighbour(released: Path):
    (released / "audit").rename(released / "audit-from-backup")
    shutil.copytree(released / "audit-from-backup", released / "audit")
    log = released / "audit/log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"DEMO-1", b"DEMO-2", 1))
    assert rebuild(released, released / "audit-from-backup", PRINTER).faults == ()
    assert "the log does not hold" in could_not(rebuilt(released))


def test_a_version_of_which_only_trees_are_kept_is_rebuilt_too(begun: Path):
    release(begun, Asked("1.0", keep_bytes=False))
    edit_for_amendment(begun)
    amend(begun)
    assert rebuilt(begun).faults == ()
