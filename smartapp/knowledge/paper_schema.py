"""What a row of papers.toml may hold, and all rows of that file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from smartapp.core.states import Phase, Track
from smartapp.knowledge.reading import KnowledgeReader, Placed
from smartapp.knowledge.schema import Signable, Text, Texts

Tracks = Annotated[tuple[Track, ...], Meta(min_length=1)]


class SafeMoveRow(Signable, frozen=True, kw_only=True):
    id: Text
    text: Text
    tracks: Tracks
    phases: tuple[Phase, ...] = ()
    without: Texts = ()  # ids of exercises, any of which removed or held takes this out


class PrecautionGroupRow(Signable, frozen=True, kw_only=True):
    id: Text
    title: Text
    restrictions: Annotated[Texts, Meta(min_length=1)]


class PageOneRow(Signable, frozen=True, kw_only=True):
    id: Text
    tracks: Tracks
    phases: Annotated[tuple[Phase, ...], Meta(min_length=1)]
    exercises: Annotated[Texts, Meta(min_length=1)]


class PaperTextRow(Signable, frozen=True, kw_only=True):
    """``es`` is left out of a paper that only staff read."""

    id: Text
    en: dict[Text, Text]
    es: dict[Text, Text] | None = None


@dataclass(frozen=True)
class PaperRows:
    safe: tuple[Placed[SafeMoveRow], ...]
    precautions: tuple[Placed[PrecautionGroupRow], ...]
    page_one: tuple[Placed[PageOneRow], ...]
    texts: tuple[Placed[PaperTextRow], ...]

    def signable(self) -> Iterator[Placed[Signable]]:
        for listed in (self.safe, self.precautions, self.page_one, self.texts):
            yield from listed


def paper_rows(reader: KnowledgeReader) -> PaperRows:
    parts = reader.parts("papers.toml", "safe", "precaution", "page_one", "text")
    return PaperRows(
        parts.listed("safe", SafeMoveRow),
        parts.listed("precaution", PrecautionGroupRow),
        parts.listed("page_one", PageOneRow),
        parts.listed("text", PaperTextRow),
    )
