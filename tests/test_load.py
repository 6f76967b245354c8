"""Large studies end in good time and memory; hostile text is shown as it is or told, and reaches nothing.

Each load case runs in a process of its own and may use 60 seconds of processor and 1 GB. Processor time is what is
limited, so that a busy machine is no failure; by the clock a case may take four times as long before it is ended.
"""

import json
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from regdocs.build.examine import Examined, examine
from regdocs.build.jobs import jobs_of
from regdocs.build.order import Order
from regdocs.build.study import Inputs, read_inputs
from regdocs.build.writers import Print, print_document
from regdocs.finding import has_errors
from regdocs.rules.check import check_protocol
from regdocs.spec.load import load
from tests.rules.cases import MINIMAL

pytestmark = pytest.mark.slow

SECONDS, FACTOR, MEGABYTES = 60, 4, 1024

# What a build does before it writes, for the formats asked for; tells what it cost.
_CHILD = """
import json, resource, sys
from pathlib import Path
from regdocs.build.examine import examine
from regdocs.build.jobs import jobs_of
from regdocs.build.order import Order
from regdocs.build.study import read_inputs
from regdocs.build.writers import Print, print_document
study, wanted = Path(sys.argv[1]), sys.argv[2].split(",")
inputs = read_inputs(study)
examined = examine(inputs)
made = {}
if examined.documents:
    for job in jobs_of(Order(study, study / "out"), inputs, examined, no_pdf=False):
        if job.format in wanted or job.path in wanted:
            document = job.draftable.composed.document
            printed = Print(document, job.identity, job.format, job.profile, inputs.templates["reference.docx"])
            made[job.path] = len(print_document(printed))
used = resource.getrusage(resource.RUSAGE_SELF)
told = [[finding.rule, finding.severity.value] for finding in examined.findings]
# Not ru_maxrss where it can be helped: Linux lets a process begin with the peak of the one that started it.
status = Path("/proc/self/status")
peak = status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else used.ru_maxrss
cost = {"cpu": used.ru_utime + used.ru_stime, "peak": int(peak) // 1024}
print(json.dumps({"made": made, "findings": told, **cost}))
"""


def study() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(MINIMAL)
    return found


