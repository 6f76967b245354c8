"""One HTML page that staff mail around: it holds everything it needs and may load nothing.

No script, no address, its one style sheet named by digest. It has no date: the same contents give the same bytes.
"""

import base64
import hashlib
from html import escape

from regdocs.cli.say import harmless

INVENTED = '<p class="mark">FICTIONAL DEMONSTRATION – NOT A REAL STUDY</p>\n'


def page(title: str, body: str, style: str, language: str = "en") -> str:
    """Return a page; `body` is markup, `title` words."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = (
        f'<!DOCTYPE html>\n<html lang="{words(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{words(title)}</title>\n<style>{style}</style>\n</head>\n"
    )
    return f"{head}<body>\n<main>\n{body}</main>\n</body>\n</html>\n"


def words(text: str) -> str:
    """Return words so that a browser shows them and obeys none of them."""
    return escape(harmless(text))
