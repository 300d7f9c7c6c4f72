"""What a row of papers.toml may hold."""

from typing import Annotated

from msgspec import Meta

from smartapp.core.states import Phase, Track
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


class MovePicturesRow(Signable, frozen=True, kw_only=True):
    id: Text  # of a restriction
    forbidden: Text  # drawing of what is not to be done
    instead: Annotated[Texts, Meta(min_length=1)]  # drawings of what to do; the first that fits the patient is shown


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
