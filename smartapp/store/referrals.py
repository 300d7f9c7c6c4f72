"""Referrals as rows of a list: those kept here, because their EHR has no Task, and Tasks of an EHR as last read.

In clear stands what sorts and counts the list: queue, stage, urgency, day due, version. Whose referral it is and what
it says is sealed, what it is found by is hashed (:mod:`referral_search`). A row shows to those to whom the EHR showed
its Task; one kept here to every coordinator of its EHR.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, Row, Select, case, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from smartapp.errors import KeptUnreadable
from smartapp.store.database import Database
from smartapp.store.referral_search import index_of, search_of
from smartapp.store.schema import awaited_orders, referrals
from smartapp.store.seal import Seal, check_version, opened_object
from smartapp.store.secrets_used import lost_values

log = logging.getLogger("smartapp.store.referrals")

FORM = 1  # in which the content of a row is kept
EVERYBODY = ""  # the reader of what is kept here
AT_ONCE = 200  # rows written in one transaction: other writers wait that long (ours)
CLOSED = "CLOSED"
EVERY = "*"  # queue of a filter that wants closed ones, too
NO_DAY = "9999-12-31"  # behind all that are due


class Whose(NamedTuple):
    """Whose list: of which EHR, by its FHIR base, as shown to which reader: a person's reference, or the site."""

    base: str
    reader: str = EVERYBODY


def reader_indexes(seal: Seal, whose: Whose) -> tuple[str, ...]:
    """What the rows of this reader are kept under, newest secret first."""
    return seal.blind_indexes("referral reader", whose.base, whose.reader)


def short_reference(seal: Seal, base: str, task: str) -> str:
    """What a referral is called where nobody may be named: ten characters that tell nothing, always the same."""
    return seal.blind_index("referral", base, task)[:10].upper()


class InClear(TypedDict):
    """What of a referral stands in clear; ``due``, and since when it is in its state, as ISO day."""

    stage: str
    queue: str
    turn: str
    priority: str
    due: str | None
    since: str | None


@dataclass(frozen=True)
class ReferralContent:
    """One referral to be kept. ``task``: id of the Task; ``patient``, ``owner``: references, kept as blind indexes;
    ``found_by``: the words a search finds it by."""

    task: str
    patient: str
    owner: str
    in_clear: InClear
    content: Mapping[str, object]
    found_by: str = ""


@dataclass(frozen=True)
class ReferralRow:
    """``seen``: when it was read from the EHR or changed here, in seconds since the epoch. ``unreadable`` says why
    there is no content: a row that cannot be opened never stops the others."""

    id: str
    here: bool
    version: int
    seen: float
    content: dict[str, object]
    unreadable: str = ""


@dataclass(frozen=True)
class Filters:
    """``queue`` empty: all that are open; :data:`EVERY`: closed ones, too. ``owner``: a reference; ``overdue_on``: only
    what was due before that day.
    ``sort``: one of :data:`SORTS`."""

    queue: str = ""
    priority: str = ""
    owner: str = ""
    overdue_on: str = ""
    sort: str = "due"


# The first that is due, the longest in its state, by whose turn it is; then what is due first.
SORTS: Mapping[str, tuple[ColumnElement[Any], ...]] = {
    "due": (referrals.c.due, referrals.c.id),
    "age": (referrals.c.since, referrals.c.due, referrals.c.id),
    "turn": (referrals.c.turn, case((referrals.c.owner_index.is_(None), 0), else_=1), referrals.c.due, referrals.c.id),
}


