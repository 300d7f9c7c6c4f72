"""What a document is made of (parts, each on a sheet of its own, of titled sections of lines), and how it is laid out:

- plain text that any note field can hold: at most 80 characters a line, no markup, restrictions first;
- PDF/UA-1 by Typst, with the fonts Typst brings and nothing else of this machine. The document goes in as data, never
  as markup. Typst is imported when a PDF is made, not before.
"""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from smartapp.errors import LoadpathError, Who

WIDTH = 80
TEMPLATE = Path(__file__).parent / "plan.typ"
SHOWN_OTHERWISE = "Some letters cannot be printed here and are shown by their Unicode number; the text has them."


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
    return "\n".join(_text_lines(document)) + "\n"


def _text_lines(document: Document) -> Iterator[str]:
    yield from textwrap.wrap(document.title, WIDTH)
    yield from textwrap.wrap(f"Patient: {document.patient}, {document.identity}", WIDTH)
    yield from textwrap.wrap(document.state, WIDTH)
    yield from textwrap.wrap(f"Version: {document.version}", WIDTH)
    for number, part in enumerate(document.parts):
        yield from ("", "=" * WIDTH, part.title.upper())
        if number:
            yield f"Patient: {document.patient}, {document.identity}"
        for section in part.sections:
            yield from _text_section(section)


def _text_section(section: Section) -> Iterator[str]:
    yield ""
    yield f"*** {section.title.upper()} ***" if section.forbids else section.title.upper()
    for item in section.items:
        yield from textwrap.wrap(
            _item_words(item), WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )


def _item_words(item: Item) -> str:
    return f"{item.label}: {item.text}" if item.label else item.text


# -- PDF


class NoPdf(LoadpathError):
    """The PDF cannot be made; the text says the same."""

    title = "The PDF could not be made"
    who = Who.YOU
    next_step = "Take the text instead: it says the same."


def as_pdf(document: Document) -> bytes:
    """The same document gives the same bytes. Raises NoPdf."""
    return _compile(document)


def _compile(document: Document) -> bytes:
    try:
        import typst  # noqa: PLC0415 see module docstring
    except ImportError as error:
        raise NoPdf("The part that makes PDFs is not installed here.") from error
    failed = ""
    for inputs in (_inputs(document), _inputs(document, plain=True)):
        try:
            made = typst.compile(
                TEMPLATE, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs=inputs,
                timestamp=int(datetime.fromisoformat(document.date).timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            failed = str(error.message)
            continue
        if isinstance(made, bytes):
            return made
    raise NoPdf(f"The PDF could not be set: {failed[:200]}")


def _inputs(document: Document, plain: bool = False) -> dict[str, str]:
    """``plain``: letters the fonts do not have are written by number; PDF/UA allows no empty box in their place."""
    text = json.dumps(asdict(document), ensure_ascii=False)
    if plain:
        text = "".join(c if ord(c) < 0x250 or c in "–—‘’“”…≥≤×°" else f"[U+{ord(c):04X}]" for c in text)
    return {"document": text, "note": SHOWN_OTHERWISE if plain else ""}
