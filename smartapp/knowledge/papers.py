"""Rows of papers.toml -> the words of the papers in the types of the core, or every mistake in them."""

from collections.abc import Iterator
from types import MappingProxyType

from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.papers import MovePictures, PageOne, PaperText, PaperWords, PrecautionGroup, SafeMove
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.paper_schema import MovePicturesRow
from smartapp.knowledge.poses import END, poses
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows

PAPERS = ("letter", "program", "handout")


def papers_of(rows: Rows) -> PaperWords:
    """Of rows without a mistake."""
    texts = {
        placed.row.id: PaperText(
            placed.row.id, MappingProxyType(placed.row.en), MappingProxyType(placed.row.es or {}), origin_of(placed)
        )
        for placed in rows.paper_texts
    }
    return PaperWords(
        safe=tuple(SafeMove(**said(placed.row), origin=origin_of(placed)) for placed in rows.safe_moves),
        precautions=tuple(PrecautionGroup(**said(p.row), origin=origin_of(p)) for p in rows.precautions),
        page_one=tuple(PageOne(**said(placed.row), origin=origin_of(placed)) for placed in rows.page_one),
        pictures=MappingProxyType({p.row.id: _pictures(p) for p in rows.move_pictures}),
        texts=MappingProxyType(texts),
    )


def _pictures(placed: Placed[MovePicturesRow]) -> MovePictures:
    return MovePictures(placed.row.id, placed.row.forbidden, placed.row.instead, origin_of(placed))


def paper_mistakes(rows: Rows) -> Iterator[str]:
    """Every exercise and restriction that is named exists; a paper in two languages says the same in both."""
    if "papers.toml" in rows.reader.unread:
        return
    for paper in PAPERS:
        if paper not in rows.reader.ids["papers.toml"]:
            yield f"papers.toml: text “{paper}” is missing"
    for placed in rows.paper_texts:
        for key in sorted(placed.row.en.keys() ^ placed.row.es.keys() if placed.row.es else ()):
            yield f"{placed.where}: “{key}” is there in one language only"
    named = [(group.where, id_) for group in rows.precautions for id_ in group.row.restrictions]
    for where, id_ in (*named, *((pair.where, pair.row.id) for pair in rows.move_pictures)):
        if id_ not in RESTRICTION_STATES:
            yield f"{where}: restriction “{id_}” is unknown"
    for pair in rows.move_pictures:
        for id_ in (pair.row.forbidden, *pair.row.instead):
            if (id_, END) not in poses():
                yield f"{pair.where}: there is no drawing of “{id_}”"
    yield from _exercises(rows)


def _exercises(rows: Rows) -> Iterator[str]:
    if "exercises.toml" in rows.reader.unread:
        return
    known = set(rows.reader.ids["exercises.toml"])
    named = [(placed.where, placed.row.without) for placed in rows.safe_moves]
    named += [(placed.where, placed.row.exercises) for placed in rows.page_one]
    for where, ids in named:
        yield from (f"{where}: exercise “{id_}” is unknown" for id_ in ids if id_ not in known)
