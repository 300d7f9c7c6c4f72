"""What outlives a session: attestations of clinicians, signed plans. Found by blind indexes only."""

import logging
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from smartapp.errors import KeptUnreadable
from smartapp.store.database import Database
from smartapp.store.outbox import WORDS, Outbox, OutboxRow
from smartapp.store.schema import attestations, signatures
from smartapp.store.seal import check_version, opened_object
from smartapp.store.secrets_used import lost_values

log = logging.getLogger("smartapp.store.records")
STATEMENT = 1  # form in which a statement is kept; before it had a number, it was the bare statement
_MOMENT = 0.001  # seconds (ours)


class SignatureStatus(StrEnum):
    CURRENT = "current"
    RELEASED = "released"  # the chart has lost the plan, or somebody ended it there: its page may be signed anew
    RETIRED = "retired"  # the plan was taken back: the same


@dataclass(frozen=True)
class Stated:
    """One attestation as kept. ``statement`` is what was given to :meth:`Records.attest`."""

    id: str
    statement: dict[str, object]
    made: float


@dataclass(frozen=True)
class Signature:
    """A signed plan as kept. ``new`` is True only for the call that recorded it; ``unreadable`` says why there is no
    record: one that cannot be opened never stops the others."""

    id: str
    launch_id: str
    plan_id: str
    fingerprint: str
    record: dict[str, object]
    signed: float
    status: SignatureStatus
    delivery: str  # signed, writing, incomplete, written
    new: bool = False
    unreadable: str = ""

    @property
    def current(self) -> bool:
        """Whether its page may not be signed again."""
        return self.status is SignatureStatus.CURRENT

    @property
    def retired(self) -> bool:
        """Whether the plan was taken back."""
        return self.status is SignatureStatus.RETIRED


