"""Text of a record, whatever its origin -> one clean line: no markup, no control characters, bounded."""

import html
import re

LONGEST_TEXT = 300  # characters shown of any text of the record; ours
LONGEST_PROSE = 20_000  # characters searched of a note or a report; ours

_MARKUP = re.compile(r"<(?:[^<>]{0,2000})>")
_RTF_GROUP = re.compile(r"\{\\(?:fonttbl|colortbl|stylesheet|info|\*)[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_RTF_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_WORD = re.compile(r"\\[a-zA-Z]+-?\d* ?|[{}]|\\[^a-zA-Z]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_UNSEEN = re.compile(r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Everything a writer may put for a minus sign before a number: true minus, dashes, small and full-width hyphens.
_MINUS = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d](?=\s?\d)", re.ASCII)
_NEEDS_CLEANING = re.compile(
    r"[<{&\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\u2212\ufe58\ufe63\ufeff\uff0d]|\s\s|^\s|\s$"
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
    return shortened(_MINUS.sub("-", plain), longest)


def shortened(plain: str, longest: int = LONGEST_TEXT) -> str:
    """A clean text as it is shown: what it has beyond ``longest`` characters is left out, and that is to be seen."""
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def as_typed(raw: str, longest: int) -> str:
    """One line of what a person typed into Loadpath: "pain < 4, was > 6" is no markup. Control characters are out."""
    return shortened(" ".join(_CONTROL.sub(" ", raw[: 20 * longest]).split()), longest)


def as_escapes(raw: str) -> str:
    """JSON as it is shown letter by letter: what cannot be seen and may turn the line round stands as an escape."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", raw)


# Where a line ends and where a cell of a table does: HTML, the escapes of HL7 v2, tabs and columns of blanks.
_HTML = re.compile(r"<\s*(?:br|p|div|table|tr|td|li|span|b|h\d|html|body)\b", re.IGNORECASE)
_LAID_OUT = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.IGNORECASE | re.DOTALL)
_LINE_ENDS = re.compile(
    r"<\s*/?\s*(?:br|p|pre|tr|li|div|h\d|table|ul|ol|caption|thead|tbody|section)\b[^<>]{0,2000}>"
    r"|\\\.br\\|\\X0[AD]\\|[\r\n\v\f\u2028\u2029]+",
    re.IGNORECASE,
)
_CELL_ENDS = re.compile(r"<\s*/\s*t[dh]\s*>|\t+|(?<=[^\s.;:,])[ \u00a0]{2,}(?=\S)", re.IGNORECASE)


def lines_of(raw: str, longest: int) -> list[str]:
    """A text as its lines, each clean, the cells of a table parted by ``|``; at most ``longest`` characters in all."""
    plain = raw[: 4 * longest]
    if plain.lstrip().startswith("{\\rtf"):
        plain = re.sub(r" {2,}", " ", _from_rtf(plain.replace("\\cell", "\t").replace("\\row", "\n")))
    elif _HTML.search(plain):  # how HTML is laid out means nothing, but for what it calls laid out
        parts = _LAID_OUT.split(plain)
        plain = "".join(part if at % 2 else re.sub(r"\s+", " ", part) for at, part in enumerate(parts))
    lines: list[str] = []
    left = longest
    for line in _LINE_ENDS.split(plain):
        said = " | ".join(clean(cell, longest) for cell in _CELL_ENDS.split(line)).rstrip(" |")
        if said and left > 0:
            lines.append(said[:left])
            left -= len(said)
    return lines


def _from_rtf(raw: str) -> str:
    plain = _RTF_GROUP.sub("", raw)
    plain = _RTF_HEX.sub(lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), plain)
    return _RTF_WORD.sub(" ", plain.replace("\\par", "\n"))
