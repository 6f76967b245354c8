"""A program by itself, for a Python that has UNO: edits Word files in LibreOffice as a person does, and saves them.

    python3 libreoffice_editor.py < requests.json

Each request is `{"path": …, "to": …, "steps": [step, …]}`; a step is `{"replace": old, "by": new, "track": bool}`,
`{"delete": words in a paragraph, "track": bool}`, `{"comment": words, "says": …}`, or `{"after": words, "add": words}`.
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


def main():
    requests = json.load(sys.stdin)
    with tempfile.TemporaryDirectory(prefix="office-") as profile:
        pipe = Path(profile).name
        where = f"-env:UserInstallation={Path(profile).as_uri()}"
        listen = f"--accept=pipe,name={pipe};urp"
        command = ["soffice", where, "--headless", "--norestore", "--nologo", listen]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            services = connect(pipe)
            desktop = services.createInstance("com.sun.star.frame.Desktop")
            name_author(services)
            for request in requests:
                edit(desktop, request)
            desktop.terminate()
        finally:
            try:
                office.wait(20)
            except subprocess.TimeoutExpired:
                office.kill()
                office.wait()


def connect(pipe):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ServiceManager")
        except NoConnectException:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def name_author(services):
    provider = services.createInstance("com.sun.star.configuration.ConfigurationProvider")
    node = PropertyValue(Name="nodepath", Value="/org.openoffice.UserProfile/Data")
    access = "com.sun.star.configuration.ConfigurationUpdateAccess"
    settings = provider.createInstanceWithArguments(access, (node,))
    settings.givenname, settings.sn = "Board", "Member"
    settings.commitChanges()


def edit(desktop, request):
    hidden = PropertyValue(Name="Hidden", Value=True)
    word = desktop.loadComponentFromURL(Path(request["path"]).as_uri(), "_blank", 0, (hidden,))
    try:
        for step in request["steps"]:
            word.RecordChanges = bool(step.get("track"))
            take(word, step)
        word.RecordChanges = False
        form = PropertyValue(Name="FilterName", Value="MS Word 2007 XML")
        word.storeToURL(Path(request["to"]).as_uri(), (form,))
    finally:
        word.close(True)


def take(word, step):
    if "replace" in step:
        found(word, step["replace"]).String = step["by"]
    elif "delete" in step:
        delete(found(word, step["delete"]))
    elif "comment" in step:
        remark = word.createInstance("com.sun.star.text.textfield.Annotation")
        remark.Content, remark.Author = step["says"], "Board Member"
        place = found(word, step["comment"])
        place.Text.insertTextContent(place, remark, True)
    else:
        cursor = paragraph(found(word, step["after"]))
        cursor.collapseToEnd()
        cursor.Text.insertControlCharacter(cursor, 0, False)
        cursor.Text.insertString(cursor, step["add"], False)


def delete(place):
    """Delete a paragraph with its end, as somebody does who selects it from its first letter to the next one's."""
    cursor = paragraph(place)
    cursor.goRight(1, True)
    cursor.String = ""


def paragraph(place):
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    return cursor


def found(word, text):
    search = word.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = text, True
    place = word.findFirst(search)
    if place is None:
        raise SystemExit(f"not found: {text}")
    return place


if __name__ == "__main__":
    main()
