"""What must outlive a request: :func:`open_store` turns a database URL and a secret into a :class:`Store`.

Nothing of a patient, a person or a token stands in clear in the database: values are sealed, keys are blind indexes.
SQLite for one host; PostgreSQL (SQLAlchemy URL) for several. Any worker can serve any request.
"""

import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from smartapp.errors import SettingsError
from smartapp.store.audit import AuditTrail, Kept, Place, Trail
from smartapp.store.backlog import Backlog, Undelivered
from smartapp.store.coordinators import Calendar, Coordinators
from smartapp.store.database import Database, open_engine
from smartapp.store.hooks import CallCount, CardCount, Hooks, KeptFeedback, KeptFiring
from smartapp.store.knowledge_versions import KnowledgeVersions
from smartapp.store.launches import Callback, Launches, Limits
from smartapp.store.links import KeptReport, Link, TherapistLinks
from smartapp.store.outbox import Outbox, OutboxRow
from smartapp.store.records import Records, Signature, SignatureStatus, Stated
from smartapp.store.referral_reads import Reading, ReferralReads
from smartapp.store.referral_search import words_typed
from smartapp.store.referrals import EVERY, SORTS, Filters, InClear, ReferralContent, ReferralRow, Referrals, Whose
from smartapp.store.rekey import Resealed, reseal
from smartapp.store.retention import AUDIT, Retention
from smartapp.store.schema import HEAD, SchemaMismatch, check_can_migrate, meta, revision_of, upgrade_schema
from smartapp.store.seal import Seal, Unsealable
from smartapp.store.secrets_used import know_former, note_secret, unknown_secrets
from smartapp.store.sessions import OpenSession, Session, Sessions
from smartapp.store.subscriptions import Subscribed, Subscriptions
from smartapp.store.tokens import TokenStore

__all__ = [
    "AUDIT",
    "EVERY",
    "HEAD",
    "SORTS",
    "AuditTrail",
    "Backlog",
    "Calendar",
    "CallCount",
    "Callback",
    "CardCount",
    "Coordinators",
    "Filters",
    "Hooks",
    "InClear",
    "Kept",
    "KeptFeedback",
    "KeptFiring",
    "KeptReport",
    "KnowledgeVersions",
    "Launches",
    "Limits",
    "Link",
    "OpenSession",
    "Outbox",
    "OutboxRow",
    "Place",
    "Reading",
    "Records",
    "ReferralContent",
    "ReferralReads",
    "ReferralRow",
    "Referrals",
    "Resealed",
    "Retention",
    "Session",
    "Sessions",
    "Signature",
    "SignatureStatus",
    "Stated",
    "Store",
    "Subscribed",
    "Subscriptions",
    "TherapistLinks",
    "TokenStore",
    "Trail",
    "Undelivered",
    "Whose",
    "database_note",
    "open_store",
    "words_typed",
]  # fmt: skip


