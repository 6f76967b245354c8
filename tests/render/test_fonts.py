"""Fonts: found with their digests, told to fontconfig, and asked what they cannot show."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from regdocs.errors import EnvironmentLacks
from regdocs.render.fonts import find_fonts, fonts_conf, missing_characters, use_fonts_conf


def test_fonts_are_found_with_the_digests_of_their_bytes() -> None:
    found = find_fonts()
    assert found.family == "Source Sans 3" and len(found.files) == 2
    assert all(font.digest == sha256(font.path.read_bytes()).hexdigest() for font in found.files)


def test_the_font_configuration_names_our_folders_and_nothing_else() -> None:
    text = fonts_conf([Path("/b & c"), Path("/a")], Path("/cache"))
    assert text == fonts_conf([Path("/a"), Path("/b & c")], Path("/cache"))
    assert "<dir>/a</dir>\n  <dir>/b &amp; c</dir>" in text and text.count("<dir>") == 2
    assert "<cachedir>/cache</cachedir>" in text and "include" not in text


def test_fontconfig_itself_lists_only_our_family(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(fonts_conf(find_fonts().folders, tmp_path / "cache"), encoding="utf-8")
    env = {**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    listed = subprocess.run(["fc-list", ":", "family"], env=env, capture_output=True, text=True, check=True)
    assert listed.stdout and all(line.startswith("Source Sans 3") for line in listed.stdout.splitlines())


def test_a_configuration_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentLacks):
        use_fonts_conf(tmp_path / "absent.conf")


def test_characters_without_a_glyph_are_named_once_in_order() -> None:
    assert missing_characters("☒ and 漢 and ☒", find_fonts()) == "☒漢"


def test_the_characters_our_documents_need_are_there() -> None:
    assert missing_characters("≥ ≤ µ ± ☐ ☑ ✓ → – ’ “ ” ữ ệ ặ \u00a0\u200b\n", find_fonts()) == ""


def test_fonts_and_html_load_no_layout_engine() -> None:
    code = (
        "import sys, regdocs.render.html, regdocs.render.pdf, regdocs.render.environment\n"
        "print(sorted({'weasyprint', 'fontTools', 'docx', 'jinja2', 'cryptography'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