class Records:
    """``patient`` is always FHIR base and patient id in one text, as given to :meth:`Sessions.open`."""

    def __init__(self, database: Database, outbox: Outbox):
        self._database, self._seal, self._outbox = database, database.seal, outbox

    # -- attestations

    def attest(self, patient: str, statement: Mapping[str, object]) -> str:
        """Keep a clinician's statement on this patient; returns its id."""
        id_ = secrets.token_urlsafe(16)
        kept = {"version": STATEMENT, "statement": dict(statement)}
        with self._database.transaction() as db:
            db.execute(
                insert(attestations).values(
                    id=id_, patient_index=self._seal.blind_index("patient", patient), made=self._database.clock(),
                    statement=self._seal.seal(f"{id_} statement", kept),
                )
            )  # fmt: skip
        return id_

    def withdraw(self, patient: str, id_: str, by: str) -> bool:
        """Take a statement back; it stays on record as withdrawn. False if there is no such statement in force."""
        withdrawal = self._seal.seal(f"{id_} withdrawal", by)
        with self._database.transaction() as db:
            done = db.execute(
                update(attestations)
                .where(
                    attestations.c.id == id_, attestations.c.withdrawn.is_(None),
                    attestations.c.patient_index.in_(self._seal.blind_indexes("patient", patient)),
                )
                .values(withdrawn=self._database.clock(), withdrawal=withdrawal)
            )  # fmt: skip
        return done.rowcount == 1

    def attestations_of(self, patient: str) -> tuple[Stated, ...]:
        """Statements in force, oldest first. Raises KeptUnreadable: one that is passed over might loosen a plan."""
        with self._database.read() as db:
            rows = db.execute(
                select(attestations.c.id, attestations.c.statement, attestations.c.made)
                .where(
                    attestations.c.patient_index.in_(self._seal.blind_indexes("patient", patient)),
                    attestations.c.withdrawn.is_(None),
                )
                .order_by(attestations.c.made)
            ).all()
        return tuple(Stated(row.id, self._statement(row), row.made) for row in rows)

    def _statement(self, row: Row[*tuple[object, ...]]) -> dict[str, object]:
        kept = self._seal.open_object(f"{row.id} statement", row.statement)
        if "version" not in kept:
            return kept
        check_version(kept, STATEMENT)
        return opened_object(kept.get("statement"))

    def lost(self) -> int:
        """How many statements in force and signed plans are sealed with a secret that is gone: of which patients
        cannot be known."""
        return lost_values(self._database, attestations.c.statement, attestations.c.withdrawn.is_(None)) + lost_values(
            self._database, signatures.c.record, signatures.c.status == SignatureStatus.CURRENT
        )

    # -- signed plans

    def sign(
        self,
        launch_id: str,
        patient: str,
        plan_id: str,
        fingerprint: str,
        record: Mapping[str, object],
        rows: Iterable[OutboxRow] = (),
    ) -> Signature:
        """Keep a signature, and the outbox ``rows`` of what it is to bring about, before anything leaves for the EHR.

        The same fingerprint in the same launch, or the same plan for the same patient, was signed already: then that
        signature comes back (``new`` False) and nothing is added.
        """
        id_, now, current = secrets.token_urlsafe(16), self._database.clock(), SignatureStatus.CURRENT
        try:
            with self._database.transaction() as db:
                if row := self._find(db, launch_id, patient, plan_id, fingerprint):
                    return self._signature(row)
                now = self._after_the_last(db, patient, now)
                db.execute(
                    insert(signatures).values(
                        id=id_, launch_id=launch_id, fingerprint=fingerprint, plan_id=plan_id, signed=now,
                        patient_index=self._seal.blind_index("patient", patient), delivery="signed",
                        status=current, record=self._seal.seal(f"{id_} record", dict(record), WORDS),
                    )
                )  # fmt: skip
                self._outbox.put(db, id_, rows)
        except IntegrityError:  # another worker was quicker by a moment
            with self._database.read() as db:
                row = self._find(db, launch_id, patient, plan_id, fingerprint)
            if row is None:
                raise
            return self._signature(row)
        return Signature(id_, launch_id, plan_id, fingerprint, dict(record), now, current, "signed", new=True)

    def _after_the_last(self, db: Connection, patient: str, now: float) -> float:
        """``now``, or a moment later: which of two plans is the newer one must be certain."""
        mine = signatures.c.patient_index.in_(self._seal.blind_indexes("patient", patient))
        last: float | None = db.execute(select(func.max(signatures.c.signed)).where(mine)).scalar()
        return now if last is None else max(now, last + _MOMENT)

    def retire(self, id_: str) -> None:
        """The plan was taken back: the same page may be signed anew, as another plan. Its receipt stays."""
        self._set(id_, SignatureStatus.RETIRED)

    def release(self, id_: str) -> None:
        """The chart has lost the plan, or somebody ended it there: the same page may be signed anew."""
        self._set(id_, SignatureStatus.RELEASED)

    def _set(self, id_: str, status: SignatureStatus) -> None:
        with self._database.transaction() as db:
            db.execute(update(signatures).where(signatures.c.id == id_).values(status=status))

    def signature_of(self, patient: str, plan_id: str) -> Signature | None:
        """The signature of this plan, if it was signed here."""
        mine = signatures.c.patient_index.in_(self._seal.blind_indexes("patient", patient))
        with self._database.read() as db:
            row = db.execute(select(signatures).where(mine, signatures.c.plan_id == plan_id)).first()
        return self._signature(row) if row else None

    def signature(self, id_: str) -> Signature | None:
        """The signature of this id, of whatever patient: for going on with what waits."""
        with self._database.read() as db:
            row = db.execute(select(signatures).where(signatures.c.id == id_)).first()
        return self._signature(row) if row else None

    def signatures_of(self, patient: str) -> tuple[Signature, ...]:
        """Every plan signed here for this patient, newest first."""
        mine = signatures.c.patient_index.in_(self._seal.blind_indexes("patient", patient))
        with self._database.read() as db:
            rows = db.execute(select(signatures).where(mine).order_by(signatures.c.signed.desc())).all()
        return tuple(self._signature(row) for row in rows)

    def has_signed(self, patient: str) -> bool:
        """Whether any plan was signed here for this patient; nothing is opened for it."""
        mine = signatures.c.patient_index.in_(self._seal.blind_indexes("patient", patient))
        with self._database.read() as db:
            return db.execute(select(signatures.c.id).where(mine).limit(1)).first() is not None

    def _find(
        self, db: Connection, launch_id: str, patient: str, plan_id: str, fingerprint: str
    ) -> Row[*tuple[object, ...]] | None:
        same_page = (
            (signatures.c.launch_id == launch_id)
            & (signatures.c.fingerprint == fingerprint)
            & (signatures.c.status == SignatureStatus.CURRENT)
        )
        same_plan = signatures.c.patient_index.in_(self._seal.blind_indexes("patient", patient)) & (
            signatures.c.plan_id == plan_id
        )
        return db.execute(select(signatures).where(same_page | same_plan)).first()

    def _signature(self, row: Row[*tuple[object, ...]]) -> Signature:
        record: dict[str, object] = {}
        unreadable = ""
        try:
            record = self._seal.open_object(f"{row.id} record", row.record, WORDS)
        except KeptUnreadable as error:
            log.error("a signature cannot be opened", extra={"event": type(error).__name__, "plan": row.plan_id})
            unreadable = str(error)
        return Signature(
            row.id, row.launch_id, row.plan_id, row.fingerprint, record, row.signed, SignatureStatus(row.status),
            row.delivery, unreadable=unreadable,
        )  # fmt: skip
