"""The tool chain: versions found without loading what they are versions of."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from regdocs.build.toolchain import toolchain


@pytest.mark.parametrize("package", ["weasyprint", "Jinja2", "Pyphen", "pydantic", "tinycss2"])
def test_version_is_the_one_that_the_installer_recorded(package):
    assert toolchain()[package.lower()] == version(package)


def test_build_with_nothing_to_do_loads_no_layout_engine_no_template_engine_and_no_model():
    call = "import sys, regdocs.build.run as run, regdocs.cli.build; run.toolchain(); print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    heavy = {"weasyprint", "jinja2", "pydantic", "yaml", "docx", "regdocs.content.model", "importlib.metadata", "email"}
    assert heavy.isdisjoint(said.stdout.split())
