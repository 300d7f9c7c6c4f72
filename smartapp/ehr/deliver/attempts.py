"""Steps and one request -> the same steps in their next state. Nothing is kept here; :mod:`delivery` does that.

What the EHR does not let us do goes one rung lower, for that artifact alone; silence is no answer; what it finds fault
with, or what somebody changed meanwhile, waits for a person. Whether an answer means ours decides :mod:`verdicts`.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from smartapp.ehr.deliver.changes import differences, put, strong
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.lookup import status_of
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.pointing import prepared, transaction_of
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.ehr.deliver.verdicts import Verdicts
from smartapp.ehr.replies import Reply, replies_to
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrUnavailable
from smartapp.fhir.build.elements import Element
from smartapp.fhir.json import version_of

SETTLE = 60.0  # seconds a request without an answer may still land (ours; our own time limit is 18 s)
PAUSES = (5.0, 15.0, 60.0, 300.0)  # seconds before the next attempt or look, where the EHR asks for none (ours)
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
    def verdicts(self) -> Verdicts:
        return Verdicts(self.client, self.clock)

    def together(
        self, steps: Sequence[OutboxItem], everything: Sequence[OutboxItem], strict: bool = False
    ) -> list[OutboxItem]:
        """All of ``steps`` in one transaction. ``strict``: older versions are named by strong ETags."""
        bundle = transaction_of(steps, everything)
        if strict:
            bundle = {**bundle, "entry": [_strong(entry) for entry in bundle["entry"]]}
        try:
            answer = self.client.post_transaction(bundle)
        except EhrUnavailable as error:
            return self._unanswered(steps, error)
        except EhrError as error:
            return self._refused(steps, error) or self._faulty(steps, everything, error, strict)
        return self.verdicts.of(steps, replies_to(answer, [step.kind for step in steps]))

    def alone(self, step: OutboxItem, everything: Sequence[OutboxItem]) -> OutboxItem:
        """One step by itself: a create, or the update that ends an older record."""
        try:
            unguarded = not step.ends_something and not self._guarded(step)
            if unguarded and (there := self.look([step])):
                return there[step.position]
        except EhrError as unasked:
            return self.later(step, unasked)
        try:
            reply = self._update(step) if step.ends_something else self._create(step, everything)
        except EhrUnavailable as error:
            return self._unanswered([step], error)[0]
        except EhrError as error:
            refused = self._refused([step], error)
            return refused[0] if refused else self._faulty_alone(step, error)
        return self.verdicts.of([step], [reply])[0] if isinstance(reply, Reply) else reply

    def _create(self, step: OutboxItem, everything: Sequence[OutboxItem]) -> Reply | OutboxItem:
        ready = prepared(step, everything)
        if ready is None:
            given_up = WriteStatus.DROPPED if step.kind == "Task" else WriteStatus.MANUAL
            return transition(step, given_up, detail=NOTHING_TO_POINT_AT)
        return self.client.create(ready, step.entry["request"]["ifNoneExist"] if self._guarded(step) else "")

    def _guarded(self, step: OutboxItem) -> bool:
        """Whether the EHR itself looks for ours before it makes another one."""
        return step.kind in self.conditional and not step.unconditional

    def _update(self, step: OutboxItem) -> Reply:
        return put(self.client, step.entry["resource"], step.entry["request"].get("ifMatch", ""))

    # -- what is there

    def look(self, steps: Sequence[OutboxItem]) -> dict[int, OutboxItem]:
        """Position -> the step as found in the EHR, for those that are there. Raises where the EHR cannot be asked."""
        return self.verdicts.look(steps)

    # -- what went wrong

    def _unanswered(self, steps: Sequence[OutboxItem], error: EhrUnavailable) -> list[OutboxItem]:
        """No answer: looked for at once, and never sent again at once."""
        if error.http_status in NOT_OFFERED:
            return [_refused(step, error) for step in steps]
        if not may_have_landed(error):
            return [self.later(step, error) for step in steps]
        try:
            there = self.look(steps)
        except EhrError:
            there = {}
        until = self.clock() + SETTLE
        return [
            replace(there[step.position], doubt_until=until) if step.position in there else self._silent(step, error)
            for step in steps
        ]

    def _silent(self, step: OutboxItem, error: EhrUnavailable) -> OutboxItem:
        now, pause = self.clock(), error.retry_after or PAUSES[0]
        detail = str(error) if error.http_status else f"{error} {NOT_KNOWN}"
        return transition(
            step, WriteStatus.UNKNOWN, looks=1, not_before=now + pause, doubt_until=now + SETTLE, detail=detail
        )  # fmt: skip

    def later(self, step: OutboxItem, error: EhrError) -> OutboxItem:
        """The EHR asks for patience, or was not reached: nothing was saved, again later by itself."""
        usual = PAUSES[min(max(step.attempts, 1), len(PAUSES)) - 1]
        pause = usual if error.retry_after is None else error.retry_after
        return transition(step, WriteStatus.WAITING, not_before=self.clock() + pause, detail=f"{error} {NOTHING_SAVED}")

    def _refused(self, steps: Sequence[OutboxItem], error: EhrError) -> list[OutboxItem]:
        """Each one rung lower, where the EHR does not let us do this at all; else nothing."""
        off = isinstance(error, EhrForbidden) or error.http_status in NOT_OFFERED
        return [_refused(step, error) for step in steps] if off else []

    def _faulty(
        self, steps: Sequence[OutboxItem], everything: Sequence[OutboxItem], error: EhrError, strict: bool
    ) -> list[OutboxItem]:
        """The EHR took nothing of a transaction. Why, as far as it can be told, decides what follows."""
        conflict = isinstance(error, EhrConflict)
        if not conflict and error.http_status != 400:
            return [_failed(step, error) for step in steps]
        try:
            there = self.look(steps) if conflict else {}  # an attempt before this one may have landed late
            changed = {step.position: self._difference(step) for step in steps if step.ends_something}
        except EhrError as unasked:
            return [self.later(step, unasked) for step in steps]
        if all(step.position in there for step in steps if not step.ends_something) and there:
            return [there.get(s.position) or self._ends_alone(s, changed.get(s.position, ()), error) for s in steps]
        if any(changed.values()):
            return [self._ends_alone(step, changed.get(step.position, ()), error) for step in steps]
        weak = any(str(step.entry["request"].get("ifMatch", "")).startswith("W/") for step in steps)
        if weak and not strict and error.http_status in (400, 412):
            return self.together(steps, everything, strict=True)
        return [self._apart(step, error) for step in steps]

    def _ends_alone(self, step: OutboxItem, changed: Sequence[str], error: EhrError) -> OutboxItem:
        if changed:
            return transition(step, WriteStatus.CONFLICT, detail=f"{error} {' '.join(changed)}")
        rest = {"rung": WriteMethod.CREATE} if step.ends_something and WriteMethod.CREATE in step.below else {}
        return transition(step, WriteStatus.WAITING, detail=f"{error} {NOTHING_SAVED}", **rest)

    def _apart(self, step: OutboxItem, error: EhrError) -> OutboxItem:
        """A condition failed (412) that is not ours to see: each part by itself. A lock (409): again later."""
        if error.http_status == 412 and WriteMethod.CREATE in step.below:
            return fall_back(step, f"{error} {NOTHING_SAVED}")
        waits = isinstance(error, EhrConflict) and error.http_status != 412 and step.attempts < TRIES
        return self.later(step, error) if waits else _failed(step, error)

    def _faulty_alone(self, step: OutboxItem, error: EhrError) -> OutboxItem:
        if not isinstance(error, EhrConflict):
            return _failed(step, error)
        try:
            if there := self.look([step]):
                return there[step.position]
            changed = self._difference(step) if step.ends_something else ()
        except EhrError as unasked:
            return self.later(step, unasked)
        if changed:
            return self._ends_alone(step, changed, error)
        if error.http_status == 412 and not step.ends_something:
            return self.verdicts.foreign(step, "several records")  # the condition fits more than one, and none is ours
        return self.later(step, error) if step.attempts < TRIES and error.http_status != 412 else _failed(step, error)

    def _difference(self, step: OutboxItem) -> tuple[str, ...]:
        """What the record says now against what was seen; empty if it is the version that was seen."""
        seen, now = step.entry["resource"], self._now(step)
        if status_of(now) == status_of(seen) or version_of(now) == version_of(seen):
            return ()
        return differences(seen, now) or ("It was saved again without a visible change.",)

    def _now(self, step: OutboxItem) -> Element:
        return self.client.read(step.kind, str(step.entry["resource"]["id"]))


def _strong(entry: Element) -> Element:
    request = entry["request"]
    return {**entry, "request": {**request, "ifMatch": strong(request["ifMatch"])}} if "ifMatch" in request else entry


def may_have_landed(error: EhrUnavailable) -> bool:
    """Whether the EHR may have done what it did not confirm."""
    return error.http_status != 429 and getattr(error, "sent", True)


def _refused(step: OutboxItem, error: EhrError) -> OutboxItem:
    """Not allowed here: one rung lower, for this artifact alone."""
    return transition(step, WriteStatus.DROPPED, detail=str(error)) if step.carries else fall_back(step, str(error))


def _failed(step: OutboxItem, error: EhrError) -> OutboxItem:
    return transition(step, WriteStatus.FAILED, detail=str(error))
