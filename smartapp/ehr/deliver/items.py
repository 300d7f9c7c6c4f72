"""One artifact on its way into the EHR: the values the outbox keeps, and the table of what may follow what.

An :class:`OutboxItem` is whole in itself: its resource was built and sealed when the plan was signed, so that going on
after a crash derives nothing anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from smartapp.core.proposal import Written
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.errors import KeptElsewhere

if TYPE_CHECKING:
    from smartapp.store import OutboxRow

Entry = Mapping[str, Any]


class WriteStatus(StrEnum):
    WAITING = "waiting"  # not sent yet, or refused for now: nothing of it is in the EHR
    SENDING = "sending"  # a request is under way, or the process died during it
    UNKNOWN = "unknown"  # it may be there: it is looked for, and not sent while it may still arrive
    DOUBTFUL = "doubtful"  # it may be there, was looked for, and was not found: a person must look into the chart
    WRITTEN = "written"
    FOUND = "found"  # it was there already
    FAILED = "failed"  # the EHR found fault with it: a person must look
    CONFLICT = "conflict"  # somebody changed what was to be changed: a person must choose
    MANUAL = "manual"  # to be put into the chart by hand
    CONFIRMED = "confirmed"  # a person says it is in the chart
    DROPPED = "dropped"  # the EHR refused it: what a note held went another way, a task is done without


_SENT = frozenset({WriteStatus.SENDING, WriteStatus.MANUAL, WriteStatus.WAITING})
_ANSWERED = frozenset(
    set(WriteStatus) - {WriteStatus.CONFIRMED}
)  # after a look or a request anything may have come out

# What may follow what. WAITING follows FAILED, CONFLICT and DOUBTFUL by a person's choice alone.
FOLLOWS: Mapping[WriteStatus, frozenset[WriteStatus]] = MappingProxyType(
    {
        WriteStatus.WAITING: _SENT
        | {
            WriteStatus.WRITTEN,
            WriteStatus.FOUND,
            WriteStatus.FAILED,
            WriteStatus.UNKNOWN,
            WriteStatus.DOUBTFUL,
            WriteStatus.CONFLICT,
        },
        WriteStatus.SENDING: _ANSWERED,
        WriteStatus.UNKNOWN: _ANSWERED,
        WriteStatus.DOUBTFUL: frozenset(
            {
                WriteStatus.WAITING,
                WriteStatus.UNKNOWN,
                WriteStatus.WRITTEN,
                WriteStatus.FOUND,
                WriteStatus.CONFIRMED,
                WriteStatus.DROPPED,
            }
        ),
        WriteStatus.FAILED: _SENT | {WriteStatus.DROPPED},
        WriteStatus.CONFLICT: _SENT | {WriteStatus.FOUND},
        WriteStatus.MANUAL: frozenset({WriteStatus.CONFIRMED}),
        WriteStatus.WRITTEN: frozenset(),
        WriteStatus.FOUND: frozenset(),
        WriteStatus.CONFIRMED: frozenset(),
        WriteStatus.DROPPED: frozenset(),
    }
)

LANDED = frozenset({WriteStatus.WRITTEN, WriteStatus.FOUND, WriteStatus.CONFIRMED})
OPEN = frozenset(
    {WriteStatus.WAITING, WriteStatus.SENDING, WriteStatus.UNKNOWN}
)  # the outbox goes on with these by itself
STUCK = frozenset({WriteStatus.FAILED, WriteStatus.CONFLICT, WriteStatus.DOUBTFUL})  # these wait for a person


@dataclass(frozen=True)
class OutboxItem:
    position: int  # order of sending
    kind: str
    title: str
    identifier: str
    rung: WriteMethod
    entry: Entry  # fullUrl, resource, request, as in a transaction Bundle
    below: tuple[WriteMethod, ...] = ()  # where it goes if the EHR refuses this rung
    carries: bool = False  # a note or message that holds other steps
    lookup: Mapping[str, str] = field(default_factory=dict)  # how to find it where it cannot be searched by identifier
    landing: WriteStatus = WriteStatus.WAITING
    attempts: int = 0  # requests sent on this rung
    looks: int = 0  # looks for it since it was last sent
    accepted: bool = False  # the EHR took it without showing ours: never sent again but by a person
    unconditional: bool = False  # this EHR takes another record for ours: sent without a condition
    not_before: float = 0.0  # seconds since the epoch
    doubt_until: float = 0.0  # a request without an answer may still land until then; 0: no doubt
    reference: str = ""
    version: str = ""
    why: str = ""  # why it stands lower than planned
    detail: str = ""
    renewed: bool = False  # its content was made anew since it was kept

    @property
    def ends_something(self) -> bool:
        """Whether it changes a record that is there, instead of making one."""
        return bool(self.entry) and self.entry["request"]["method"] == "PUT"

    @property
    def mark(self) -> str:
        """``system|value`` by which its artifact is known in the EHR; kept with it, whatever the settings are later."""
        return str(self.entry["request"].get("ifNoneExist", "")).partition("=")[2]

    @property
    def sendable(self) -> bool:
        return self.landing in OPEN and (self.carries or self.rung in (WriteMethod.TRANSACTION, WriteMethod.CREATE))

    @property
    def told(self) -> Written:
        """Its line of the receipt."""
        return Written(
            self.kind, self.title, self.identifier, self.rung.value, self.reference, self.version,
            self.landing.value, " ".join(filter(None, (self.why, self.detail))),
        )  # fmt: skip

    def to_row(self) -> "OutboxRow":
        """As the store keeps it: what never changes apart from what does."""
        return {
            "position": self.position,
            "status": self.landing.value,
            "renewed": self.renewed,
            "doubtful": bool(self.doubt_until),
            "fixed": {
                "kind": self.kind, "title": self.title, "identifier": self.identifier, "carries": self.carries,
                "lookup": dict(self.lookup),
            },
            "state": {
                "rung": self.rung.value, "below": [rung.value for rung in self.below], "attempts": self.attempts,
                "looks": self.looks, "accepted": self.accepted, "unconditional": self.unconditional,
                "not_before": self.not_before, "doubt_until": self.doubt_until, "reference": self.reference,
                "version": self.version, "why": self.why, "detail": self.detail,
            },
            "entry": dict(self.entry),
        }  # fmt: skip

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "OutboxItem":
        """Raises KeptElsewhere where a row does not hold exactly what a step is made of."""
        try:
            step = cls._of_row(row)
        except (KeyError, TypeError, ValueError) as error:
            raise KeptElsewhere("Kept by another version of Loadpath; not readable here.") from error
        if any(step.to_row()[name] != row[name] for name in ("fixed", "state")):
            raise KeptElsewhere("Kept by another version of Loadpath; not readable here.")
        return step

    @classmethod
    def _of_row(cls, row: Mapping[str, Any]) -> "OutboxItem":
        state = {
            **row["state"],
            "rung": WriteMethod(row["state"]["rung"]),
            "below": tuple(map(WriteMethod, row["state"]["below"])),
        }
        return cls(
            position=row["position"], landing=WriteStatus(row["status"]), entry=row["entry"], **row["fixed"], **state
        )


def transition(step: OutboxItem, landing: WriteStatus, **changes: Any) -> OutboxItem:
    """The step in its next state; raises ValueError for a move the table does not allow."""
    if landing is not step.landing and landing not in FOLLOWS[step.landing]:
        raise ValueError(f"{step.kind}: {step.landing.value} cannot become {landing.value}")
    return replace(step, landing=landing, **changes)


def fall_back(step: OutboxItem, why: str) -> OutboxItem:
    """The same artifact one rung lower, or given up where it has none. ``why`` stays on the receipt."""
    if not step.below:
        return transition(step, WriteStatus.DROPPED, detail=why)
    rung, *below = step.below
    told = " ".join(dict.fromkeys(filter(None, (step.why, why))))
    return transition(
        step, WriteStatus.WAITING, rung=rung, below=tuple(below), attempts=0, looks=0, accepted=False, not_before=0.0,
        why=told, detail="",
    )  # fmt: skip


def landed(steps: Iterable[OutboxItem]) -> bool:
    """Whether all of it is in the chart."""
    return all(step.landing in LANDED or step.landing is WriteStatus.DROPPED for step in steps)


def outline(step: OutboxItem) -> str:
    """For logs: never the content."""
    return f"{step.kind} {step.rung.value} {step.landing.value} after {step.attempts}"