def written(folder: Path, protocol: dict[str, Any]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(protocol, sort_keys=False, allow_unicode=True, width=10_000)
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return folder


def made(folder: Path, formats: str) -> dict[str, Any]:
    """Make the documents in a process of its own, and hold it to its limits."""
    call = [sys.executable, "-c", _CHILD, str(folder), formats]
    said = subprocess.run(call, capture_output=True, text=True, check=True, timeout=SECONDS * FACTOR)
    told: dict[str, Any] = json.loads(said.stdout)
    assert told["cpu"] < SECONDS and told["peak"] < MEGABYTES, told
    return told


def errors(told: dict[str, Any]) -> set[str]:
    return {rule for rule, severity in told["findings"] if severity == "error"}


# ------------------------------------------------------------------------------------------------------------- load


def test_400_criteria(tmp_path: Path) -> None:
    protocol = study()
    protocol["eligibility"] += [
        {"id": f"{side[0].upper()}{n:03}", "category": side, "text": f"Condition {n}, for more than {n} days"}
        for side in ("inclusion", "exclusion")
        for n in range(2, 201)
    ]
    protocol["eligibility"].sort(key=lambda criterion: criterion["category"] != "inclusion")
    told = made(written(tmp_path, protocol), "docx,html,txt,eligibility/en.pdf")
    assert "eligibility/en.pdf" in told["made"] and errors(told) == set()


def test_200_activities_at_60_visits(tmp_path: Path) -> None:
    protocol = study()
    protocol["encounters"] += [
        {"id": f"day-{n}", "label": f"Day {n}", "epoch": "follow-up", "day": n, "mode": "visit"} for n in range(40, 97)
    ]
    visits = [encounter["id"] for encounter in protocol["encounters"]]
    for n in range(196):
        activity = {"id": f"activity-{n}", "name": f"Examination number {n}", "procedures": ["questions"]}
        at = [visit for place, visit in enumerate(visits) if (place + n) % 3 == 0]
        protocol["activities"].append(activity)
        protocol["schedule"]["rows"].append({"id": f"row-{n}", "activity": activity["id"], "at": at})
    told = made(written(tmp_path, protocol), "docx,html,txt,schedule/en.pdf")
    assert "schedule/en.pdf" in told["made"] and errors(told) == set()


def test_300_sites(tmp_path: Path) -> None:
    protocol = study()
    first = protocol["sites"][0]
    protocol["sites"] += [
        {**deepcopy(first), "id": f"site-{n}", "name": f"Hospital {n} (fictional)"} for n in range(2, 301)
    ]
    protocol["oversight"][0]["sites"] = [site["id"] for site in protocol["sites"]]
    told = made(written(tmp_path, protocol), "docx,html")
    assert sum(path.startswith("consent/") for path in told["made"]) == 600 and errors(told) == set()


def test_60_000_words_in_one_section_of_consent(tmp_path: Path) -> None:
    protocol = study()
    sentence = "You may ask the study doctor what each of these words means before you decide. "
    protocol["consent"]["responsibilities"] = [sentence * 133 for _ in range(31)]  # 15 words, 31 points
    told = made(written(tmp_path, protocol), "docx,html,consent/example-hospital/en.pdf")
    assert "consent/example-hospital/en.pdf" in told["made"] and errors(told) == set()


def test_60_000_words_in_one_value_are_a_finding(tmp_path: Path) -> None:
    protocol = study()
    protocol["consent"]["background"] = "You may ask what this means. " * 10_000
    assert errors(made(written(tmp_path, protocol), "docx,html")) == {"YAML-021"}


# ---------------------------------------------------------------------------------------------------------- naughty

# Name → words, and the rule that tells them where they cannot be printed.
NAUGHTY: dict[str, tuple[str, str | None]] = {
    "HTML": ("<script>alert(1)</script> <img src=x onerror=alert(2)> &lt; &amp; ]]> <!-- x", None),
    "a closed attribute": ('"\'><b onmouseover="x">\'', None),
    "WordprocessingML": ("</w:t></w:r></w:p><w:p><w:r><w:t>new</w:t></w:r></w:p> <w:br/>", None),
    "a field of Word": ('{ INCLUDETEXT "x" } { HYPERLINK "x" }', None),
    "Jinja": ("{{ 7 * 7 }} {% for x in y %} {# none #} {{ view.__class__ }}", None),
    "our own markup": ("<value paths='/x' state='known'>x</value></p></section>", None),
    "CSS": ("</style> } body { display: none } @import 'x'; \\22 content: url(x)", None),
    "formatting": ("%s %n %(x)s {0.__class__} ${x} `x` $(x)", None),
    "invisible marks": ("zero\u200bwidth and soft\u00adhyphen and joined\u2060words", None),
    "combining marks": ("Nguye\u0302\u0303n Va\u0306n A", "any"),
    "a long word": ("W" * 300, None),
    "the longest word": ("W" * 900, None),
    "a longer word": ("W" * 1_100, "YAML-021"),
    "emoji": ("happy 😀 patients 👩‍⚕️", "FONT-001"),
    "Arabic": ("موافقة المريض", "FONT-001"),
    "a turned direction": ("file \u202etxt.exe", "any"),
    "a control character": ("bell \u0007 here", "any"),
}


@pytest.fixture(scope="module")
def free_text() -> tuple[tuple[str | int, ...], ...]:
    """The places of the smallest study whose words are free: any others give no error."""
    return tuple(path for path in leaves(study()) if not _refused(filled((path,), "Some other words")))


def leaves(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, str):
        yield path
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in parts:
        yield from leaves(inner, (*path, key))


def filled(paths: tuple[tuple[str | int, ...], ...], words: str) -> dict[str, Any]:
    protocol = study()
    for *above, last in paths:
        node: Any = protocol
        for key in above:
            node = node[key]
        node[last] = words
    return protocol


def _refused(protocol: dict[str, Any]) -> bool:
    loaded = load(yaml.safe_dump(protocol, sort_keys=False).encode())
    return has_errors((*loaded.findings, *check_protocol(loaded)))


def examined_with(protocol: dict[str, Any], folder: Path) -> tuple[Inputs, Examined]:
    inputs = read_inputs(written(folder, protocol))
    return inputs, examine(inputs)


def printed(inputs: Inputs, examined: Examined, folder: Path, pdfs: tuple[str, ...] = ()) -> dict[str, bytes]:
    jobs = jobs_of(Order(folder, folder / "out"), inputs, examined, no_pdf=False)
    reference = inputs.templates["reference.docx"]
    return {
        job.path: print_document(
            Print(job.draftable.composed.document, job.identity, job.format, job.profile, reference)
        )
        for job in jobs
        if job.format != "pdf" or job.path in pdfs
    }


def test_most_fields_are_free_text(free_text: tuple[tuple[str | int, ...], ...]) -> None:
    assert len(free_text) > 90
    assert ("consent", "purpose") in free_text and ("sites", 0, "name") in free_text


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.full if case == "the longest word" else ()) for case in NAUGHTY]
)
def test_naughty_words_in_every_field_are_shown_as_they_are_or_told(
    case: str, free_text: tuple[tuple[str | int, ...], ...], tmp_path: Path
) -> None:
    words, rule = NAUGHTY[case]
    inputs, examined = examined_with(filled(free_text, words), tmp_path)
    found = {finding.rule for finding in examined.findings if finding.severity.value == "error"}
    if rule is not None:
        assert found and rule in {"any", *found}
        return
    assert found == set()
    consent = "consent/example-hospital/en.pdf"
    files = printed(inputs, examined, tmp_path, (consent,))
    for path, data in files.items():
        shown = _plain(_words_of(path, data, tmp_path))
        assert _plain(words) in shown, f"{path}: {case} cannot be read"
        if path.endswith(".html"):
            assert not re.search(rb"<(script|img|b onmouseover)", data)


