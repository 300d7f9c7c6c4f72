"""One artifact on its way into the EHR: the value the outbox keeps, and the table of what status may follow what.

An :class:`OutboxItem` is whole in itself: its resource was built and sealed when the plan was signed, so that going on
after a crash derives nothing anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

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


_S = WriteStatus
_ANY = frozenset(_S)  # after a request or a look anything may have come out, but what only a person says
_AGAIN = frozenset({_S.SENDING, _S.MANUAL, _S.WAITING})

# What may follow what. WAITING follows FAILED, CONFLICT and DOUBTFUL by a person's choice alone.
# Drawn in docs/outbox-states.md.
FOLLOWS: Mapping[WriteStatus, frozenset[WriteStatus]] = MappingProxyType(
    {
        _S.WAITING: _ANY - {_S.CONFIRMED, _S.DROPPED},
        _S.SENDING: _ANY - {_S.CONFIRMED},
        _S.UNKNOWN: _ANY - {_S.CONFIRMED},
        _S.DOUBTFUL: frozenset({_S.WAITING, _S.UNKNOWN, _S.WRITTEN, _S.FOUND, _S.CONFIRMED, _S.DROPPED}),
        _S.FAILED: _AGAIN | {_S.DROPPED},
        _S.CONFLICT: _AGAIN | {_S.FOUND},
        _S.MANUAL: frozenset({_S.CONFIRMED}),
        _S.WRITTEN: frozenset(),
        _S.FOUND: frozenset(),
        _S.CONFIRMED: frozenset(),
        _S.DROPPED: frozenset(),
    }
)

LANDED = frozenset({WriteStatus.WRITTEN, WriteStatus.FOUND, WriteStatus.CONFIRMED})
OPEN = frozenset(
    {WriteStatus.WAITING, WriteStatus.SENDING, WriteStatus.UNKNOWN}
)  # the outbox goes on with these by itself
STUCK = frozenset({WriteStatus.FAILED, WriteStatus.CONFLICT, WriteStatus.DOUBTFUL})  # these wait for a person


PAUSES = (5.0, 15.0, 60.0, 300.0)  # seconds before the next attempt or look, where the EHR asks for none (ours)


@dataclass(frozen=True)
class OutboxItem:
    """One artifact of a signed plan, or of taking it back: what is sent, by which method, and how far it came."""

    position: int  # order of sending
    kind: str
    title: str
    identifier: str
    method: WriteMethod
    entry: Entry  # fullUrl, resource, request, as in a transaction Bundle
    fallbacks: tuple[WriteMethod, ...] = ()  # where it goes if the EHR refuses this method
    is_document: bool = False  # a note or message that holds other items
    lookup: Mapping[str, str] = field(default_factory=dict)  # how to find it where it cannot be searched by identifier
    status: WriteStatus = WriteStatus.WAITING
    attempts: int = 0  # requests sent by this method
    looks: int = 0  # looks for it since it was last sent
    accepted: bool = False  # the EHR took it without showing ours: never sent again but by a person
    unconditional: bool = False  # this EHR takes another record for ours: sent without a condition
    not_before: float = 0.0  # seconds since the epoch
    doubt_until: float = 0.0  # a request without an answer may still land until then; 0: no doubt
    reference: str = ""
    version: str = ""
    why: str = ""  # why not by a better method
    detail: str = ""
    renewed: bool = False  # its content was made anew since it was kept

    @property
    def ends_something(self) -> bool:
        """Whether it changes a record that is there, instead of making one."""
        return bool(self.entry) and self.entry["request"]["method"] == "PUT"

    @property
    def has_record(self) -> bool:
        """Whether the EHR holds it as a new record of its own, not only in the words of a note or message."""
        return self.reference.startswith(f"{self.kind}/") and not self.ends_something

    @property
    def search_token(self) -> str:
        """``system|value`` by which its artifact is known in the EHR; kept with it, whatever the settings are later."""
        return str(self.entry["request"].get("ifNoneExist", "")).partition("=")[2]

    @property
    def sendable(self) -> bool:
        return self.status in OPEN and (
            self.is_document or self.method in (WriteMethod.TRANSACTION, WriteMethod.CREATE)
        )

    def to_row(self) -> "OutboxRow":
        """As the store keeps it: what never changes apart from what does."""
        return {
            "position": self.position,
            "status": self.status.value,
            "renewed": self.renewed,
            "doubtful": bool(self.doubt_until),
            "fixed": {
                "kind": self.kind, "title": self.title, "identifier": self.identifier, "is_document": self.is_document,
                "lookup": dict(self.lookup),
            },
            "state": {
                "method": self.method.value, "fallbacks": [method.value for method in self.fallbacks],
                "attempts": self.attempts,
                "looks": self.looks, "accepted": self.accepted, "unconditional": self.unconditional,
                "not_before": self.not_before, "doubt_until": self.doubt_until, "reference": self.reference,
                "version": self.version, "why": self.why, "detail": self.detail,
            },
            "entry": dict(self.entry),
        }  # fmt: skip

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "OutboxItem":
        """Raises KeptElsewhere where a row does not hold exactly what an item is made of."""
        try:
            item = cls._of_row(row)
        except (KeyError, TypeError, ValueError) as error:
            raise KeptElsewhere("Kept by another version of Loadpath; not readable here.") from error
        if any(item.to_row()[name] != row[name] for name in ("fixed", "state")):
            raise KeptElsewhere("Kept by another version of Loadpath; not readable here.")
        return item

    @classmethod
    def _of_row(cls, row: Mapping[str, Any]) -> "OutboxItem":
        state = {
            **row["state"],
            "method": WriteMethod(row["state"]["method"]),
            "fallbacks": tuple(map(WriteMethod, row["state"]["fallbacks"])),
        }
        return cls(
            position=row["position"], status=WriteStatus(row["status"]), entry=row["entry"], **row["fixed"], **state
        )


def transition(item: OutboxItem, status: WriteStatus, **changes: Any) -> OutboxItem:
    """The item in its next status; raises ValueError for a move the table does not allow."""
    if status is not item.status and status not in FOLLOWS[item.status]:
        raise ValueError(f"{item.kind}: {item.status.value} cannot become {status.value}")
    return replace(item, status=status, **changes)


def fall_back(item: OutboxItem, why: str) -> OutboxItem:
    """The same artifact by its next method, or given up where it has none. ``why`` stays on the receipt."""
    if not item.fallbacks:
        return transition(item, WriteStatus.DROPPED, detail=why)
    method, *fallbacks = item.fallbacks
    return transition(
        item, WriteStatus.WAITING, method=method, fallbacks=tuple(fallbacks), attempts=0, looks=0, accepted=False,
        not_before=0.0, why=join_words(item.why, why), detail="",
    )  # fmt: skip


def is_complete(items: Iterable[OutboxItem]) -> bool:
    """Whether all of it is in the chart."""
    return all(item.status in LANDED or item.status is WriteStatus.DROPPED for item in items)


def join_words(*words: str) -> str:
    """Sentences one after the other, each once."""
    return " ".join(dict.fromkeys(filter(None, words)))


def mark_doubtful(item: OutboxItem, words: str) -> OutboxItem:
    """It may be in the chart: a person has to look. ``words`` has a place for the identifier."""
    return transition(item, WriteStatus.DOUBTFUL, doubt_until=0.0, not_before=0.0, detail=words.format(item.identifier))
