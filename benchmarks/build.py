"""Measures regdocs beside what a person would use instead, in one run, and prints one table (`make benchmark`).

Ratios are what counts: times are those of this machine while it ran. Programs are measured in processor time of all
their processes, calls in processor time of this one; both as medians of rounds in which all take their turn.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from itertools import count
from pathlib import Path

import rivals
import yaml
from measuring import Cost, calls, program, programs, row

from regdocs.build.examine import Draftable, examine
from regdocs.build.identity import identity_of
from regdocs.build.study import Inputs, read_inputs
from regdocs.build.writers import warm_up
from regdocs.content.identity import Identity
from regdocs.content.model import Document
from regdocs.render.docx.writer import render_docx
from regdocs.render.fonts import find_fonts
from regdocs.render.html import render_html
from regdocs.render.paper import paper_html
from regdocs.render.pdf import load_weasyprint, render_pdf
from regdocs.render.text import render_text

DEMO = Path(__file__).resolve().parent.parent / "examples" / "demo-101"
PYTHON = sys.executable
REGDOCS = [PYTHON, "-c", "from regdocs.cli.main import main; main()"]
CRITERION = "text: Age 12 to 65 years on the day of screening"
SITES, SAMPLE = 200, 4


def main() -> None:
    print("| work | processor time | ratio | aim |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="regdocs-benchmark-") as folder:
        study = Path(folder) / "demo-101"
        shutil.copytree(DEMO, study, ignore=shutil.ignore_patterns("out", ".regdocs", ".out.lock"))
        whole_builds(study)
        starts(study)
        writers(study)
        many_sites(Path(folder) / "many", study)


def whole_builds(study: Path) -> None:
    """All documents of demo-101 by one process and by two, and again after one criterion has changed."""
    edits = count(1)
    full = [*REGDOCS, "build", "--final", "--jobs"]
    found = programs(
        {
            "one": lambda: _afresh(study, [*full, "1"]),
            "two": lambda: _afresh(study, [*full, "2"]),
            "criterion": lambda: _edited(study, [*full, "2"], next(edits)),
        },
        rounds=2,
    )
    one, two, criterion = found["one"], found["two"], found["criterion"]
    files = sum(path.is_file() for path in (study / "out").rglob("*")) - 1
    row(f"full build of demo-101, {files} files, one process", one.cpu)
    row("the same, two processes: by the clock", f"{two.wall:.1f} s against {one.wall:.1f} s",
        f"{one.wall / two.wall:.2f}× as fast", "≥ 1.7×")  # fmt: skip
    row("one criterion changed", criterion.cpu, f"{criterion.cpu / two.cpu:.0%} of a full build", "≤ 20 %")
    row("largest process of a full build", f"{max(one.peak, two.peak):,.0f} MB")


def _afresh(study: Path, call: list[str]) -> Cost:
    for name in ("out", ".regdocs"):
        shutil.rmtree(study / name, ignore_errors=True)
    return program(call, study)


def _edited(study: Path, call: list[str], number: int) -> Cost:
    file = study / "protocol.yaml"
    text = file.read_text(encoding="utf-8")
    assert CRITERION in text, "the demonstration has another first criterion"
    file.write_text(re.sub(re.escape(CRITERION) + ".*", f"{CRITERION}, edit {number}.", text), encoding="utf-8")
    return program(call, study)


def starts(study: Path) -> None:
    """The bare interpreter, `--help`, and a build with nothing to do."""
    program([*REGDOCS, "build", "--final"], study)
    found = programs(
        {
            "bare": partial(program, [PYTHON, "-I", "-c", "pass"], study),
            "help": partial(program, [*REGDOCS, "--help"], study),
            "noop": partial(program, [*REGDOCS, "build", "--final"], study),
        },
        rounds=15,
    )
    bare = found["bare"].cpu
    row("bare interpreter", bare)
    row("`regdocs --help`", found["help"].cpu, f"{found['help'].cpu / bare:.1f}× bare", "≤ 5×")
    row("build with nothing to do", found["noop"].cpu, f"{found['noop'].cpu / bare:.1f}× bare", "≤ 8×")


def writers(study: Path) -> None:
    """Each writer on a consent form and on the booklet of forms, beside what else would make such a file."""
    inputs = read_inputs(study)
    warm_up()
    for kind, rounds, aim_docx in (("consent", 5, 12), ("crf", 1, 25)):
        document, identity = _document(inputs, kind)
        pages = _pages(study / "out", kind)
        name = f"{kind} of demo-101, {pages} pages"
        _words_and_pages(name, document, identity, inputs, aim_docx)
        _word_rivals(document)
        _pdfs(kind, document, identity, rounds)


def _pages(out: Path, kind: str) -> str:
    """Return how many pages the built PDF has; it takes poppler, as the tests do."""
    file = next((out / kind).rglob("en.pdf"))
    said = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    return said.partition("Pages:")[2].split()[0]


def _document(inputs: Inputs, kind: str) -> tuple[Document, Identity]:
    examined = examine(inputs)
    found: Draftable = next(one for one in examined.documents if one.kind.name == kind)
    assert examined.loaded.protocol is not None
    document = found.composed.document
    return document, identity_of(document, examined.loaded.protocol, final=True)


def _words_and_pages(name: str, document: Document, identity: Identity, inputs: Inputs, aim: int) -> None:
    reference = inputs.templates["reference.docx"]
    found = calls(
        {
            "DOCX": lambda: render_docx(document, identity, reference=reference),
            "HTML": lambda: render_html(document, identity),
            "text": lambda: render_text(document, identity),
        },
        rounds=15,
    )
    for format_, spent in found.items():
        row(f"{name}: {format_}", spent, "", f"≤ {aim} ms" if format_ == "DOCX" else "")


def _word_rivals(document: Document) -> None:
    found = calls({"python-docx": lambda: rivals.python_docx(document)}, rounds=3)
    row("– the same words by python-docx, cell by cell", found["python-docx"])
    try:
        template = rivals.docxtpl_template()
        rivals.docxtpl(document, template)
    except ImportError:
        row("– the same words by docxtpl", "not measured: docxtpl is not installed (extra `benchmark`)")
        return
    found = calls({"docxtpl": lambda: rivals.docxtpl(document, template)}, rounds=3)
    row("– the same words by docxtpl, paragraphs only", found["docxtpl"])


def _pdfs(kind: str, document: Document, identity: Identity, rounds: int) -> None:
    fonts = find_fonts()
    weasyprint = load_weasyprint(fonts)
    html = paper_html(document, identity)
    combs = rivals.with_inline_block_combs(html)
    named = {
        "ours": lambda: render_pdf(document, identity, fonts=fonts),
        "alone": lambda: rivals.weasyprint_alone(weasyprint, html),
    }
    if combs != html:
        named["combs"] = lambda: rivals.weasyprint_alone(weasyprint, combs)
    found = calls(named, rounds, warm=kind == "consent")  # a booklet takes long enough to be warm
    ours = found["ours"]
    row(f"{kind}: PDF", ours)
    aim = "≤ 1.1×" if kind == "consent" else ""
    row("– WeasyPrint alone, same HTML, variant and fonts", found["alone"], f"ours {ours / found['alone']:.2f}×", aim)
    if "combs" in found:
        row(
            "– WeasyPrint alone, combs of inline blocks", found["combs"], f"ours {ours / found['combs']:.2f}×", "≤ 0.6×"
        )


_MANY = """
import json, resource, sys, time
from pathlib import Path
from regdocs.build.examine import examine
from regdocs.build.jobs import jobs_of
from regdocs.build.order import Order
from regdocs.build.study import read_inputs
from regdocs.build.writers import Print, print_document, warm_up
study, sample = Path(sys.argv[1]), int(sys.argv[2])
clock = time.process_time
began = clock()
inputs = read_inputs(study)
examined = examine(inputs)
every = jobs_of(Order(study, study / "out"), inputs, examined, False)
jobs = [job for job in every if job.draftable.kind.name == "consent"]
composed = clock() - began
reference = inputs.templates["reference.docx"]
def make(job):
    print_document(Print(job.draftable.composed.document, job.identity, job.format, job.profile, reference))
