"""Which names Windows takes for a file or a folder. What it takes, the other systems take too."""

import unicodedata

RESERVED = frozenset('<>:"/\\|?*')
MAX_UNITS = 255  # UTF-16 units on NTFS
MAX_BYTES = 255  # of UTF-8 on the disks of Linux

_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))


def why_not_a_name(name: str) -> str | None:
    """Return why a file or folder cannot be called this on every system, or None where it can."""
    reserved = sorted({one for one in name if one in RESERVED})
    if reserved:
        return f"it has {' '.join(reserved)}"
    if any(unicodedata.category(one).startswith("C") for one in name):
        return "it has a character that is not seen"
    if not name.strip(" ."):
        return "it is empty but for spaces and dots"
    if name != name.strip(" ") or name.endswith("."):
        return "it begins or ends with a space, or ends with a dot"
    if is_device(name):
        return "Windows keeps it for a device"
    return "it is too long" if units(name) > MAX_UNITS or len(name.encode()) > MAX_BYTES else None


def is_device(name: str) -> bool:
    """Tell whether Windows takes the name for a device, as it does with any ending: CON, con.pdf."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES


def units(name: str) -> int:
    """Return the length of a name as Windows counts it, in UTF-16 units."""
    return len(name.encode("utf-16-le")) // 2


def folded(name: str) -> str:
    """Return what a disk that takes capital letters for small ones compares."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
