"""Free text -> what FHIR R4 accepts: clean strings, and XHTML narratives with everything escaped.

Names and descriptions come from people and from the EHR; they may hold markup, control characters or be very long.
Nothing here interprets them: unprintable characters become U+FFFD, markup is shown as typed.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from smartapp.fhir.walk import XHTML

LIMIT = 1_000_000  # bytes; R4 datatypes: "Strings SHALL NOT exceed 1MB in size"
NARRATIVE_LINE = 2_000  # characters of one narrative line; the full text stays in its element
CUT = " … [text cut]"
# Outside XML 1.0 Char, or a C0/C1/DEL control other than tab, line feed and carriage return.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# R4 string is [ \r\n\t\S]+: every other kind of white space (no-break space, line separator ...) becomes a space.
_OTHER_SPACE = re.compile(r"[^\S \r\n\t]")


def fhir_string(text: str) -> str:
    """One R4 ``string``: trimmed, without control characters, at most 1 MB; empty if nothing is left."""
    kept = _UNPRINTABLE.sub("\ufffd", _OTHER_SPACE.sub(" ", text)).strip()
    if len(kept) * 4 <= LIMIT or len(kept.encode()) <= LIMIT:
        return kept
    return kept.encode()[: LIMIT - len(CUT.encode())].decode(errors="ignore").rstrip() + CUT


def line(text: str) -> str:
    """One line of plain text, shortened for the narrative."""
    kept = " ".join(fhir_string(text).split())
    return kept if len(kept) <= NARRATIVE_LINE else kept[:NARRATIVE_LINE] + CUT


def narrative(sections: Iterable[tuple[str, Sequence[str]]], status: str = "generated") -> dict[str, str]:
    """R4 Narrative of titled lists, as (title, lines); empty sections are left out."""
    body = "".join(_section(line(title), [line(item) for item in items]) for title, items in sections)
    return {"status": status, "div": f'<div xmlns="{XHTML}">{body or "<p>No content</p>"}</div>'}


def _section(title: str, items: Sequence[str]) -> str:
    rows = "".join(f"<li>{escape(item, quote=True)}</li>" for item in items if item)
    return f"<p><b>{escape(title, quote=True)}</b></p><ul>{rows}</ul>" if rows else ""
