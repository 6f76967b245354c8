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

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

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
            answers = [answer(desktop, dispatcher, request) for request in requests]
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


def answer(desktop, dispatcher, request):
    hidden = PropertyValue(Name="Hidden", Value=True)
    word = desktop.loadComponentFromURL(Path(request["path"]).as_uri(), "_blank", 0, (hidden,))
    try:
        changes = [change(one) for one in members(word.Redlines)]
        if request["then"]:
            dispatcher.executeDispatch(word.CurrentController.Frame, COMMANDS[request["then"]], "", 0, ())
        left = len(list(members(word.Redlines)))
        return {"changes": changes, "left": left, "text": text_of(word.Text)}
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


def text_of(text):
    return [part_of(part) for part in members(text)]


def part_of(part):
    if not part.supportsService("com.sun.star.text.TextTable"):
        return [part.ParaStyleName, part.String]
    rows: dict[int, list] = {}
    for name in part.CellNames:
        row = int("".join(letter for letter in name.split(".")[-1] if letter.isdigit()))
        rows.setdefault(row if "." not in name else 0, []).append(text_of(part.getCellByName(name)))
    return {"rows": [rows[row] for row in sorted(rows)]}


if __name__ == "__main__":
    main()
