"""What is missing for PDFs is said with its remedy, and nothing is started to find out."""

import subprocess
import sys

from regdocs.render.environment import pdf_environment


def test_a_machine_with_everything_has_no_problem() -> None:
    assert pdf_environment() == ()


def test_a_missing_library_is_named_with_its_remedy() -> None:
    problems = pdf_environment(can_load=lambda name: "pangoft2" not in name)
    assert [problem.what for problem in problems] == ["the library PangoFT2 cannot be loaded"]
    if sys.platform == "linux":
        assert problems[0].remedy == "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0"


def test_every_missing_library_is_named() -> None:
    assert len(pdf_environment(can_load=lambda name: False)) == 5


def test_looking_does_not_start_weasyprint() -> None:
    code = (
        "import sys; from regdocs.render.environment import pdf_environment\n"
        "print(pdf_environment(), 'weasyprint' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "() False"