class Store:
    """What one installation keeps, each kind in an object of its own, and the transaction that may span them."""

    def __init__(self, database: Database, limits: Limits):
        self.database = database
        self.launches = Launches(database, limits)
        self.sessions = Sessions(database, limits)
        self.tokens = TokenStore(database, self.sessions.end)
        self.outbox = Outbox(database)
        self.records = Records(database, self.outbox)
        self.knowledge = KnowledgeVersions(database)
        self.backlog = Backlog(database)
        self.referrals = Referrals(database)
        self.referral_reads = ReferralReads(database, self.referrals)
        self.subscriptions = Subscriptions(database)
        self.audit = AuditTrail(database)
        self.hooks = Hooks(database, limits.hooks)
        self.coordinators = Coordinators(database)
        self.links = TherapistLinks(database)
        self.retention = Retention(database, self.audit)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything this thread writes inside, through whichever object, is kept together, or nothing of it is.

        Nothing inside may wait for the network: on SQLite every other writer waits for the end.
        """
        with self.database.transaction():
            yield

    def after_commit(self, act: Callable[[], None]) -> None:
        """Do this once what was written is kept: at once, or at the end of :meth:`transaction`."""
        self.database.after_commit(act)

    def seal_text(self, purpose: str, words: Mapping[str, str]) -> str:
        """Words that only we can read and make, as text that may stand in an address."""
        return urlsafe_b64encode(self.database.seal.seal(purpose, dict(words))).decode()

    def open_text(self, purpose: str, text: str) -> dict[str, str]:
        """What :meth:`seal_text` sealed for this purpose. Raises KeptUnreadable."""
        try:
            sealed = urlsafe_b64decode(text)
        except ValueError as error:
            raise Unsealable("It was not sealed here.") from error
        found = self.database.seal.open_object(purpose, sealed)
        return {name: str(value) for name, value in found.items()}

    def mac(self, *parts: str) -> str:
        """A code for a form or an address: only who has the secret can make it."""
        return self.database.seal.mac(*parts)

    def is_mac(self, mac: str, *parts: str) -> bool:
        """Whether it was made of these parts here, also by a worker that writes with another of our secrets."""
        return self.database.seal.is_mac(mac, *parts)

    def reseal(self) -> Iterator[Resealed]:
        """Seal everything with the secret that is written with, while workers run: each column as it is done."""
        return reseal(self.database)

    def ready(self) -> bool:
        """Whether the database answers, and no newer version of Loadpath has migrated it since the start."""
        try:
            with self.database.read() as db:
                return revision_of(db) == HEAD
        except SQLAlchemyError:
            return False

    def close(self) -> None:
        self.database.engine.dispose()


def open_store(
    url: str,
    secret: str,
    *others: str,
    clock: Callable[[], float] = time.time,
    limits: Limits = Limits(),  # noqa: B008 -- frozen
) -> Store:
    """The store at ``url``, its tables made or migrated if need be; ``others``: secrets that are read with, too.

    Raises SettingsError if it cannot be used.
    """
    try:
        engine = open_engine(url)
        upgrade_schema(engine)
        database = Database(engine, Seal(secret, *others), clock)
        note_secret(database)
        return Store(database, limits)
    except (SQLAlchemyError, SchemaMismatch, OSError) as error:
        raise SettingsError(f"SMARTAPP_DATABASE: {_reason(error)}") from error


def database_note(url: str, *secrets: str) -> str:
    """What a start would do to the database at ``url``, and whether it was written with a secret that is not among
    these, in words; empty where it is ready as it is. Nothing is changed, not even made. Raises SettingsError if it
    cannot be used."""
    try:
        parsed = make_url(url)
        file = Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None
        if file is not None and parsed.database != ":memory:" and not file.exists():
            above = next(each for each in file.absolute().parents if each.exists())
            if not (above.is_dir() and os.access(above, os.W_OK)):
                raise SettingsError(
                    f"SMARTAPP_DATABASE: {above} may not be written, and {file.name} is to be made there"
                )
            return "SMARTAPP_DATABASE: the file is not there yet; the first start makes it."
        engine = open_engine(url)
        try:
            return _start_would(engine, Seal(*secrets))
        finally:
            engine.dispose()
    except (SQLAlchemyError, SchemaMismatch, OSError) as error:
        raise SettingsError(f"SMARTAPP_DATABASE: {_reason(error)}") from error


def _start_would(engine: Engine, seal: Seal) -> str:
    with engine.connect() as db:
        found, made = revision_of(db), inspect(db).has_table(meta.name)
        if found == HEAD:
            know_former(db, seal)
            return _lost_secrets(unknown_secrets(db, seal))
        if found is None and not made:
            return "SMARTAPP_DATABASE: it is empty; the first start makes the tables."
        check_can_migrate(db, found)
    return "SMARTAPP_DATABASE: the next start brings its tables to this version. Keep a backup of what is there now."


def _lost_secrets(lost: Sequence[str]) -> str:
    if not lost:
        return ""
    named = ", ".join(lost)
    return (
        f"SMARTAPP_SECRET_PREVIOUS: the database was written with a secret that is not given (from {named} on): what "
        "is sealed with it cannot be read or found. Give it, unless nothing of it is needed any more."
    )


def _reason(error: Exception) -> str:
    origin = getattr(error, "orig", None)  # the driver's words, without the statement and its values
    return str(origin or error).splitlines()[0]