def _plain(text: str) -> str:
    """Leave out what breaks lines and joins letters: a line may end anywhere in a long word."""
    kept = re.sub(r"[\s\u200b\u00ad\u2060-]", "", text)
    return kept.replace("\u00a0", "")


def _words_of(path: str, data: bytes, folder: Path) -> str:
    if path.endswith(".docx"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            tree = etree.fromstring(package.read("word/document.xml"))
        return "".join(map(str, tree.itertext("{*}t")))
    if path.endswith(".pdf"):
        (folder / "one.pdf").write_bytes(data)
        call = ["pdftotext", "-raw", "-enc", "UTF-8", str(folder / "one.pdf"), "-"]
        return subprocess.run(call, capture_output=True, check=True).stdout.decode()
    if path.endswith(".html"):
        reader = _Text()
        reader.feed(data.decode())
        return reader.words
    return data.decode()


class _Text(HTMLParser):
    """What a page says; what stands in elements that show nothing is left out."""

    words = ""
    _hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden = tag in ("style", "script", "title")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._hidden else data


# ---------------------------------------------------------------------------------------------------------- canaries


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and every request that was made of it."""
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    listening = HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_no_file_outside_is_read_and_no_address_asked(
    server: tuple[str, list[str]], free_text: tuple[tuple[str | int, ...], ...], tmp_path: Path
) -> None:
    address, asked = server
    canary = tmp_path / "canary.txt"
    canary.write_text("the canary sings", encoding="utf-8")
    words = (
        f"<img src='{address}/img'> <link rel=stylesheet href='{address}/css'> url({address}/url) "
        f"@import '{address}/import'; <a rel=attachment href='file://{canary}'> {{% include '{canary}' %}} "
        f'<!DOCTYPE x [<!ENTITY y SYSTEM "{address}/entity">]> &y; ![x]({address}/md) {address}/bare'
    )
    folder = tmp_path / "study"
    inputs, examined = examined_with(filled(free_text, words), folder)
    assert not has_errors(examined.findings)
    pdfs = ("consent/example-hospital/en.pdf", "schedule/en.pdf", "eligibility/en.pdf")
    files = printed(inputs, examined, folder, pdfs)
    assert set(pdfs) < set(files)
    assert asked == []
    assert [path for path, data in files.items() if b"canary sings" in data] == []


def test_template_that_asks_for_files_and_addresses_gets_none(server: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = server
    (tmp_path / "canary.xml").write_text("<p id='x'>the canary sings</p>", encoding="utf-8")
    folder = written(tmp_path / "study", study())
    own = folder / "templates/schedule"
    own.mkdir(parents=True)
    for line in (
        f"{{% include '{tmp_path}/canary.xml' %}}",
        "{% include '../../../canary.xml' %}",
        f"{{% import '{address}/part.xml' as x %}}",
        f"<img src='{address}/img'/>",
        f"<?xml-stylesheet href='{address}/css'?>",
    ):
        (own / "schedule.xml").write_text(f"<document title='t' subject='s'>\n{line}\n</document>", encoding="utf-8")
        told = [f for f in examine(read_inputs(folder)).findings if f.severity.value == "error"]
        assert {(f.rule, f.file) for f in told} == {("TPL-001", "templates/schedule/schedule.xml")}
        assert 2 in [f.position.line for f in told]
    assert asked == []


def test_link_to_a_file_outside_is_refused(tmp_path: Path) -> None:
    from regdocs.errors import Refusal

    (tmp_path / "canary.xml").write_text("the canary sings", encoding="utf-8")
    folder = written(tmp_path / "study", study())
    (folder / "templates/schedule").mkdir(parents=True)
    (folder / "templates/schedule/schedule.xml").symlink_to(tmp_path / "canary.xml")
    with pytest.raises(Refusal, match="outside"):
        read_inputs(folder)


def test_template_that_loops_over_the_study_without_end_is_told_with_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "study", study())
    own = folder / "templates/schedule"
    own.mkdir(parents=True)
    loops = "{% for row in view.rows %}" * 18
    text = f"<document title='t' subject='s'>\n\n{loops}{'{% endfor %}' * 18}</document>"
    (own / "schedule.xml").write_text(text, encoding="utf-8")
    told = made(folder, "html")
    assert errors(told) == {"TPL-001"}
    (found,) = [f for f in examine(read_inputs(folder)).findings if f.severity.value == "error"]
    assert (found.file, found.position.line) == ("templates/schedule/schedule.xml", 3)
    assert "goes on without end" in found.message
