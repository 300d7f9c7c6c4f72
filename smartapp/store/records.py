"""What outlives a session: attestations of clinicians, signed plans. Found by keyed hashes only."""

import logging
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from smartapp.errors import KeptUnreadable
from smartapp.store.outbox import WRITE, Outbox
from smartapp.store.schema import attestations, signatures

log = logging.getLogger("smartapp.store.records")
RETIRED = "retired "  # begins the fingerprint of a plan that was taken back
_MOMENT = 0.001  # seconds (ours)
RELEASED = "released "  # of a plan the chart had lost or taken back, and that was signed again


@dataclass(frozen=True)
class Stated:
    """One attestation as kept. ``statement`` is what was given to :meth:`Records.attest`."""

    id: str
    statement: dict[str, Any]
    made: float


@dataclass(frozen=True)
class Signature:
    """A signed plan as kept. ``new`` is True only for the call that recorded it; ``unreadable`` says why there is no
    record: one that cannot be opened never stops the others."""

    id: str
    launch_id: str
    plan_id: str
    fingerprint: str
    record: dict[str, Any]
    signed: float
    state: str  # signed, writing, incomplete, written
    new: bool = False
    unreadable: str = ""

    @property
    def retired(self) -> bool:
        """Whether the plan was taken back."""
        return self.fingerprint.startswith(RETIRED)


class Records(Outbox):
    """``patient`` is always FHIR base and patient id in one text, as given to :meth:`Launches.open_session`."""

    # -- attestations

    def attest(self, patient: str, statement: Mapping[str, Any]) -> str:
        """Keep a clinician's statement on this patient; returns its id."""
        id_ = secrets.token_urlsafe(16)
        with self._begin() as db:
            db.execute(
                insert(attestations).values(
                    id=id_, patient_mark=self._seal.mark("patient", patient), made=self._clock(),
                    statement=self._seal.seal(f"{id_} statement", dict(statement)),
                )
            )  # fmt: skip
        return id_

    def withdraw(self, patient: str, id_: str, by: str) -> bool:
        """Take a statement back; it stays on record as withdrawn. False if there is no such statement in force."""
        with self._begin() as db:
            done = db.execute(
                update(attestations)
                .where(
                    attestations.c.id == id_, attestations.c.withdrawn.is_(None),
                    attestations.c.patient_mark.in_(self._seal.marks("patient", patient)),
                )
                .values(withdrawn=self._clock(), withdrawal=self._seal.seal(f"{id_} withdrawal", by))
            )  # fmt: skip
        return done.rowcount == 1

    def attestations_of(self, patient: str) -> tuple[Stated, ...]:
        """Statements in force, oldest first."""
        with self._reads.connect() as db:
            rows = db.execute(
                select(attestations)
                .where(
                    attestations.c.patient_mark.in_(self._seal.marks("patient", patient)),
                    attestations.c.withdrawn.is_(None),
                )
                .order_by(attestations.c.made)
            ).all()
        return tuple(Stated(r.id, self._seal.open(f"{r.id} statement", r.statement), r.made) for r in rows)

    # -- signed plans

    def record_signature(
        self,
        launch_id: str,
        patient: str,
        plan_id: str,
        fingerprint: str,
        record: Mapping[str, Any],
        rows: Iterable[Mapping[str, Any]] = (),
    ) -> Signature:
        """Keep a signature, and the outbox ``rows`` of what it is to bring about, before anything leaves for the EHR.

        The same fingerprint in the same launch, or the same plan for the same patient, was signed already: then that
        signature comes back (``new`` False) and nothing is added.
        """
        id_, now = secrets.token_urlsafe(16), self._clock()
        try:
            with self._begin() as db:
                if row := self._find(db, launch_id, patient, plan_id, fingerprint):
                    return self._signature(row)
                now = self._after_the_last(db, patient, now)
                db.execute(
                    insert(signatures).values(
                        id=id_, launch_id=launch_id, fingerprint=fingerprint, plan_id=plan_id, signed=now,
                        patient_mark=self._seal.mark("patient", patient), state="signed",
                        record=self._seal.seal(f"{id_} record", dict(record)),
                    )
                )  # fmt: skip
                self._keep(db, id_, WRITE, rows)
        except IntegrityError:  # another worker was quicker by a moment
            with self._reads.connect() as db:
                row = self._find(db, launch_id, patient, plan_id, fingerprint)
            if row is None:
                raise
            return self._signature(row)
        return Signature(id_, launch_id, plan_id, fingerprint, dict(record), now, "signed", new=True)

    def _after_the_last(self, db: Db, patient: str, now: float) -> float:
        """``now``, or a moment later: which of two plans is the newer one must be certain."""
        mine = signatures.c.patient_mark.in_(self._seal.marks("patient", patient))
        last = db.execute(select(func.max(signatures.c.signed)).where(mine)).scalar()
        return now if last is None else max(now, last + _MOMENT)

    def retire(self, id_: str) -> None:
        """The plan was taken back: the same page may be signed anew, as another plan. Its receipt stays."""
        with self._begin() as db:
            db.execute(update(signatures).where(signatures.c.id == id_).values(fingerprint=f"{RETIRED}{id_}"))

    def release(self, id_: str) -> None:
        """The chart has lost the plan, or somebody ended it there: the same page may be signed anew."""
        with self._begin() as db:
            db.execute(update(signatures).where(signatures.c.id == id_).values(fingerprint=f"{RELEASED}{id_}"))

    def signature_of(self, patient: str, plan_id: str) -> Signature | None:
        """The signature of this plan, if it was signed here."""
        with self._reads.connect() as db:
            row = db.execute(
                select(signatures).where(
                    signatures.c.patient_mark.in_(self._seal.marks("patient", patient)), signatures.c.plan_id == plan_id
                )
            ).first()
        return self._signature(row) if row else None

    def signature(self, id_: str) -> Signature | None:
        """The signature of this id, of whatever patient: for going on with what waits."""
        with self._reads.connect() as db:
            row = db.execute(select(signatures).where(signatures.c.id == id_)).first()
        return self._signature(row) if row else None

    def signatures_of(self, patient: str) -> tuple[Signature, ...]:
        """Every plan signed here for this patient, newest first."""
        with self._reads.connect() as db:
            rows = db.execute(
                select(signatures)
                .where(signatures.c.patient_mark.in_(self._seal.marks("patient", patient)))
                .order_by(signatures.c.signed.desc())
            ).all()
        return tuple(self._signature(row) for row in rows)

    def _find(self, db: Any, launch_id: str, patient: str, plan_id: str, fingerprint: str) -> Row[Any] | None:
        same_look = (signatures.c.launch_id == launch_id) & (signatures.c.fingerprint == fingerprint)
        same_plan = signatures.c.patient_mark.in_(self._seal.marks("patient", patient)) & (
            signatures.c.plan_id == plan_id
        )
        found: Row[Any] | None = db.execute(select(signatures).where(same_look | same_plan)).first()
        return found

    def _signature(self, row: Row[Any]) -> Signature:
        record, unreadable = {}, ""
        try:
            record = self._seal.open(f"{row.id} record", row.record)
        except KeptUnreadable as error:
            log.error("a signature cannot be opened", extra={"event": type(error).__name__, "plan": row.plan_id})
            unreadable = str(error)
        return Signature(
            row.id, row.launch_id, row.plan_id, row.fingerprint, record, row.signed, row.state, unreadable=unreadable
        )
