"""Rows of written.toml -> :class:`Written` of the core, and what is wrong with them."""

from collections import Counter
from collections.abc import Iterator

from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan.activities import OF_LIMITS
from smartapp.core.written import AvoidGroup, HomeTime, Written
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.rows import Rows

MOST_GROUPS = 6  # lines that forbid in one plan (GU20)


def written_of(rows: Rows) -> Written:
    """Of rows without a mistake."""
    (home,) = rows.home
    return Written(
        avoid=tuple(AvoidGroup(**said(placed.row), origin=origin_of(placed)) for placed in rows.avoid),
        home=HomeTime(**said(home.row), origin=origin_of(home)),
    )


def written_mistakes(rows: Rows) -> Iterator[str]:
    """Each movement stands in one group, no more than six groups can meet, and the home set has its minutes once."""
    if "written.toml" in rows.reader.unread:
        return
    if len(rows.reader.ids["written.toml"]) != len(rows.avoid) + len(rows.home):
        return  # told already; what an unreadable row covers is not known
    if len(rows.home) != 1:
        yield f"written.toml: {len(rows.home)} rows of “home”, not one"
    yield from _covered(rows)
    ids = {placed.row.id for placed in rows.avoid}
    for placed in rows.avoid:
        if placed.row.gives_way_to and placed.row.gives_way_to not in ids - {placed.row.id}:
            yield f"{placed.where}: there is no other group “{placed.row.gives_way_to}”"
    together = sum(not placed.row.gives_way_to for placed in rows.avoid)
    if together > MOST_GROUPS:
        yield f"written.toml: {together} groups can stand in one plan, at most {MOST_GROUPS} may"


def _covered(rows: Rows) -> Iterator[str]:
    named = rows.reader.ids.get("never.toml", [])
    whole = len(set(named)) == len(rows.never) == len(named)
    never = named if whole else None
    found = Counter(id_ for placed in rows.avoid for id_ in placed.row.covers)
    wanted = tuple(dict.fromkeys((OF_LIMITS, *RESTRICTION_STATES, *(never or ()))))
    for id_ in wanted:
        if found[id_] != 1:
            yield f"written.toml: “{id_}” stands in {found[id_]} groups, not in one"
    if never:
        yield from (f"written.toml: there is no movement “{id_}”" for id_ in found if id_ not in wanted)
