"""Steps and one request -> the same steps in their next state. Nothing is kept here; :mod:`delivery` does that.

What the EHR does not let us do goes one rung lower, for that artifact alone; silence is no answer; what it finds fault
with, or what somebody changed meanwhile, waits for a person. Whether an answer means ours decides :mod:`verdicts`.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from smartapp.ehr.replies import Reply, replies_to
from smartapp.ehr.write.changes import differences, put, strong
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.lookup import status_of
from smartapp.ehr.write.pointing import prepared, transaction_of
from smartapp.ehr.write.ports import FhirWriter
from smartapp.ehr.write.rungs import Rung
from smartapp.ehr.write.steps import Landing, Step, lowered, moved
from smartapp.ehr.write.verdicts import Verdicts
from smartapp.ehr.write.walk import version_of
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrUnavailable

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

    def together(self, steps: Sequence[Step], everything: Sequence[Step], strict: bool = False) -> list[Step]:
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

    def alone(self, step: Step, everything: Sequence[Step]) -> Step:
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

    def _create(self, step: Step, everything: Sequence[Step]) -> Reply | Step:
        ready = prepared(step, everything)
        if ready is None:
            given_up = Landing.DROPPED if step.kind == "Task" else Landing.MANUAL
            return moved(step, given_up, detail=NOTHING_TO_POINT_AT)
        return self.client.create(ready, step.entry["request"]["ifNoneExist"] if self._guarded(step) else "")

    def _guarded(self, step: Step) -> bool:
        """Whether the EHR itself looks for ours before it makes another one."""
        return step.kind in self.conditional and not step.unconditional

    def _update(self, step: Step) -> Reply:
        return put(self.client, step.entry["resource"], step.entry["request"].get("ifMatch", ""))

    # -- what is there

    def look(self, steps: Sequence[Step]) -> dict[int, Step]:
        """Position -> the step as found in the EHR, for those that are there. Raises where the EHR cannot be asked."""
        return self.verdicts.look(steps)

    # -- what went wrong

    def _unanswered(self, steps: Sequence[Step], error: EhrUnavailable) -> list[Step]:
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

    def _silent(self, step: Step, error: EhrUnavailable) -> Step:
        now, pause = self.clock(), error.retry_after or PAUSES[0]
        detail = str(error) if error.http_status else f"{error} {NOT_KNOWN}"
        return moved(
            step, Landing.UNKNOWN, looks=1, not_before=now + pause, doubt_until=now + SETTLE, detail=detail
        )  # fmt: skip

    def later(self, step: Step, error: EhrError) -> Step:
        """The EHR asks for patience, or was not reached: nothing was saved, again later by itself."""
        usual = PAUSES[min(max(step.attempts, 1), len(PAUSES)) - 1]
        pause = usual if error.retry_after is None else error.retry_after
        return moved(step, Landing.WAITING, not_before=self.clock() + pause, detail=f"{error} {NOTHING_SAVED}")

    def _refused(self, steps: Sequence[Step], error: EhrError) -> list[Step]:
        """Each one rung lower, where the EHR does not let us do this at all; else nothing."""
        off = isinstance(error, EhrForbidden) or error.http_status in NOT_OFFERED
        return [_refused(step, error) for step in steps] if off else []

    def _faulty(self, steps: Sequence[Step], everything: Sequence[Step], error: EhrError, strict: bool) -> list[Step]:
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

    def _ends_alone(self, step: Step, changed: Sequence[str], error: EhrError) -> Step:
        if changed:
            return moved(step, Landing.CONFLICT, detail=f"{error} {' '.join(changed)}")
        rest = {"rung": Rung.CREATE} if step.ends_something and Rung.CREATE in step.below else {}
        return moved(step, Landing.WAITING, detail=f"{error} {NOTHING_SAVED}", **rest)

    def _apart(self, step: Step, error: EhrError) -> Step:
        """A condition failed (412) that is not ours to see: each part by itself. A lock (409): again later."""
        if error.http_status == 412 and Rung.CREATE in step.below:
            return lowered(step, f"{error} {NOTHING_SAVED}")
        waits = isinstance(error, EhrConflict) and error.http_status != 412 and step.attempts < TRIES
        return self.later(step, error) if waits else _failed(step, error)

    def _faulty_alone(self, step: Step, error: EhrError) -> Step:
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

    def _difference(self, step: Step) -> tuple[str, ...]:
        """What the record says now against what was seen; empty if it is the version that was seen."""
        seen, now = step.entry["resource"], self._now(step)
        if status_of(now) == status_of(seen) or version_of(now) == version_of(seen):
            return ()
        return differences(seen, now) or ("It was saved again without a visible change.",)

    def _now(self, step: Step) -> Element:
        return self.client.read(step.kind, str(step.entry["resource"]["id"]))


def _strong(entry: Element) -> Element:
    request = entry["request"]
    return {**entry, "request": {**request, "ifMatch": strong(request["ifMatch"])}} if "ifMatch" in request else entry


def may_have_landed(error: EhrUnavailable) -> bool:
    """Whether the EHR may have done what it did not confirm."""
    return error.http_status != 429 and getattr(error, "sent", True)


def _refused(step: Step, error: EhrError) -> Step:
    """Not allowed here: one rung lower, for this artifact alone."""
    return moved(step, Landing.DROPPED, detail=str(error)) if step.carries else lowered(step, str(error))


def _failed(step: Step, error: EhrError) -> Step:
    return moved(step, Landing.FAILED, detail=str(error))
