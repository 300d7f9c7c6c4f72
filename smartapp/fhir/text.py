"""Text of a record, whatever its origin -> one clean line: no markup, no control characters, bounded."""

import html
import re

LONGEST_TEXT = 300  # characters shown of any text of the record; ours

_MARKUP = re.compile(r"<(?:[^<>]{0,2000})>")
_RTF_GROUP = re.compile(r"\{\\(?:fonttbl|colortbl|stylesheet|info|\*)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_RTF_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_WORD = re.compile(r"\\[a-zA-Z]+-?\d* ?|[{}]|\\[^a-zA-Z]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
# Everything a writer may put for a minus sign before a number: true minus, dashes, small and full-width hyphens.
_MINUS = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=\s?\d)", re.ASCII)
_NEEDS_CLEANING = re.compile(
    r"[<{&\x00-\x1f\x7f-\x9f\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\u2212\ufe58\ufe63\ufeff\uff0d]|\s\s|^\s|\s$"
)


def clean(raw: str, longest: int = LONGEST_TEXT) -> str:
    """RTF and HTML to plain text, control and direction characters out, white space to single blanks, bounded."""
    if len(raw) <= longest and not _NEEDS_CLEANING.search(raw):
        return raw
    plain = raw[: 20 * longest]
    if plain.lstrip().startswith("{\\rtf"):
        plain = _from_rtf(plain)
    plain = _MARKUP.sub(" ", plain)
    plain = " ".join(_CONTROL.sub(" ", html.unescape(plain)).split())
    plain = _MINUS.sub("-", plain)
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def _from_rtf(raw: str) -> str:
    plain = _RTF_GROUP.sub("", raw)
    plain = _RTF_HEX.sub(lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), plain)
    return _RTF_WORD.sub(" ", plain.replace("\\par", "\n"))
