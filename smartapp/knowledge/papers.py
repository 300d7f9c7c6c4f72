"""Rows of papers.toml -> the words of the papers in the types of the core, or every mistake in them."""

from collections.abc import Iterator
from types import MappingProxyType

from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.papers import PageOne, PaperText, PaperWords, PrecautionGroup, SafeMove
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.paper_schema import PaperTextRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows

PAPERS = ("letter", "program", "handout")


def papers_of(rows: Rows) -> PaperWords:
    """Of rows without a mistake."""
    papers = rows.papers
    return PaperWords(
        safe=tuple(SafeMove(**said(placed.row), origin=origin_of(placed)) for placed in papers.safe),
        precautions=tuple(PrecautionGroup(**said(p.row), origin=origin_of(p)) for p in papers.precautions),
        page_one=tuple(PageOne(**said(placed.row), origin=origin_of(placed)) for placed in papers.page_one),
        texts=MappingProxyType({placed.row.id: _text(placed) for placed in papers.texts}),
    )


def _text(placed: Placed[PaperTextRow]) -> PaperText:
    row = placed.row
    return PaperText(row.id, MappingProxyType(row.en), MappingProxyType(row.es or {}), origin_of(placed))


def paper_mistakes(rows: Rows) -> Iterator[str]:
    """Every exercise and restriction that is named exists; a paper in two languages says the same in both."""
    if "papers.toml" in rows.reader.unread:
        return
    ids = rows.reader.ids["papers.toml"]
    yield from (f"papers.toml: the text “{paper}” is missing" for paper in PAPERS if paper not in ids)
    for text in rows.papers.texts:
        for key in sorted(text.row.en.keys() ^ text.row.es.keys() if text.row.es else ()):
            yield f"{text.where}: “{key}” is there in one language only"
    for group in rows.papers.precautions:
        for id_ in group.row.restrictions:
            if id_ not in RESTRICTION_STATES:
                yield f"{group.where}: restriction “{id_}” is unknown"
    yield from _exercises(rows)


def _exercises(rows: Rows) -> Iterator[str]:
    if "exercises.toml" in rows.reader.unread:
        return
    known = set(rows.reader.ids["exercises.toml"])
    named = [(placed.where, placed.row.without) for placed in rows.papers.safe]
    named += [(placed.where, placed.row.exercises) for placed in rows.papers.page_one]
    for where, ids in named:
        yield from (f"{where}: exercise “{id_}” is unknown" for id_ in ids if id_ not in known)
