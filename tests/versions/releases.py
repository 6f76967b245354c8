"""Recorded versions of the small study, with a demonstration's keys."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from regdocs.audit.key_files import demonstration_signer
from regdocs.documents.amendment_kinds import AMENDMENT_KINDS
from regdocs.versions.amendment_preparation import prepare_amendment
from regdocs.versions.logbook import Logbook
from regdocs.versions.preparation import Asked, Prepared, prepare_release
from regdocs.versions.printed import Printer
from regdocs.versions.record import Done, Hands, record
from tests.build.studies import KINDS, change, write_study, write_template
from tests.versions.declaring import declare, declared
from tests.versions.logs import JANE, acting, begin_log, opened
from tests.versions.remembering import RememberingPrinter

RELEASED_AT, AMENDED_AT = "2026-03-02T09:00:00Z", "2026-06-01T09:00:00Z"
SECOND = (('version: "1.0"', 'version: "2.0"'), ("date: 2026-01-15", "date: 2026-05-20"))
MORE = ("    count: 20\n    type: estimated", "    count: 24\n    type: estimated")
PRINTER = Printer(2, clock=time.monotonic)
REMEMBERING = RememberingPrinter(2, clock=time.monotonic)
RELEASE = Asked("1.0")
AMENDMENT = Asked("2.0", reason="the safety board asked for more", on="2026-05-30")

# What goes with each amendment, beside the documents of the study; nobody of this one gets an addendum or a letter.
ABOUT = {"summary-of-changes", "investigator-notice", "cover-text"}

_TEMPLATE = """\
<document title="A small document" subject="Something to release">
<furniture><footer><start>Version <identity field="version"/>, <identity field="date"/></start></footer></furniture>
<section id="{kind}.main">
<h1 id="{kind}.title">{kind}</h1>
<p id="{kind}.study">{{{{ view.study.short_title }}}} of {{{{ view.study.protocol_number }}}}{more}</p>
</section>
</document>
"""


def template(kind: str, more: str = "") -> str:
    """The template of a kind; every page shows the document's own version and date."""
    return _TEMPLATE.format(kind=kind, more=more)


def complete_study(folder: Path) -> Path:
    """The small study, nothing of it open, with a log that Jane has begun."""
    write_study(folder)
    for kind in (*KINDS, *(one.name for one in AMENDMENT_KINDS)):
        write_template(folder, kind, template(kind))
    begin_log(folder)
    return folder


def hands(logbook: Logbook, at: str = RELEASED_AT, person: str = JANE, printer: Printer = REMEMBERING) -> Hands:
    actor = acting(logbook, person, "principal-investigator")
    return Hands(actor, demonstration_signer(logbook.origin), lambda: at, printer)


def carry_out(prepared: Prepared, at: str = RELEASED_AT, printer: Printer = REMEMBERING) -> Done:
    return record(prepared, hands(prepared.logbook, at, printer=printer))


def release(study: Path, asked: Asked = RELEASE, printer: Printer = REMEMBERING) -> Done:
    return carry_out(prepare_release(study, asked), printer=printer)


def edit_for_amendment(study: Path, *changes: tuple[str, str]) -> None:
    """Make the working copy version 2.0: another count, which no template here prints, and a word more in the CRF.

    Both are declared in amendment.yaml.
    """
    change(study, *SECOND, MORE, *changes)
    write_template(study, "crf", template("crf", " once more"))
    declare(study)


def amend(study: Path, asked: Asked = AMENDMENT) -> Done:
    return carry_out(prepared(study, asked), AMENDED_AT)


def prepared(study: Path, asked: Asked = AMENDMENT) -> Prepared:
    """The amendment that the working copy makes, ready to be recorded, with what a person would declare of it."""
    return prepare_amendment(study, replace(asked, declaration=asked.declaration or declared(study)))


def clean_files(study: Path, version: str) -> dict[str, bytes]:
    folder = study / "issued" / version / "clean"
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def of_the_study(paths: Iterable[str]) -> set[str]:
    """Those of the paths that are documents of the study, not of an amendment."""
    return {path for path in paths if path.partition("/")[0] not in ABOUT}


def kinds_of_entries(study: Path) -> list[str]:
    return [entry["do"] for entry in opened(study).entries()]
