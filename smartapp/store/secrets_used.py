"""Which secrets the database was written with: so that nothing sealed is absent without a word.

A secret is told from others by its key id, which tells nothing of it.
"""

import time
from collections.abc import Collection

from sqlalchemy import Connection, select

from smartapp.store.database import Database
from smartapp.store.schema import meta

_NAME = "secret "


def note_secret(database: Database) -> None:
    """From now on this secret is written with."""
    name = f"{_NAME}{database.seal.key_ids[0]}"
    with database.read() as db:
        if db.execute(select(meta.c.name).where(meta.c.name == name)).first():
            return
    database.put(meta, {"name": name}, {"value": time.strftime("%Y-%m-%d", time.gmtime(database.clock()))})


def unknown_secrets(db: Connection, key_ids: Collection[str]) -> tuple[str, ...]:
    """The days from which secrets were written with that are none of these."""
    known = {f"{_NAME}{key_id}" for key_id in key_ids}
    rows = db.execute(select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_NAME))).all()
    return tuple(sorted(row.value for row in rows if row.name not in known))
