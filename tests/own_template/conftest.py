import pytest

from regdocs.build.identity import identity_of
from regdocs.documents.compose import compose
from regdocs.documents.kinds import kind_named
from regdocs.documents.template import Template
from regdocs.own_template.fields import Source
from regdocs.spec.load import load
from tests.documents.companions import MINIMAL, TEMPLATES

REFERENCE = (TEMPLATES / "reference.docx").read_bytes()


def source_of(text: str = MINIMAL, kind: str = "consent") -> Source:
    """The document of a protocol, as a template is filled from it."""
    protocol = load(text.encode()).protocol
    assert protocol is not None
    templates = {
        path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), f"templates/{path.name}")
        for path in sorted(TEMPLATES.rglob("*.xml"))
    }
    which = kind_named(kind)
    assert which is not None
    site = protocol.sites[0] if which.per_site else None
    document = compose(which, protocol, site, protocol.language, templates).document
    return Source(document, identity_of(document, protocol, False), protocol, site)


@pytest.fixture(scope="session")
def source() -> Source:
    return source_of()
