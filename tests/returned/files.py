"""A small study with a form of a few paragraphs, and Word files of it as somebody sends them back."""

import zipfile
from io import BytesIO
from pathlib import Path

from regdocs.build.examine import examine
from regdocs.build.identity import identity_of
from regdocs.build.study import REFERENCE_DOCX, read_inputs
from regdocs.render.docx import render_docx
from tests.build.studies import write_study, write_template

TEMPLATE = """\
<document title="Consent" subject="Informed consent">
<section id="consent.main">
<h1 id="consent.title" number="1">Taking part</h1>
<p id="consent.version" role="line">Form version <identity field="version"/>, made on <identity field="date"/></p>
<p id="consent.research" clause="CR-b1.1">This is research. The study is called {{ view.study.short_title }}.</p>
<p id="consent.number" clause="CR-c6">About {{ view.outline.participants }} people take part.</p>
<h2 id="consent.long-title" clause="CR-b1.3">How long</h2>
<p id="consent.long" clause="CR-b1.3">You would be in the study for {{ view.outline.participation }}.</p>
<ul id="consent.facts">
  <li id="consent.facts.stop" clause="CR-b8.2">You may stop at any time.</li>
  <li id="consent.facts.again">Again: {{ view.outline.participation }} in all, and you may stop at any time.</li>
</ul>
<p id="consent.costs" clause="CR-c3 E6-k">You pay nothing &amp; owe nothing.</p>
<p id="consent.plain">Thank you for reading this to its end.</p>
</section>
</document>
"""

STEM = "consent/example-hospital/en"
SECOND = "consent/second-hospital/en"
_RUN = '<w:t xml:space="preserve">'
FIVE = f"{_RUN}You would be in the study for </w:t></w:r><w:r>{_RUN}5 weeks</w:t>"
PLACE = "\n  participation: P5W\n"


def returned_study(folder: Path, template: str = TEMPLATE) -> Path:
    """Write the small study with the form above and return its folder."""
    write_study(folder)
    write_template(folder, "consent", template)
    return folder


def issued(study: Path, stem: str = STEM) -> bytes:
    """Return a document of a study as a Word file, as `build` makes it."""
    inputs = read_inputs(study)
    examined = examine(inputs)
    (document,) = [one.composed.document for one in examined.documents if one.stem == stem]
    assert examined.loaded.protocol is not None
    identity = identity_of(document, examined.loaded.protocol, final=False)
    return render_docx(document, identity, reference=inputs.templates[REFERENCE_DOCX])


def part(docx: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(BytesIO(docx)) as package:
        return package.read(name).decode("utf-8")


def with_parts(docx: bytes, **parts: str) -> bytes:
    """Return the file with parts of `word/` put in the place of others, or added."""
    named = {f"word/{name}.xml": text for name, text in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in package.namelist():
            new.writestr(name, named.pop(name).encode() if name in named else package.read(name))
        for name, text in named.items():
            new.writestr(name, text.encode())
    return out.getvalue()


def edited(docx: bytes, *changes: tuple[str, str]) -> bytes:
    """Return the file with each first text of its body replaced by the second; each stands once."""
    text = part(docx)
    for before, after in changes:
        assert text.count(before) == 1, f"stands {text.count(before)} times, not once: {before!r}"
        text = text.replace(before, after)
    return with_parts(docx, document=text)


def paragraph_with(docx: bytes, words: str) -> str:
    """Return the one paragraph with these words as it is written in the body."""
    (found,) = [f"<w:p>{one.partition('</w:p>')[0]}</w:p>" for one in part(docx).split("<w:p>") if words in one]
    return found


def inserted(words: str, author: str = "Board Member") -> str:
    return f'<w:ins w:id="9001" w:author="{author}" w:date="2026-03-01T10:00:00Z"><w:r><w:t>{words}</w:t></w:r></w:ins>'


def struck(words: str, author: str = "Board Member") -> str:
    about = f'w:id="9002" w:author="{author}" w:date="2026-03-01T10:00:00Z"'
    return f"<w:del {about}><w:r><w:delText>{words}</w:delText></w:r></w:del>"
