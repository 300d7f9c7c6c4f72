"""Words of the papers: what is safe, how restrictions are grouped, which exercises page one names, headings.

:func:`smartapp.knowledge.parse` makes :class:`PaperWords` of papers.toml; ``smartapp.document`` prints them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smartapp.core.signatures import Origin
from smartapp.core.states import Phase, Track


@dataclass(frozen=True)
class SafeMove:
    """What page one calls safe today, for these tracks and phases, while none of ``without`` is removed or held."""

    id: str
    text: str
    tracks: tuple[Track, ...]
    origin: Origin
    phases: tuple[Phase, ...] = ()  # empty: all
    without: tuple[str, ...] = ()  # ids of exercises


@dataclass(frozen=True)
class PrecautionGroup:
    """Restrictions told together."""

    id: str
    title: str
    restrictions: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class PageOne:
    """Which exercises of a plan page one names first (rule book 2b, RP3; 2c, section 7)."""

    id: str
    tracks: tuple[Track, ...]
    phases: tuple[Phase, ...]
    exercises: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class PaperText:
    """Sentences and headings of one paper by key, in each language it is printed in."""

    id: str
    en: Mapping[str, str]
    es: Mapping[str, str]
    origin: Origin

    def words(self, language: str) -> Mapping[str, str]:
        """By ``en`` or ``es``; English where the paper has no other."""
        return self.es if language == "es" and self.es else self.en


@dataclass(frozen=True)
class PaperWords:
    safe: tuple[SafeMove, ...]
    precautions: tuple[PrecautionGroup, ...]
    page_one: tuple[PageOne, ...]
    texts: Mapping[str, PaperText]
