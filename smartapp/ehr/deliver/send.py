"""Items and one request -> the same items in their next status. Nothing is kept here; :mod:`engine` does that.

What the EHR does not let us do goes by the next method, for that artifact alone; silence is no answer; what it finds
fault with, or what somebody changed meanwhile, waits for a person. Whether an answer means ours decides :mod:`answers`.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from smartapp.ehr.deliver.answers import AnswerReader
from smartapp.ehr.deliver.find import FhirWriter, status_of
from smartapp.ehr.deliver.items import PAUSES, OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.references import prepare_alone, transaction_of
from smartapp.ehr.deliver.updates import differences, strong_etag, update
from smartapp.ehr.replies import Reply, replies_to
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrUnavailable
from smartapp.fhir.build.elements import Element
from smartapp.fhir.json import version_of

SETTLE = 60.0  # seconds a request without an answer may still land (ours; our own time limit is 18 s)
TRIES = 4  # conflicts that are nobody's doing (a lock in the EHR) are tried so often, then shown (ours)
NOT_OFFERED = frozenset({404, 405, 501})
NOT_KNOWN = (
    "It is not known whether this was saved: it is looked for, and sent again only when it cannot arrive any more."
)
NOTHING_TO_POINT_AT = "Nothing of this plan is in the chart yet that it could point at."
NOTHING_SAVED = "Nothing of this step was saved."


@dataclass(frozen=True)
class Attempt:
    """One EHR at one moment. ``conditional``: the types it creates only where our identifier is not there yet."""

    client: FhirWriter
    clock: Callable[[], float]
    conditional: Container[str]

    @property
    def answers(self) -> AnswerReader:
        return AnswerReader(self.client, self.clock)

    def send_transaction(
        self, items: Sequence[OutboxItem], everything: Sequence[OutboxItem], strict: bool = False
    ) -> list[OutboxItem]:
        """All of ``items`` in one transaction. ``strict``: older versions are named by strong ETags."""
        bundle = transaction_of(items, everything)
        if strict:
            bundle = {**bundle, "entry": [_with_strong_etag(entry) for entry in bundle["entry"]]}
        try:
            answer = self.client.post_transaction(bundle)
        except EhrUnavailable as error:
            return self._mark_unanswered(items, error)
        except EhrError as error:
            return self._refuse_all(items, error) or self._judge_fault(items, everything, error, strict)
        return self.answers.read(items, replies_to(answer, [item.kind for item in items]))

    def send_one(self, item: OutboxItem, everything: Sequence[OutboxItem]) -> OutboxItem:
        """One item by itself: a create, or the update that ends an older record."""
        try:
            unguarded = not item.ends_something and not self._is_guarded(item)
            if unguarded and (there := self.look_up([item])):
                return there[item.position]
        except EhrError as unasked:
            return self.postpone(item, unasked)
        try:
            reply = self._update(item) if item.ends_something else self._create(item, everything)
        except EhrUnavailable as error:
            return self._mark_unanswered([item], error)[0]
        except EhrError as error:
            refused = self._refuse_all([item], error)
            return refused[0] if refused else self._judge_one_fault(item, error)
        return self.answers.read([item], [reply])[0] if isinstance(reply, Reply) else reply

    def _create(self, item: OutboxItem, everything: Sequence[OutboxItem]) -> Reply | OutboxItem:
        ready = prepare_alone(item, everything)
        if ready is None:
            given_up = WriteStatus.DROPPED if item.kind == "Task" else WriteStatus.MANUAL
            return transition(item, given_up, detail=NOTHING_TO_POINT_AT)
        return self.client.create(ready, item.entry["request"]["ifNoneExist"] if self._is_guarded(item) else "")

    def _is_guarded(self, item: OutboxItem) -> bool:
        """Whether the EHR itself looks for ours before it makes another one."""
        return item.kind in self.conditional and not item.unconditional

    def _update(self, item: OutboxItem) -> Reply:
        return update(self.client, item.entry["resource"], item.entry["request"].get("ifMatch", ""))

    # -- what is there

    def look_up(self, items: Sequence[OutboxItem]) -> dict[int, OutboxItem]:
        """Position -> the item as found in the EHR, for those that are there. Raises where the EHR cannot be asked."""
        return self.answers.look_up(items)

    # -- what went wrong

    def _mark_unanswered(self, items: Sequence[OutboxItem], error: EhrUnavailable) -> list[OutboxItem]:
        """No answer: looked for at once, and never sent again at once."""
        if error.http_status in NOT_OFFERED:
            return [_refuse(item, error) for item in items]
        if not may_have_landed(error):
            return [self.postpone(item, error) for item in items]
        try:
            there = self.look_up(items)
        except EhrError:
            there = {}
        seen = {position: replace(item, doubt_until=self.clock() + SETTLE) for position, item in there.items()}
        return [seen.get(item.position) or self._mark_unknown(item, error) for item in items]

    def _mark_unknown(self, item: OutboxItem, error: EhrUnavailable) -> OutboxItem:
        now, pause = self.clock(), error.retry_after or PAUSES[0]
        detail = str(error) if error.http_status else f"{error} {NOT_KNOWN}"
        return transition(
            item, WriteStatus.UNKNOWN, looks=1, not_before=now + pause, doubt_until=now + SETTLE, detail=detail
        )  # fmt: skip

    def postpone(self, item: OutboxItem, error: EhrError) -> OutboxItem:
        """The EHR asks for patience, or was not reached: nothing was saved, again later by itself."""
        usual = PAUSES[min(max(item.attempts, 1), len(PAUSES)) - 1]
        pause = usual if error.retry_after is None else error.retry_after
        return transition(item, WriteStatus.WAITING, not_before=self.clock() + pause, detail=f"{error} {NOTHING_SAVED}")

    def _refuse_all(self, items: Sequence[OutboxItem], error: EhrError) -> list[OutboxItem]:
        """Each by its next method, where the EHR does not let us do this at all; else nothing."""
        off = isinstance(error, EhrForbidden) or error.http_status in NOT_OFFERED
        return [_refuse(item, error) for item in items] if off else []

    def _judge_fault(
        self, items: Sequence[OutboxItem], everything: Sequence[OutboxItem], error: EhrError, strict: bool
    ) -> list[OutboxItem]:
        """The EHR took nothing of a transaction. Why, as far as it can be told, decides what follows."""
        conflict = isinstance(error, EhrConflict)
        if not conflict and error.http_status != 400:
            return [_fail(item, error) for item in items]
        try:
            there = self.look_up(items) if conflict else {}  # an attempt before this one may have landed late
            changed = {item.position: self._difference(item) for item in items if item.ends_something}
        except EhrError as unasked:
            return [self.postpone(item, unasked) for item in items]
        if all(item.position in there for item in items if not item.ends_something) and there:
            return [there.get(s.position) or self._send_apart(s, changed.get(s.position, ()), error) for s in items]
        if any(changed.values()):
            return [self._send_apart(item, changed.get(item.position, ()), error) for item in items]
        weak = any(str(item.entry["request"].get("ifMatch", "")).startswith("W/") for item in items)
        if weak and not strict and error.http_status in (400, 412):
            return self.send_transaction(items, everything, strict=True)
        return [self._split(item, error) for item in items]

    def _send_apart(self, item: OutboxItem, changed: Sequence[str], error: EhrError) -> OutboxItem:
        if changed:
            return transition(item, WriteStatus.CONFLICT, detail=f"{error} {' '.join(changed)}")
        rest = {"method": WriteMethod.CREATE} if item.ends_something and WriteMethod.CREATE in item.fallbacks else {}
        return transition(item, WriteStatus.WAITING, detail=f"{error} {NOTHING_SAVED}", **rest)

    def _split(self, item: OutboxItem, error: EhrError) -> OutboxItem:
        """A condition failed (412) that is not ours to see: each part by itself. A lock (409): again later."""
        if error.http_status == 412 and WriteMethod.CREATE in item.fallbacks:
            return fall_back(item, f"{error} {NOTHING_SAVED}")
        waits = isinstance(error, EhrConflict) and error.http_status != 412 and item.attempts < TRIES
        return self.postpone(item, error) if waits else _fail(item, error)

    def _judge_one_fault(self, item: OutboxItem, error: EhrError) -> OutboxItem:
        if not isinstance(error, EhrConflict):
            return _fail(item, error)
        try:
            if there := self.look_up([item]):
                return there[item.position]
            changed = self._difference(item) if item.ends_something else ()
        except EhrError as unasked:
            return self.postpone(item, unasked)
        if changed:
            return self._send_apart(item, changed, error)
        if error.http_status == 412 and not item.ends_something:
            # The condition fits more than one record, and none is ours.
            return self.answers.reject_foreign(item, "several records")
        return self.postpone(item, error) if item.attempts < TRIES and error.http_status != 412 else _fail(item, error)

    def _difference(self, item: OutboxItem) -> tuple[str, ...]:
        """What the record says now against what was seen; empty if it is the version that was seen."""
        seen, now = item.entry["resource"], self._read(item)
        if status_of(now) == status_of(seen) or version_of(now) == version_of(seen):
            return ()
        return differences(seen, now) or ("It was saved again without a visible change.",)

    def _read(self, item: OutboxItem) -> Element:
        return self.client.read(item.kind, str(item.entry["resource"]["id"]))


def _with_strong_etag(entry: Element) -> Element:
    request = entry["request"]
    return (
        {**entry, "request": {**request, "ifMatch": strong_etag(request["ifMatch"])}} if "ifMatch" in request else entry
    )


def may_have_landed(error: EhrUnavailable) -> bool:
    """Whether the EHR may have done what it did not confirm."""
    return error.http_status != 429 and getattr(error, "sent", True)


def _refuse(item: OutboxItem, error: EhrError) -> OutboxItem:
    """Not allowed here: by its next method, for this artifact alone."""
    return transition(item, WriteStatus.DROPPED, detail=str(error)) if item.is_document else fall_back(item, str(error))


def _fail(item: OutboxItem, error: EhrError) -> OutboxItem:
    return transition(item, WriteStatus.FAILED, detail=str(error))