class Referrals:
    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    # -- orders that are on their way

    def await_order(self, signature_id: str, task: Mapping[str, object]) -> None:
        """Once this plan's order is delivered, somebody has to see where its referral is kept."""
        sealed = self._seal.seal(f"{signature_id} task", {"version": FORM, "task": dict(task)})
        with self._database.transaction() as db:
            db.execute(insert(awaited_orders).values(signature_id=signature_id, content=sealed))

    def await_again(self, signature_id: str) -> None:
        """Somebody has to see once more what became of this plan; nothing where that is awaited already."""
        mine = awaited_orders.c.signature_id == signature_id
        with suppress(IntegrityError), self._database.transaction() as db:
            if db.execute(select(awaited_orders.c.signature_id).where(mine)).first() is None:
                self.await_order(signature_id, {})

    def awaited(self) -> tuple[str, ...]:
        """Signatures whose order is awaited."""
        with self._database.read() as db:
            return tuple(db.execute(select(awaited_orders.c.signature_id)).scalars())

    def awaited_task(self, signature_id: str) -> dict[str, object] | None:
        """The Task as it was signed; None where nothing is awaited. Raises KeptUnreadable."""
        mine = awaited_orders.c.signature_id == signature_id
        with self._database.read() as db:
            sealed = db.execute(select(awaited_orders.c.content).where(mine)).scalar()
        if sealed is None:
            return None
        kept = self._seal.open_object(f"{signature_id} task", sealed)
        check_version(kept, FORM)
        return opened_object(kept.get("task"))

    def forget_awaited(self, signature_id: str) -> bool:
        """Whether it was awaited until now: of several workers one is told so."""
        with self._database.transaction() as db:
            gone = db.execute(delete(awaited_orders).where(awaited_orders.c.signature_id == signature_id))
        return gone.rowcount == 1

    # -- kept here

    def place(self, whose: Whose, new: ReferralContent) -> bool:
        """Keep it here from now on; False where it is."""
        values = self._values(whose._replace(reader=EVERYBODY), new, new.task, 1, here=True)
        with suppress(IntegrityError), self._database.transaction() as db:
            if db.execute(select(referrals.c.id).where(referrals.c.id == new.task)).first() is None:
                db.execute(insert(referrals).values(**values))
                return True
        return False

    def read(self, whose: Whose, id_: str) -> ReferralRow | None:
        """One of this EHR that is kept here."""
        mine = (referrals.c.id == id_, referrals.c.kept_here == 1, self._of_everybody(whose))
        with self._database.read() as db:
            row = db.execute(select(referrals).where(*mine)).first()
        return self._row(row) if row else None

    def lost(self) -> int:
        """How many of those kept here are sealed with a secret that is gone: of which EHR cannot be known."""
        return lost_values(self._database, referrals.c.content, referrals.c.kept_here == 1)

    def kept_here(self, whose: Whose, patient: str = "") -> tuple[ReferralRow, ...]:
        """Those of this EHR that are kept here: all, or of one patient."""
        wanted = [self._of_everybody(whose), referrals.c.kept_here == 1]
        if patient:
            wanted.append(referrals.c.patient_index.in_(self._indexes("patient", whose.base, patient)))
        return self._rows(select(referrals).where(*wanted))

    def move(self, whose: Whose, now: ReferralContent, version: int, also: Callable[[], None] = lambda: None) -> bool:
        """The next version over the one that was seen, and whatever belongs to it; False where somebody was quicker."""
        values = self._values(whose._replace(reader=EVERYBODY), now, now.task, version + 1, here=True)
        mine = (referrals.c.id == now.task, referrals.c.kept_here == 1, referrals.c.version == version)
        with self._database.transaction() as db:
            if db.execute(update(referrals).where(*mine).values(**values)).rowcount != 1:
                return False
            also()
        return True

    # -- Tasks of an EHR as last read

    def put(self, whose: Whose, read: Sequence[ReferralContent]) -> None:
        """What the EHR has just shown to this reader."""
        for start in range(0, len(read), AT_ONCE):
            part = read[start : start + AT_ONCE]
            rows = [self._values(whose, each, self._of_task(whose, each.task)[0], 1, here=False) for each in part]
            old = [index for each in part for index in self._of_task(whose, each.task)]
            with self._database.transaction() as db:
                db.execute(delete(referrals).where(referrals.c.id.in_(old), referrals.c.kept_here == 0))
                db.execute(insert(referrals), rows)

    def forget_unseen(self, whose: Whose, since: float) -> None:
        """What a whole reading that began then did not bring is not there any more, or not for this reader."""
        mine = referrals.c.reader_index.in_(self._reader(whose))
        with self._database.transaction() as db:
            db.execute(delete(referrals).where(mine, referrals.c.kept_here == 0, referrals.c.seen < since))

    def of_patients(self, whose: Whose, patients: Iterable[str]) -> tuple[ReferralRow, ...]:
        """What this reader was shown of these patients."""
        found = [index for each in patients for index in self._indexes("patient", whose.base, each)]
        mine = (referrals.c.reader_index.in_(self._reader(whose)), referrals.c.patient_index.in_(found))
        return self._rows(select(referrals).where(*mine)) if found else ()

    def forget_readers(self, readers: Sequence[str]) -> None:
        """What was read for these readers, by their blind indexes."""
        with self._database.transaction() as db:
            db.execute(delete(referrals).where(referrals.c.reader_index.in_(readers), referrals.c.kept_here == 0))

    # -- the list

    def counts(self, whose: Whose, today: str) -> dict[str, tuple[int, int]]:
        """Queue -> how many, and how many of them are overdue."""
        late = func.sum(case((referrals.c.due < today, 1), else_=0))
        asked = select(referrals.c.queue, func.count(), late).where(self._shown_to(whose)).group_by(referrals.c.queue)
        with self._database.read() as db:
            return {queue: (count, int(overdue or 0)) for queue, count, overdue in db.execute(asked)}

    def matches(self, whose: Whose, filters: Filters) -> int:
        with self._database.read() as db:
            found: int = db.execute(select(func.count()).where(*self._wanted(whose, filters))).scalar_one()
        return found

    def page(self, whose: Whose, filters: Filters, start: int = 0, most: int | None = None) -> tuple[ReferralRow, ...]:
        """In the order the filters ask for."""
        asked = select(referrals.c.id).where(*self._wanted(whose, filters))
        ids = asked.order_by(*SORTS[filters.sort]).offset(start).limit(most)
        with self._database.read() as db:
            wanted = tuple(db.execute(ids).scalars())
        return self.rows(wanted)

    def rows(self, ids: Sequence[str]) -> tuple[ReferralRow, ...]:
        """These, in this order; one that is gone is left out."""
        with self._database.read() as db:
            found = {
                row.id: row
                for at in range(0, len(ids), AT_ONCE)
                for row in db.execute(select(referrals).where(referrals.c.id.in_(ids[at : at + AT_ONCE])))
            }
        return tuple(self._row(found[id_]) for id_ in ids if id_ in found)

    def search(
        self, whose: Whose, filters: Filters, typed: str, found_by: Callable[[Mapping[str, object]], str]
    ) -> tuple[str, ...]:
        """Ids of the rows of which each word that was typed begins one, in the order the filters ask for.

        ``found_by``: of the content of a row that was kept before rows had today's index; it gets one.
        """
        asked = select(referrals.c.id, referrals.c.search_index).where(*self._wanted(whose, filters))
        with self._database.read() as db:
            every = db.execute(asked.order_by(*SORTS[filters.sort])).all()
        indexes = self._index_anew([id_ for id_, index in every if index is None], found_by)
        fits = search_of(self._seal, typed)
        return tuple(id_ for id_, index in every if fits(id_, index or indexes.get(id_, b"")))

    def _index_anew(self, ids: Sequence[str], found_by: Callable[[Mapping[str, object]], str]) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for at in range(0, len(ids), AT_ONCE):
            rows = [row for row in self.rows(ids[at : at + AT_ONCE]) if not row.unreadable]
            made |= (part := {row.id: index_of(self._seal, row.id, found_by(row.content)) for row in rows})
            with self._database.transaction() as db:
                for id_, index in part.items():
                    unmoved = (referrals.c.id == id_, referrals.c.search_index.is_(None))
                    db.execute(update(referrals).where(*unmoved).values(search_index=index))
        return made

    def shows(self, whose: Whose, task: str) -> bool:
        """Whether this Task is in the list of this reader."""
        ids = (task, *self._of_task(whose, task))
        asked = select(referrals.c.id).where(self._shown_to(whose), referrals.c.id.in_(ids))
        with self._database.read() as db:
            return db.execute(asked).first() is not None

    def _wanted(self, whose: Whose, filters: Filters) -> list[ColumnElement[bool]]:
        wanted = [self._shown_to(whose)]
        if filters.queue != EVERY:
            wanted.append(referrals.c.queue == filters.queue if filters.queue else referrals.c.queue != CLOSED)
        if filters.priority:
            wanted.append(referrals.c.priority == filters.priority)
        if filters.owner:
            wanted.append(referrals.c.owner_index.in_(self._indexes("owner", whose.base, filters.owner)))
        if filters.overdue_on:
            wanted.append(referrals.c.due < filters.overdue_on)
        return wanted

    def _shown_to(self, whose: Whose) -> ColumnElement[bool]:
        readers = (*self._reader(whose), *self._reader(whose._replace(reader=EVERYBODY)))
        return referrals.c.reader_index.in_(readers)

    def _of_everybody(self, whose: Whose) -> ColumnElement[bool]:
        return referrals.c.reader_index.in_(self._reader(whose._replace(reader=EVERYBODY)))

    # -- rows

    def _values(self, whose: Whose, one: ReferralContent, id_: str, version: int, here: bool) -> dict[str, object]:
        owner = self._indexes("owner", whose.base, one.owner)[0] if one.owner else None
        content = {"version": FORM, "content": dict(one.content)}
        found_by = f"{one.found_by} {short_reference(self._seal, whose.base, one.task)}"
        return {
            "id": id_, "kept_here": int(here), "reader_index": self._reader(whose)[0],
            "patient_index": self._indexes("patient", whose.base, one.patient)[0], "owner_index": owner,
            "version": version, "seen": self._database.clock(),
            **one.in_clear, "due": one.in_clear["due"] or NO_DAY, "since": one.in_clear["since"] or NO_DAY,
            "search_index": index_of(self._seal, id_, found_by),
            "content": self._seal.seal(f"{id_} referral", content),
        }  # fmt: skip

    def _rows(self, asked: Select[tuple[object, ...]]) -> tuple[ReferralRow, ...]:
        with self._database.read() as db:
            found = db.execute(asked).all()
        return tuple(self._row(row) for row in found)

    def _row(self, row: Row[*tuple[object, ...]]) -> ReferralRow:
        fixed = (row.id, bool(row.kept_here), row.version, row.seen)
        try:
            kept = self._seal.open_object(f"{row.id} referral", row.content)
            check_version(kept, FORM)
            return ReferralRow(*fixed, opened_object(kept.get("content")))
        except KeptUnreadable as error:
            log.error("a referral cannot be opened", extra={"event": type(error).__name__})
            return ReferralRow(*fixed, {}, str(error))

    def _of_task(self, whose: Whose, task: str) -> tuple[str, ...]:
        return self._seal.blind_indexes("referral", whose.base, whose.reader, task)

    def _reader(self, whose: Whose) -> tuple[str, ...]:
        return reader_indexes(self._seal, whose)

    def _indexes(self, kind: str, base: str, reference: str) -> tuple[str, ...]:
        return self._seal.blind_indexes(f"referral {kind}", base, reference)
