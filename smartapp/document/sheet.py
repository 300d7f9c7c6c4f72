"""What a document is made of (parts, each on a sheet of its own, of titled sections of lines), and how it is laid out:

- plain text that any note field can hold: at most 80 characters a line, no markup, restrictions first;
- PDF/UA-1.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from smartapp.core.dates import dates_as_read
from smartapp.document.typesetting import typeset

WIDTH = 80
NOTE = "note.typ"


@dataclass(frozen=True)
class Item:
    """One line: a label (may be empty) and what it says."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]
    forbids: bool = False  # shown so that nobody overlooks it, in black and white


@dataclass(frozen=True)
class Part:
    """What starts on a page of its own. ``one_page``: it is to fit on that page."""

    title: str
    sections: tuple[Section, ...]
    one_page: bool = False


@dataclass(frozen=True)
class Document:
    title: str
    patient: str  # name
    identity: str  # born, sex, record number
    state: str  # who signed, when, draft or active
    version: str  # plan id and hash: which edition this paper is
    date: str  # ISO 8601, when it was signed
    author: str
    parts: tuple[Part, ...]


def items_of_lines(text: str) -> tuple[Item, ...]:
    """One item for each line of a text that has several."""
    return tuple(Item(line.strip()) for line in text.splitlines() if line.strip())


# -- plain text


def as_text(document: Document) -> str:
    """For a person: dates as they are read."""
    return "\n".join(_text_lines(document)) + "\n"


def _text_lines(document: Document) -> Iterator[str]:
    yield from textwrap.wrap(dates_as_read(document.title), WIDTH)
    whose = dates_as_read(f"Patient: {document.patient}, {document.identity}")
    yield from textwrap.wrap(whose, WIDTH)
    yield from textwrap.wrap(dates_as_read(document.state), WIDTH)
    yield from textwrap.wrap(f"Version: {document.version}", WIDTH)
    for number, part in enumerate(document.parts):
        yield from ("", "=" * WIDTH, part.title.upper())
        if number:
            yield whose
        for section in part.sections:
            yield from _text_section(section)


def _text_section(section: Section) -> Iterator[str]:
    yield ""
    yield f"*** {section.title.upper()} ***" if section.forbids else section.title.upper()
    for item in section.items:
        yield from textwrap.wrap(
            dates_as_read(_item_words(item)), WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )


def _item_words(item: Item) -> str:
    return f"{item.label}: {item.text}" if item.label else item.text


# -- PDF


def as_pdf(document: Document) -> bytes:
    """The same document gives the same bytes. Raises NoPdf."""
    return typeset(NOTE, _as_read(asdict(document)), datetime.fromisoformat(document.date))


def _as_read(value: Any) -> Any:
    """Every text of it with its dates as they are read."""
    if isinstance(value, dict):
        return {key: _as_read(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_read(each) for each in value]
    return dates_as_read(value) if isinstance(value, str) else value
