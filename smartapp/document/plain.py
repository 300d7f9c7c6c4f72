"""Document -> plain text that any note field can hold: at most 80 characters a line, no markup, restrictions first."""

import textwrap
from collections.abc import Iterator

from smartapp.document.sheet import Document, Item, Section

WIDTH = 80


def as_text(document: Document) -> str:
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from textwrap.wrap(document.title, WIDTH)
    yield from textwrap.wrap(f"Patient: {document.patient}, {document.identity}", WIDTH)
    yield from textwrap.wrap(document.state, WIDTH)
    yield from textwrap.wrap(f"Version: {document.version}", WIDTH)
    for number, part in enumerate(document.parts):
        yield from ("", "=" * WIDTH, part.title.upper())
        if number:
            yield f"Patient: {document.patient}, {document.identity}"
        for section in part.sections:
            yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"*** {section.title.upper()} ***" if section.forbids else section.title.upper()
    for item in section.items:
        yield from textwrap.wrap(
            _said(item), WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )


def _said(item: Item) -> str:
    return f"{item.label}: {item.text}" if item.label else item.text
