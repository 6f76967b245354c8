"""A small study to build: complete, with two sites, and templates of its own that print a line or two."""

from pathlib import Path
from typing import Any

from regdocs.build.order import Order
from regdocs.build.run import Built, build

REPOSITORY = Path(__file__).resolve().parents[2]
KINDS = ("consent", "eligibility", "crf", "schedule", "registry")

_MINIMAL = (REPOSITORY / "tests/rules/minimal.yaml").read_text(encoding="utf-8")
_SITE = """\
  - id: second-hospital
    name: Second Hospital (fictional)
    city: Example City
    country: VN
    investigator:
      name: Dr Second (fictional)
    emergency_telephone: 000 009 (fictional)
    languages:
      - en
"""
_BODY = "    sites:\n      - example-hospital\n"
_OF_SECOND = "      - second-hospital\n"
SHORT = "    short: Examplin\n"
TODO = '    short: "TODO: the short title; ask the sponsor"\n'
ASSUMED = """\
    short:
      value: Examplin
      assumption: nobody has chosen a short title
      ask: the sponsor
"""

_TEMPLATE = """\
<document title="A small document" subject="Something to build">
<section id="{kind}.main">
<h1 id="{kind}.title">{kind}</h1>
<p id="{kind}.study">{{{{ view.study.short_title }}}} of {{{{ view.study.protocol_number }}}}</p>
</section>
</document>
"""

# What the small study comes to: every kind in its formats, consent for each of the two sites.
PATHS = {
    *(
        f"consent/{site}/en.{end}"
        for site in ("example-hospital", "second-hospital")
        for end in ("pdf", "docx", "html")
    ),
    *(f"{kind}/en.{end}" for kind in KINDS[1:] for end in ("pdf", "docx", "html")),
    "registry/en.txt",
}


def protocol(*changes: tuple[str, str]) -> str:
    """Return the protocol of the small study with each first text replaced by the second; each stands once."""
    text = _MINIMAL.replace("\nsites:\n", f"\nsites:\n{_SITE}", 1).replace(_BODY, _BODY + _OF_SECOND, 1)
    for before, after in changes:
        assert text.count(before) == 1, f"stands {text.count(before)} times, not once: {before!r}"
        text = text.replace(before, after)
    return text


WITHOUT_SECOND_SITE = ((_SITE, ""), (_OF_SECOND, ""))


def without_second_site(folder: Path) -> None:
    change(folder, *WITHOUT_SECOND_SITE)


def write_study(folder: Path) -> Path:
    """Write the small study and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "protocol.yaml").write_text(protocol(), encoding="utf-8")
    for kind in KINDS:
        write_template(folder, kind, _TEMPLATE.format(kind=kind))
    return folder


def write_template(folder: Path, kind: str, text: str) -> None:
    path = folder / "templates" / kind / f"{kind}.xml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(folder: Path, *changes: tuple[str, str]) -> None:
    (folder / "protocol.yaml").write_text(protocol(*changes), encoding="utf-8")


def build_study(folder: Path, **asked: object) -> Built:
    return build(order(folder, **asked))


def order(folder: Path, **asked: Any) -> Order:
    return Order(**{"study": folder, "out": folder / "out", **asked})


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path, links by what they say."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = b"-> " + str(path.readlink()).encode()
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
