"""Everything sealed -> the same, sealed with the secret that is written with; while workers run.

In pages, each kept by itself: whoever breaks it off goes on where it stood, since what is done is not looked at again.
A value that a worker replaces meanwhile is left as the worker wrote it. Two things stay as they are: the audit trail,
whose chain is over what was sealed, and blind indexes; both are read with the keys that are kept (secrets_used.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, LargeBinary, Row, Table, and_, func, select, tuple_, update

from smartapp.store.database import Database
from smartapp.store.schema import audit_trail, former_secrets, metadata, referrals
from smartapp.store.seal import MARK, Unsealable
from smartapp.store.secrets_used import keep_former, written_with

_PAGE = 100  # rows at once (ours)
_NOT_SEALED = (audit_trail.c.event, former_secrets.c["keys"], referrals.c.search_index)


@dataclass
class Resealed:
    """Of one column. ``lost``: how many values are under a secret that is neither given nor kept."""

    column: str
    done: int = 0
    lost: int = 0
    by_others: int = 0  # replaced by a worker at that moment


def reseal(database: Database) -> Iterator[Resealed]:
    """Each column that is sealed, in turn."""
    with database.read() as db:
        written = set(written_with(db))
    keep_former(database, written)
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, LargeBinary) and not any(column is each for each in _NOT_SEALED):
                yield _column(database, table, column)


def _column(database: Database, table: Table, column: Column[bytes]) -> Resealed:
    told = Resealed(f"{table.name}.{column.name}")
    after: Row[Any] | None = None
    while rows := _page(database, table, column, after):
        anew = []
        for row in rows:
            try:
                anew.append((row, database.seal.anew(bytes(row[-1]))))
            except Unsealable:
                told.lost += 1
        with database.transaction() as db:
            for row, sealed in anew:
                mine = and_(*(key == row[at] for at, key in enumerate(table.primary_key)), column == row[-1])
                is_done = db.execute(update(table).where(mine).values({column: sealed})).rowcount
                told.done += is_done
                told.by_others += 1 - is_done
        after = rows[-1]
    return told


def _page(database: Database, table: Table, column: Column[bytes], after: Row[Any] | None) -> list[Any]:
    """Rows whose value does not begin with the present key's mark, in the order of their keys, the value last."""
    keys = list(table.primary_key)
    begins = func.substr(column, 1, MARK, type_=LargeBinary)
    asked = select(*keys, column).where(column.is_not(None), begins != database.seal.current.mark)
    if after is not None:
        asked = asked.where(tuple_(*keys) > tuple(after[:-1]))
    with database.read() as db:
        return list[Any](db.execute(asked.order_by(*keys).limit(_PAGE)).all())
