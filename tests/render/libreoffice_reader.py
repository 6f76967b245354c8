"""A program by itself, for a Python that has UNO: what LibreOffice makes of Word files, as JSON on standard output.

    python3 libreoffice_reader.py < requests.json

Each request is `{"path": …, "then": "accept" | "reject" | ""}`; each answer has the tracked changes as they were when
the file was opened, and the text after all of them were accepted or rejected: paragraphs as `[style, words]`, tables as
`{"rows": [[cell, …], …]}` with the same inside each cell. One office is started, for all requests, and ended again.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOLDERS = {TEXT + name for name in ("list", "list-item", "list-header", "section", "table-of-content", "index-body")}
SIGNS = {TEXT + "s": " ", TEXT + "tab": "\t", TEXT + "line-break": "\n"}
COMMANDS = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def main():
    requests = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="office-") as profile:
        pipe = Path(profile).name
        office = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                f"--accept=pipe,name={pipe};urp",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            services = connect(pipe)
            desktop = services.createInstance("com.sun.star.frame.Desktop")
            dispatcher = services.createInstance("com.sun.star.frame.DispatchHelper")
            answers = [answer(desktop, dispatcher, request, Path(profile)) for request in requests]
            desktop.terminate()
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.kill()
                office.wait()
    json.dump(answers, sys.stdout)


def connect(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ServiceManager")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def answer(desktop, dispatcher, request, folder):
    hidden = PropertyValue(Name="Hidden", Value=True)
    word = desktop.loadComponentFromURL(Path(request["path"]).as_uri(), "_blank", 0, (hidden,))
    try:
        changes = [change(one) for one in members(word.Redlines)]
        if request["then"]:
            dispatcher.executeDispatch(word.CurrentController.Frame, COMMANDS[request["then"]], "", 0, ())
        left = len(list(members(word.Redlines)))
        return {"changes": changes, "left": left, "text": text_of(saved(word, folder))}
    finally:
        word.close(False)


def change(one):
    date = one.RedlineDateTime
    at = f"{date.Year:04}-{date.Month:02}-{date.Day:02}T{date.Hours:02}:{date.Minutes:02}:{date.Seconds:02}Z"
    return {"kind": one.RedlineType, "author": one.RedlineAuthor, "at": at}


def members(container):
    found = container.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def saved(word, folder):
    """Return the document as LibreOffice writes it: asking for each paragraph over its API takes ten times as long."""
    place = folder / "saved.fodt"
    flat = PropertyValue(Name="FilterName", Value="OpenDocument Text Flat XML")
    word.storeToURL(place.as_uri(), (flat,))
    return ElementTree.parse(place).getroot()


def text_of(root):
    styles = {
        one.get(STYLE + "name"): one.get(STYLE + "parent-style-name")
        for one in root.iterfind(f"{OFFICE}automatic-styles/{STYLE}style")
    }
    return list(parts(root.find(f"{OFFICE}body/{OFFICE}text"), styles))


def parts(holder, styles):
    for one in holder:
        if one.tag in (TEXT + "p", TEXT + "h"):
            style = one.get(TEXT + "style-name")
            yield [styles.get(style, style), "".join(words(one))]
        elif one.tag == TABLE + "table":
            yield {
                "rows": [
                    [list(parts(cell, styles)) for cell in row.iterfind(TABLE + "table-cell")] for row in rows(one)
                ]
            }
        elif one.tag in HOLDERS:
            yield from parts(one, styles)


def rows(table):
    for one in table:
        if one.tag == TABLE + "table-row":
            yield one
        elif one.tag in (TABLE + "table-header-rows", TABLE + "table-rows"):
            yield from rows(one)


def cells(row):
    return row.iterfind(TABLE + "table-cell")


def words(element):
    """Yield the words of a paragraph; what hangs on it, such as a footnote's text or a frame, is no word of it."""
    yield element.text or ""
    for one in element:
        if one.tag in SIGNS:
            yield SIGNS[one.tag] * int(one.get(TEXT + "c", "1"))
        elif one.tag == TEXT + "note":
            yield from words(one.find(TEXT + "note-citation"))
        elif one.tag.startswith(TEXT):
            yield from words(one)
        yield one.tail or ""


if __name__ == "__main__":
    main()