words = [job for job in jobs if job.format != "pdf"]
began = clock()
for job in words: make(job)
printed = clock() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
warm_up()
pdfs = [job for job in jobs if job.format == "pdf"]
make(pdfs[0])
began = clock()
for job in pdfs[:sample]: make(job)
pdf = (clock() - began) / sample
errors = sum(finding.severity == "error" for finding in examined.findings)
print(json.dumps([composed, printed, len(words), pdf, len(pdfs), peak, errors]))
"""


def many_sites(folder: Path, demo: Path) -> None:
    """200 sites with two languages each: consent as DOCX and HTML, and as PDF for a few of them."""
    languages = _with_sites(folder, demo)
    said = subprocess.run([PYTHON, "-c", _MANY, str(folder), str(SAMPLE)], capture_output=True, text=True, check=True)
    composed, printed, files, pdf, pdfs, peak, errors = json.loads(said.stdout)
    assert not errors, "the study with many sites has errors"
    name = f"{SITES} sites, {languages} languages at all but one"
    row(f"{name}: read, check, compose all kinds", composed)
    row(f"{name}: {files} consent forms as DOCX and HTML", printed, f"{printed / files * 1000:.1f} ms each")
    row(f"{name}: largest process until then", f"{peak:,.0f} MB")
    row(f"{name}: PDF of consent, {SAMPLE} measured", pdf, f"{pdfs} would take {pdf * pdfs:,.0f} s")


def _with_sites(folder: Path, demo: Path) -> int:
    """Write the demonstration with its last site many times over; return how many languages its consent comes in."""
    protocol = yaml.safe_load((demo / "protocol.yaml").read_text(encoding="utf-8"))
    last = protocol["sites"][-1]
    beside = SITES - len(protocol["sites"])
    more = [{**deepcopy(last), "id": f"{last['id']}-{n}", "name": f"{last['name']} {n}"} for n in range(beside)]
    for site in more:
        for wording in site.get("wording", ()):
            wording["id"] = wording["id"].replace(last["id"], site["id"], 1)
    protocol["sites"] += more
    for listed in _lists_of_sites(protocol):
        listed.extend(site["id"] for site in more if last["id"] in listed)
    shutil.copytree(demo, folder, ignore=shutil.ignore_patterns("out", ".regdocs", ".out.lock"))
    text = yaml.safe_dump(protocol, sort_keys=False, allow_unicode=True, width=10_000)
    text = re.sub(r"^( +)true: ", r"\1on: ", text, flags=re.MULTILINE)  # PyYAML reads the key `on` as true
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    translated = (folder / "translations").glob("*/consent.yaml")
    return 1 + sum(file.parent.name in last["languages"] for file in translated)


def _lists_of_sites(node: object) -> Iterator[list[str]]:
    """Give each list of the ids of sites."""
    for key, value in node.items() if isinstance(node, dict) else ():
        if key == "sites" and isinstance(value, list) and all(isinstance(one, str) for one in value):
            yield value
        yield from _lists_of_sites(value)
    for value in node if isinstance(node, list) else ():
        yield from _lists_of_sites(value)


if __name__ == "__main__":
    main()
