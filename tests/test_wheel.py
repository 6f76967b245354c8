"""The built wheel, installed into an empty environment far from the checkout, does what the README promises."""

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel and its dependencies, and an empty folder to work in."""

    scripts: Path
    folder: Path

    def regdocs(self, *arguments: str, inside: str = ".") -> subprocess.CompletedProcess[str]:
        return run([str(self.scripts / "regdocs"), *arguments], self.folder / inside)

    def python(self, code: str) -> str:
        done = run([str(self.scripts / "python"), "-c", code], self.folder)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run without what this test's own environment would lend: its import path and its virtual environment."""
    lent = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in lent}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def pins() -> list[str]:
    """The lock's versions without their digests, which pip would then ask of our own wheel too."""
    return re.findall(r"^[a-z0-9-]+==\S+", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    place = tmp_path_factory.mktemp("environment")
    folder = tmp_path_factory.mktemp("empty")
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(scripts / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    small = next(pin for pin in pins() if pin.startswith("iniconfig=="))
    if run([*pip, "download", "--no-deps", "--dest", str(place / "reach"), small], folder).returncode != 0:
        pytest.skip("pip reaches no package index, so the wheel's dependencies cannot be installed")
    (place / "constraints.txt").write_text("\n".join(pins()), encoding="utf-8")
    done = run([*pip, "install", "--constraint", str(place / "constraints.txt"), str(wheel)], folder)
    assert done.returncode == 0, done.stderr
    return Installed(scripts, folder)


def test_wheel_carries_what_a_study_starts_from(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {path for path in (ROOT / "templates").rglob("*") if path.is_file()}
    templates = {f"regdocs/_shipped/{path.relative_to(ROOT).as_posix()}" for path in here}
    assert templates and templates <= names
    assert {"regdocs/_shipped/protocol.yaml", "regdocs/_shipped/examples/README.md"} <= names
    assert {f"regdocs/_shipped/docs/rules/{page.name}" for page in (ROOT / "docs/rules").glob("*.md")} <= names


def test_wheel_carries_the_history_of_the_demonstration(wheel: Path):
    names = set(zipfile.ZipFile(wheel).namelist())
    here = [path for path in (ROOT / "examples/demo-101/audit").rglob("*") if path.is_file()]
    kept = {f"regdocs/_shipped/{path.relative_to(ROOT).as_posix()}" for path in here if not path.name.startswith(".")}
    assert kept and kept <= names
    assert not any("/audit/." in name for name in names)


def test_wheel_leaves_behind_drafts_and_what_outsiders_hold(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    unwanted = [name for name in names if re.search(r"examples/outside/|/out/|__pycache__|^tests/|\.regdocs/", name)]
    assert unwanted == []


def test_installed_package_does_not_lean_on_the_checkout(installed: Installed):
    found = installed.python("from regdocs.shipped import shipped; print(shipped('protocol.yaml').resolve())")
    assert Path(found).is_relative_to(installed.scripts.parent.resolve())


def test_installed_wheel_states_its_version(installed: Installed):
    code = "import regdocs, importlib.metadata as m; print(regdocs.__version__ == m.version('regdocs'))"
    assert installed.python(code) == "True"


def test_installed_wheel_explains_its_rules(installed: Installed):
    done = installed.regdocs("explain", "ARM-001")
    assert done.returncode == 0 and done.stdout == (ROOT / "docs/rules/ARM-001.md").read_text(encoding="utf-8")


def test_installed_wheel_inits_checks_and_builds_the_real_record(installed: Installed):
    built = ["build", "--only", "eligibility", "--only", "registry"]
    for arguments in (["init", "study", "--example", "nct03484741"], ["check"], built):
        done = installed.regdocs(*arguments, inside="." if arguments[0] == "init" else "study")
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    out = installed.folder / "study" / "out"
    documents = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["documents"]
    assert {document["kind"] for document in documents} == {"eligibility", "registry"}
    assert "eligibility/en.pdf" in {document["path"] for document in documents}
    assert [document["path"] for document in documents if not (out / document["path"]).stat().st_size] == []
