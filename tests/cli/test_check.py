"""`regdocs check`: findings for people and for programs, and every hostile protocol ends with a sentence."""

import json
import os
import time
from pathlib import Path

import pytest

from tests.build.studies import ASSUMED, SHORT, TODO, change, content, write_study, write_template
from tests.cli.calling import Call, run

BOTH = pytest.mark.parametrize("command", ["check", "build"])


def test_a_sound_study_gives_0_and_nothing_is_written(call: Call, study: Path) -> None:
    before = content(study)
    said = call("-C", study, "check", "--strict")
    assert (said.code, said.out) == (0, "0 errors, 0 warnings, 0 notes\n")
    assert content(study) == before


def test_a_mistake_is_told_with_place_rule_line_and_the_nearest_name(call: Call, study: Path) -> None:
    change(study, (SHORT, "    shrot: Examplin\n"))
    said = call("-C", study, "check")
    number = (study / "protocol.yaml").read_text().splitlines().index("    shrot: Examplin") + 1
    assert said.code == 1 and f"protocol.yaml:{number}:5: error[" in said.out
    assert '"shrot"' in said.out or "'shrot'" in said.out
    assert f"  {number} |     shrot: Examplin" in said.out and "short" in said.out.split("hint:")[1]


def test_notes_alone_give_0_and_with_strict_1(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    assert call("-C", study, "check").code == 0
    assert call("-C", study, "check", "--strict").code == 1
    assert "note[" not in call("-C", study, "check", "--quiet").out


def test_findings_as_json_have_their_fixed_keys(call: Call, study: Path) -> None:
    change(study, (SHORT, ASSUMED))
    write_template(study, "crf", "<document>\n{{ view.study.shrot_title }}\n</document>")
    said = call("-C", study, "check", "--json")
    found = json.loads(said.out)
    assert said.code == 1 and [one["severity"] for one in found] == ["note", "error"]
    for one in found:
        assert list(one) == ["rule", "severity", "file", "line", "column", "message", "hint", "source"]
    assert (found[1]["rule"], found[1]["file"], found[1]["line"]) == ("TPL-001", "templates/crf/crf.xml", 2)


def test_no_findings_as_json_are_an_empty_list(call: Call, study: Path) -> None:
    assert json.loads(call("-C", study, "check", "--json").out) == []


# ------------------------------------------------------------------------------------------------- hostile protocols


@BOTH
def test_a_protocol_that_is_a_folder_is_refused(call: Call, tmp_path: Path, command: str) -> None:
    (tmp_path / "protocol.yaml").mkdir()
    said = call("-C", tmp_path, command)
    assert said.code == 1 and "is not a file" in said.err


@BOTH
def test_a_protocol_that_is_a_pipe_does_not_hang(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "protocol.yaml")
    said = run("-C", tmp_path, command)
    assert said.code == 1 and "is not a file" in said.err and not said.traceback


@BOTH
@pytest.mark.parametrize("goal", ["/etc/hostname", "/dev/zero", "../elsewhere.yaml", "protocol.yaml", "missing.yaml"])
def test_a_protocol_that_is_a_link_elsewhere_is_refused(call: Call, tmp_path: Path, command: str, goal: str) -> None:
    (tmp_path / "elsewhere.yaml").write_text("regdocs: 1\n")
    (tmp_path / "study").mkdir()
    (tmp_path / "study/protocol.yaml").symlink_to(goal)
    said = call("-C", tmp_path / "study", command)
    assert said.code == 1 and not said.traceback and '/protocol.yaml"' in said.err


@BOTH
def test_a_protocol_that_is_too_large_is_refused_unread(call: Call, tmp_path: Path, command: str) -> None:
    with (tmp_path / "protocol.yaml").open("wb") as file:
        file.truncate(2**40)  # a file of holes: no disk is used, and reading it would take a terabyte
    said = call("-C", tmp_path, command)
    assert said.code == 1 and "at most 4,000,000 are read" in said.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_protocol_that_may_not_be_read_is_told(call: Call, study: Path) -> None:
    (study / "protocol.yaml").chmod(0)
    said = call("-C", study, "check")
    assert said.code == 1 and "cannot be read: Permission denied" in said.err


def test_a_protocol_that_the_system_does_not_give_out_is_told(
    call: Call, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    said = call("-C", study, "check")
    assert said.code == 1 and "cannot be read: Permission denied" in said.err


def test_every_hostile_text_ends_with_findings_within_two_seconds(
    call: Call, tmp_path: Path, conformance: Path
) -> None:
    texts = sorted((conformance / "vectors/yaml-hostile").glob("*.yaml"))
    assert texts
    for text in texts:
        study = write_study(tmp_path / text.stem)
        (study / "protocol.yaml").write_bytes(text.read_bytes())
        for command in ("check", "build"):
            began = time.monotonic()
            said = call("-C", study, command)
            assert time.monotonic() - began < 2, f"{text.name}: {command} takes too long"
            assert said.code == 1 and not said.traceback and "error[" in said.out, text.name
            assert "\x1b" not in said.out and "\x00" not in said.out
        assert not (study / "out").exists()


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"regdocs: 2\n", b"regdocs: 1\n", b"- a\n", b"regdocs: [1]\n"])
def test_a_text_that_is_no_protocol_ends_with_findings(call: Call, tmp_path: Path, text: bytes) -> None:
    (tmp_path / "protocol.yaml").write_bytes(text)
    said = call("-C", tmp_path, "check")
    assert said.code == 1 and not said.traceback and "error[" in said.out


# -------------------------------------------------------------------------------------------------- hostile templates


@BOTH
def test_a_link_out_of_the_study_among_the_templates_is_refused(call: Call, study: Path, command: str) -> None:
    (study / "templates/crf/more.xml").symlink_to("/etc/hostname")
    said = call("-C", study, command)
    assert said.code == 1 and "is a link to a file outside" in said.err


@BOTH
def test_a_templates_folder_that_is_a_link_out_of_the_study_is_refused(
    call: Call, tmp_path: Path, study: Path, command: str
) -> None:
    (study / "templates").rename(tmp_path / "elsewhere")
    (study / "templates").symlink_to(tmp_path / "elsewhere")
    said = call("-C", study, command)
    assert said.code == 1 and "has to be a folder of its own" in said.err


def test_a_pipe_among_the_templates_does_not_hang(study: Path) -> None:
    os.mkfifo(study / "templates/crf/pipe.xml")
    said = run("-C", study, "build")
    assert said.code == 1 and "is not a file" in said.err


def test_a_template_whose_name_is_no_text_is_refused(call: Call, study: Path) -> None:
    (Path(os.fsdecode(os.fsencode(study) + b"/templates/\xff.xml"))).write_text("x")
    said = call("-C", study, "check")
    assert said.code == 1 and "cannot be shown" in said.err and not said.traceback


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_reference_docx_that_is_none_ends_with_a_sentence(call: Call, study: Path, data: bytes) -> None:
    (study / "templates/reference.docx").write_bytes(data)
    said = call("-C", study, "build", "--only", "crf")
    assert said.code == 1 and not said.traceback and "reference" in said.out + said.err
    assert not (study / "out").exists()
