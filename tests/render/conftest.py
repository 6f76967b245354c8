"""What the tests of the writers share: the fonts, a font configuration, the sample printed once."""

from pathlib import Path

import pytest

from regdocs.render.fonts import FontSet, find_fonts, fonts_conf, use_fonts_conf
from regdocs.render.html import render_html
from regdocs.render.pdf import render_pdf
from tests.render.sample import sample_document, sample_identity


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    """The fonts, with a font configuration in use that names nothing else."""
    folder = tmp_path_factory.mktemp("fonts")
    found = find_fonts()
    (folder / "fonts.conf").write_text(fonts_conf(found.folders, folder / "cache"), encoding="utf-8")
    use_fonts_conf(folder / "fonts.conf")
    return found


@pytest.fixture(scope="session")
def draft_html() -> str:
    return render_html(sample_document(), sample_identity(draft=True)).decode()


@pytest.fixture(scope="session")
def draft_pdf(fonts: FontSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "draft.pdf"
    path.write_bytes(render_pdf(sample_document(), sample_identity(draft=True), fonts=fonts))
    return path


@pytest.fixture(scope="session")
def final_pdf(fonts: FontSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "final.pdf"
    path.write_bytes(render_pdf(sample_document(), sample_identity(draft=False), fonts=fonts))
    return path
