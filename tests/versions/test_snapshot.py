"""What a version was made from: named to the last file, kept but for what comes with the program."""

from pathlib import Path

import pytest

from regdocs.audit.kept import NOT_KEPT
from regdocs.build.examine import examine, trees_of
from regdocs.build.study import Inputs, read_inputs
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal
from regdocs.spec.load import load
from regdocs.versions.snapshot import Snapshot, files_of, stored_inputs, take_snapshot
from tests.build.studies import REPOSITORY, protocol, write_study
from tests.versions.logs import opened
from tests.versions.releases import SECOND


def taken(folder: Path) -> Snapshot:
    inputs = read_inputs(write_study(folder))
    return take_snapshot(inputs, load(inputs.protocol))


def test_every_byte_that_documents_are_made_from_is_named(tmp_path: Path):
    snapshot = taken(tmp_path / "study")
    paths = [path for path, _ in snapshot.files.entries]
    starts = {path.split("/")[0] for path in paths}
    assert starts == {"protocol.yaml", "templates", "styles", "fonts", "toolchain.json"}
    assert {"styles/page.css", "styles/words.css", "styles/screen.css", "templates/reference.docx"} <= set(paths)
    assert snapshot.files.digest_of("protocol.yaml") == snapshot.spec == sha256_hex(protocol().encode())


def test_translations_are_named_and_kept(tmp_path: Path):
    inputs = read_inputs(REPOSITORY / "examples/demo-101")
    snapshot = take_snapshot(inputs, load(inputs.protocol))
    translations = [path for path, _ in snapshot.files.entries if path.startswith("translations/")]
    assert translations
    assert all(snapshot.files.digest_of(path) in snapshot.objects for path in translations)


def test_all_is_kept_but_fonts_and_styles(tmp_path: Path):
    snapshot = taken(tmp_path / "study")
    kept = {path: digest in snapshot.objects for path, digest in snapshot.files.entries}
    assert [path for path, is_kept in kept.items() if not is_kept] == [p for p in kept if p.startswith(NOT_KEPT)]
    assert {snapshot.spec, snapshot.data, snapshot.inputs} <= snapshot.objects.keys()
    assert all(sha256_hex(data) == digest for digest, data in snapshot.objects.items())


def test_the_data_form_is_the_canonical_text_of_the_tree(tmp_path: Path):
    snapshot = taken(tmp_path / "study")
    assert snapshot.objects[snapshot.data] == canonical_json(snapshot.tree)
    assert snapshot.tree["version"] == "1.0"


def test_the_same_study_gives_the_same_snapshot(tmp_path: Path):
    assert taken(tmp_path / "one") == taken(tmp_path / "other")


def test_a_protocol_with_mistakes_has_no_snapshot(tmp_path: Path):
    with pytest.raises(Refusal, match="mistakes"):
        take_snapshot(Inputs(b"regdocs: 1\n", {}, frozenset()), load(b"regdocs: 1\n"))


def test_inputs_come_back_from_the_store_as_they_were(released: Path):
    logbook = opened(released)
    stored = stored_inputs(logbook, logbook.versions[0])
    read = read_inputs(released)
    assert (stored.protocol, stored.templates, stored.translations) == (
        read.protocol,
        dict(read.templates),
        dict(read.translations),
    )
    assert files_of(logbook, logbook.versions[0].inputs).digest_of("toolchain.json") is not None


@pytest.mark.parametrize("example", ["demo-101", "cohort-404", "crossover-202", "device-303"])
def test_version_and_date_of_the_protocol_are_read_by_no_template(example: str):
    inputs = read_inputs(REPOSITORY / "examples" / example)
    text = inputs.protocol.decode()
    lines = [line for line in text.split("\n") if line.startswith(("version:", "date:"))]
    assert len(lines) == 2
    other = text.replace(lines[0], 'version: "77.7"').replace(lines[1], "date: 1999-09-09")
    changed = Inputs(other.encode(), inputs.templates, inputs.own, inputs.translations)
    assert trees_of(examine(inputs)) == trees_of(examine(changed))
    assert trees_of(examine(inputs))


def test_the_small_study_is_amended_by_its_version_and_date_alone_without_another_word(tmp_path: Path):
    inputs = read_inputs(write_study(tmp_path / "study"))
    other = Inputs(protocol(*SECOND).encode(), inputs.templates, inputs.own)
    assert trees_of(examine(inputs)) == trees_of(examine(other))
