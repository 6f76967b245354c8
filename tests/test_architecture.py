"""The shape of the code holds: who imports whom, who talks to people, who writes files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "regdocs"
WRITERS = ("build", "versions", "audit", "submission", "cli")
WRITING_CALLS = {"write_text", "write_bytes", "mkdir", "unlink", "rename", "touch", "rmtree", "makedirs"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "base", "manager"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def package_of(module: Path) -> str:
    """The package or module of the first level: "cli", "spec", "atomic"."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> Iterator[str]:
    """Full names of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def importers(name: str) -> set[str]:
    return {
        package_of(module)
        for module in modules()
        if any(f"{found}.".startswith(f"{name}.") for found in imported(module))
    }


def called(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def test_import_contract_is_kept():
    lint_imports = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", lint_imports, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_cli_imports_click():
    assert importers("click") <= {"cli"}


def test_only_build_and_cli_use_atomic_writes():
    assert importers("regdocs.atomic") <= set(WRITERS)


def test_only_atomic_and_the_writers_change_the_disk():
    offenders = {
        f"{module.relative_to(ROOT).as_posix()}: {call}"
        for module in modules()
        if package_of(module) not in (*WRITERS, "atomic")
        for call in called(module)
        if call in WRITING_CALLS
    }
    assert offenders == set()


def test_nothing_in_the_build_path_reaches_the_network():
    network = ("socket", "http", "urllib.request", "ftplib", "requests", "ssl")
    assert {name: importers(name) for name in network if importers(name)} == {}


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.relative_to(ROOT).as_posix())
def test_module_says_what_it_is_and_has_a_name_of_the_field(module: Path):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert module.stem not in FORBIDDEN_NAMES


def test_top_level_data_folders_hold_no_python():
    assert [path for folder in ("templates", "audit") for path in (ROOT / folder).rglob("*.py")] == []
