"""Which secrets the database was written with, and the keys of those that were replaced: nothing sealed is absent
without a word.

A secret is told from others by its key id, which tells nothing of it. The keys of a former secret are kept sealed with
the one that followed it, so that a secret that was replaced need not be given any more: what was sealed, hashed and
chained under it is still read and found. Why: docs/decisions/0061.
"""

import time
from base64 import b64decode, b64encode

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, func, select

from smartapp.store.database import Database
from smartapp.store.schema import former_secrets, meta
from smartapp.store.seal import MARK, Keys, Seal, Unsealable, as_list

_NAME = "secret "


def know_former(db: Connection, seal: Seal) -> None:
    """Read from now on with former secrets, too, whose keys are kept under one that is given."""
    for row in db.execute(select(former_secrets)).all():
        try:
            sealing, hashing = as_list(seal.open(f"{row.key_id} keys", row.keys))
        except Unsealable:
            continue  # unknown_secrets() tells of it
        seal.know([Keys(row.key_id, b64decode(str(sealing)), b64decode(str(hashing)))])


def note_secret(database: Database) -> None:
    """From now on this secret is written with. The newest one keeps the keys of all before it."""
    with database.read() as db:
        know_former(db, database.seal)
        noted = written_with(db)
    mine = database.seal.current.id
    if mine not in noted:
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(database.clock()))
        database.put(meta, {"name": f"{_NAME}{mine}"}, {"value": since})
    else:
        since = noted[mine]
    if all(each <= since for each in noted.values()):  # else a worker that is still to be given the newest
        keep_former(database, set(noted))


def keep_former(database: Database, written: set[str]) -> None:
    """Seal the keys of secrets that were ``written`` with under the present one: never those of the next secret, which
    whoever has the present one need not have. Where none was noted, as in databases from before, all were."""
    seal = database.seal
    with database.read() as db:
        kept = {row.key_id: bytes(row.keys) for row in db.execute(select(former_secrets)).all()}
    for keys in tuple(seal.keys.values())[1:]:
        is_former = not written or keys.id in written or keys.id in kept
        if is_former and not kept.get(keys.id, b"").startswith(seal.current.mark):
            value = [b64encode(keys.seal).decode(), b64encode(keys.hash).decode()]
            database.put(former_secrets, {"key_id": keys.id}, {"keys": seal.seal(f"{keys.id} keys", value)})


def written_with(db: Connection) -> dict[str, str]:
    """Key ids of the secrets the database was written with, each with the time it began (UTC; before, only the day)."""
    rows = db.execute(select(meta.c.name, meta.c.value).where(meta.c.name.startswith(_NAME))).all()
    return {row.name.removeprefix(_NAME): row.value for row in rows}


def lost_values(database: Database, column: Column[bytes], wanted: ColumnElement[bool]) -> int:
    """How many values of the ``wanted`` rows are sealed with a secret that is neither given nor kept."""
    begins = func.substr(column, 1, MARK, type_=LargeBinary)
    with database.read() as db:
        if not unknown_secrets(db, database.seal):
            return 0  # as almost always: nothing is looked through
        found = db.execute(select(column).where(wanted, begins.not_in(database.seal.marks))).scalars()
        return sum(not _opens(database.seal, sealed) for sealed in found)


def _opens(seal: Seal, sealed: bytes) -> bool:
    """Of what was kept before values said with which key, only trying tells."""
    try:
        seal.anew(bytes(sealed))
    except Unsealable:
        return False
    return True


def unknown_secrets(db: Connection, seal: Seal) -> tuple[str, ...]:
    """The days from which secrets were written with whose keys are neither given nor kept."""
    return tuple(sorted(since[:10] for key_id, since in written_with(db).items() if key_id not in seal.keys))
