"""Text of a card in Markdown -> HTML: headings, paragraphs, lists, bold. Everything else stays the text it is."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
# A sign behind a backslash is the sign itself; until the end it waits where no text has letters.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WAITS = 0xE000
_WAITING = re.compile(f"[{chr(_WAITS)}-{chr(_WAITS + 0x7F)}]")


def as_html(text: object) -> Markup:
    """No tag and no address of the text gets through: all of it is escaped first."""
    blocks: list[str] = []
    items: list[str] = []
    paragraph: list[str] = []

    def close() -> None:
        if items:
            blocks.append("<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
        if paragraph:
            blocks.append("<p>" + "<br>".join(paragraph) + "</p>")
        items.clear()
        paragraph.clear()

    for line in str(text).splitlines():
        if found := _ITEM.fullmatch(line):
            if paragraph:
                close()
            items.append(_inline(found[1]))
        elif heading := _HEADING.fullmatch(line):
            close()
            blocks.append(f"<p><strong>{_inline(heading[1])}</strong></p>")
        elif line.strip():
            if items:
                close()
            paragraph.append(_inline(line.strip()))
        else:
            close()
    close()
    return Markup("".join(blocks))  # noqa: S704 -- every part was escaped


def _inline(text: str) -> str:
    apart = _ESCAPED.sub(lambda found: chr(_WAITS + ord(found[1])), _WAITING.sub("", unescape(text)))
    bold = _BOLD.sub(lambda found: f"<strong>{found[1] or found[2]}</strong>", str(escape(apart)))
    return _WAITING.sub(lambda found: str(escape(chr(ord(found[0]) - _WAITS))), bold)
