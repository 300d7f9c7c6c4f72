"""What a document is made of: parts, each on a sheet of its own, of titled sections of lines."""

from dataclasses import dataclass


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


def lines(text: str) -> tuple[Item, ...]:
    """One item for each line of a text that has several."""
    return tuple(Item(line.strip()) for line in text.splitlines() if line.strip())
