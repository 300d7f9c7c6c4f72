"""FHIR resources in SQLite: current version and every earlier one, with the patient each belongs to."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from .compartment import Resource, patient_of

# how long to wait for another process that writes to the same file
LOCK_SECONDS = 0.5
SCHEMA = """
CREATE TABLE IF NOT EXISTS current(
  type TEXT NOT NULL, id TEXT NOT NULL, vid INTEGER NOT NULL, updated TEXT NOT NULL, owner TEXT, body TEXT NOT NULL,
  PRIMARY KEY(type, id));
CREATE INDEX IF NOT EXISTS current_owner ON current(type, owner);
CREATE TABLE IF NOT EXISTS version(
  type TEXT NOT NULL, id TEXT NOT NULL, vid INTEGER NOT NULL, updated TEXT NOT NULL, owner TEXT, body TEXT NOT NULL,
  PRIMARY KEY(type, id, vid));
CREATE TABLE IF NOT EXISTS story(patient TEXT PRIMARY KEY, text TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Stored:
    """One version of one resource. ``resource`` is shared between callers: read it, never change it."""

    type: str
    id: str
    version: int
    updated: str
    owner: str | None
    resource: Resource

    @property
    def etag(self) -> str:
        return f'W/"{self.version}"'

    @property
    def reference(self) -> str:
        return f"{self.type}/{self.id}"


@lru_cache(maxsize=8192)
def _parsed(body: str) -> Resource:
    parsed: Resource = json.loads(body)
    return parsed


class Store:
    """All resources of one sandbox. One connection, one lock: correctness before parallel writes."""

    def __init__(self, database: str, base: str):
        self.base = base
        self.lock = threading.RLock()
        self._depth = 0
        self._db = sqlite3.connect(database, timeout=LOCK_SECONDS, check_same_thread=False, isolation_level=None)
        self._db.executescript(SCHEMA)
        if database != ":memory:":
            self._db.execute("PRAGMA journal_mode=WAL")

    def take_over(self, other: Store) -> None:
        """Everything another store holds, in the place of what is here."""
        with self.lock, other.lock:
            other._db.backup(self._db)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside land together or not at all."""
        with self.lock:
            if self._depth == 0:
                self._db.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._db.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def read(self, type_: str, id_: str) -> Stored | None:
        return self._one("SELECT * FROM current WHERE type=? AND id=?", type_, id_)

    def read_version(self, type_: str, id_: str, version: int) -> Stored | None:
        return self._one("SELECT * FROM version WHERE type=? AND id=? AND vid=?", type_, id_, version)

    def history(self, type_: str, id_: str) -> list[Stored]:
        return self._many("SELECT * FROM version WHERE type=? AND id=? ORDER BY vid DESC", type_, id_)

    def every(self, type_: str, owner: str | None = None) -> list[Stored]:
        """Current resources of a type, in the order they came; only one patient's where ``owner`` is given."""
        if owner is None:
            return self._many("SELECT * FROM current WHERE type=? ORDER BY rowid", type_)
        return self._many("SELECT * FROM current WHERE type=? AND owner=? ORDER BY rowid", type_, owner)

    def owner_of(self, type_: str, id_: str) -> str | None:
        found = self.read(type_, id_)
        return found.owner if found else None

    def counts(self) -> dict[str, int]:
        with self.lock:
            return dict(self._db.execute("SELECT type, count(*) FROM current GROUP BY type ORDER BY type").fetchall())

    def fingerprint(self, owner: str) -> str:
        """Changes whenever anything about this patient is filed or changed."""
        with self.lock:
            row = self._db.execute("SELECT count(*), max(updated) FROM version WHERE owner=?", (owner,)).fetchone()
        return f"{row[0]}-{row[1]}"

    @staticmethod
    def new_id() -> str:
        return str(uuid.uuid4())

    def put(self, resource: Resource, *, new_version: bool = True) -> Stored:
        """File a resource under its own type and id, as version 1 or the next one; stamps meta."""
        with self.transaction():
            type_, id_ = resource["resourceType"], resource["id"]
            before = self.read(type_, id_)
            if before is not None and not new_version:
                return before
            vid = before.version + 1 if before else 1
            updated = datetime.now(UTC).isoformat(timespec="milliseconds")
            meta = {**resource.get("meta", {}), "versionId": str(vid), "lastUpdated": updated}
            stamped = {"resourceType": type_, "id": id_, "meta": meta} | {
                key: value for key, value in resource.items() if key not in {"resourceType", "id", "meta"}
            }
            owner = patient_of(stamped, self.base, self.owner_of)
            row = (type_, id_, vid, updated, owner, json.dumps(stamped, ensure_ascii=False, separators=(",", ":")))
            self._db.execute("INSERT INTO version VALUES(?,?,?,?,?,?)", row)
            if before:
                self._db.execute(
                    "UPDATE current SET vid=?, updated=?, owner=?, body=? WHERE type=? AND id=?",
                    (*row[2:], type_, id_),
                )
            else:
                self._db.execute("INSERT INTO current VALUES(?,?,?,?,?,?)", row)
            return Stored(type_, id_, vid, updated, owner, _parsed(row[5]))

    def tell(self, patient: str, story: str) -> None:
        with self.transaction():
            self._db.execute("INSERT OR REPLACE INTO story VALUES(?,?)", (patient, story))

    def stories(self) -> dict[str, str]:
        with self.lock:
            return dict(self._db.execute("SELECT patient, text FROM story").fetchall())

    def close(self) -> None:
        with self.lock:
            self._db.close()

    def _one(self, sql: str, *args: Any) -> Stored | None:
        rows = self._many(sql, *args)
        return rows[0] if rows else None

    def _many(self, sql: str, *args: Any) -> list[Stored]:
        with self.lock:
            rows = self._db.execute(sql, args).fetchall()
        return [Stored(*row[:5], _parsed(row[5])) for row in rows]
