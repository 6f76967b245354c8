"""A page as headless Chromium leaves it: opened from file://, with a profile of its own, no network."""

import base64
import hashlib
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
_BUDGET = "--virtual-time-budget=10000"


def browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class Opened:
    """The page after its script ran."""

    dom: str

    @property
    def checked(self) -> str | None:
        """What the page found: "held", "faults", "unread"; None when its script did not run to its end."""
        found = re.search(r'<html[^>]* data-checked="(\w+)"', self.dom)
        return found[1] if found else None

    def markup(self, element: str) -> str:
        """What stands in the element with an id."""
        document: Any = html.document_fromstring(self.dom)
        return str(html.tostring(document.get_element_by_id(element), encoding="unicode"))

    def words(self, element: str) -> str:
        """The words of the element with an id."""
        found: Any = html.fromstring(self.markup(element))
        return " ".join(found.text_content().split())


def opened(page: str, folder: Path) -> Opened:
    """Open a page. A script of a test is given with `with_script`."""
    file = folder / "page.html"
    file.write_bytes(page.encode("utf-8"))
    with tempfile.TemporaryDirectory(dir=folder) as profile:
        command = [str(browser()), *_QUIET, _BUDGET, f"--user-data-dir={profile}", "--dump-dom", file.as_uri()]
        done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Opened(done.stdout.decode("utf-8"))


def with_script(page: str, script: str) -> str:
    """The page with another script before its own, which its policy lets in by digest."""
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    allowed = page.replace("script-src &#39;", f"script-src 'sha256-{digest}' '", 1)
    assert allowed != page
    place = '<script type="application/json"'
    return allowed.replace(place, f"<script>{script}</script>\n{place}", 1)


def drop(name: str, data: bytes) -> str:
    """A script that drops a file on the page when it has checked itself."""
    text = base64.b64encode(data).decode("ascii")
    return (
        'document.addEventListener("regdocs-checked", () => {'
        f'const bytes = Uint8Array.from(atob("{text}"), (one) => one.charCodeAt(0));'
        "const carried = new DataTransfer();"
        f'carried.items.add(new File([bytes], "{name}"));'
        'document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));'
        "});"
    )


def give(text: str) -> str:
    """A script that pastes a text from outside and compares it."""
    data = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return (
        'document.addEventListener("regdocs-checked", () => {'
        f'const bytes = Uint8Array.from(atob("{data}"), (one) => one.charCodeAt(0));'
        'document.getElementById("given").value = new TextDecoder().decode(bytes);'
        'document.getElementById("outside").requestSubmit();'
        "});"
    )
