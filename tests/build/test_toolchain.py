"""The tool chain: versions found without loading what they are versions of."""

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import regdocs
from regdocs.build.toolchain import toolchain

PACKAGE = Path(regdocs.__file__).parent


@pytest.mark.parametrize("package", ["weasyprint", "Jinja2", "Pyphen", "pydantic", "tinycss2"])
def test_version_is_the_one_that_the_installer_recorded(package):
    assert toolchain()[package.lower()] == version(package)


def test_build_with_nothing_to_do_loads_no_layout_engine_no_template_engine_and_no_model():
    call = "import sys, regdocs.build.run as run, regdocs.cli.build; run.toolchain(); print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    heavy = {"weasyprint", "jinja2", "pydantic", "yaml", "docx", "regdocs.content.model", "importlib.metadata", "email"}
    assert heavy.isdisjoint(said.stdout.split())


def edited(tmp_path: Path, file: str) -> tuple[str, str]:
    """Return what a copy of this program says of itself before and after a file of it was edited."""
    shutil.copytree(PACKAGE, tmp_path / "regdocs", ignore=shutil.ignore_patterns("__pycache__"))
    before = own_version(tmp_path)
    with (tmp_path / "regdocs" / file).open("a", encoding="utf-8") as changed:
        changed.write("\n/* a remark */\n" if file.endswith(".css") else "\n# a remark\n")
    return before, own_version(tmp_path)


def own_version(folder: Path) -> str:
    call = "from regdocs.build.toolchain import toolchain; print(toolchain()['regdocs'])"
    command = [sys.executable, "-c", call]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("file", ["cli/build.py", "audit/tree.py", "versions/logbook.py", "rules/arms.py", "atomic.py"])
def test_a_change_of_what_shapes_no_document_leaves_the_tool_chain_as_it_is(tmp_path: Path, file: str) -> None:
    before, after = edited(tmp_path, file)
    assert before == after


@pytest.mark.parametrize(
    "file",
    [
        "content/markup.py",
        "documents/consent.py",
        "render/style/page.css",
        "spec/known.py",
        "build/identity.py",
        "units.py",
        "canonical.py",
    ],
)
def test_a_change_of_what_shapes_documents_is_another_tool_chain(tmp_path: Path, file: str) -> None:
    before, after = edited(tmp_path, file)
    assert before != after
