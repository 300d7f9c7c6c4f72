"""Steps and one request -> the same steps in their next state. Nothing is kept here; :mod:`delivery` does that.

Whatever was tried before is looked for first. What the EHR does not let us do goes one rung lower, for that artifact
alone; silence is no answer; what it finds fault with, or what somebody changed meanwhile, waits for a person.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smartapp.core.proposal import Written
from smartapp.ehr.write.edition import of_resource
from smartapp.ehr.write.elements import Element
from smartapp.ehr.write.find import found
from smartapp.ehr.write.lookup import found_row
from smartapp.ehr.write.pointing import prepared, transaction_of
from smartapp.ehr.write.ports import FhirWriter
from smartapp.ehr.write.rungs import Rung
from smartapp.ehr.write.steps import Landing, Step, lowered, moved
from smartapp.ehr.write.transaction import NOT_KNOWN, answer_rows
from smartapp.ehr.write.walk import version_of
from smartapp.errors import EhrConflict, EhrError, EhrForbidden, EhrUnavailable

SETTLE = 60.0  # seconds a request without an answer may still land (ours; our own time limit is 18 s)
PAUSES = (5.0, 15.0, 60.0, 300.0)  # seconds before the next attempt, where the EHR asks for none (ours)
TRIES = 4  # conflicts that are nobody's doing (a lock in the EHR) are tried so often, then shown (ours)
_NOT_OFFERED = frozenset({404, 405, 501})
NOTHING_TO_POINT_AT = "Nothing of this plan is in the chart yet that it could point at."


@dataclass(frozen=True)
class Attempt:
    """One EHR at one moment. ``conditional``: the types it creates only where our identifier is not there yet."""

    client: FhirWriter
    clock: Callable[[], float]
    conditional: Container[str]

    def together(self, steps: Sequence[Step], everything: Sequence[Step]) -> list[Step]:
        """All of ``steps`` in one transaction."""
        try:
            if any(step.attempts > 1 for step in steps) and (there := self._all_there(steps)):
                return there
            return self._sent_together(steps, everything)
        except EhrUnavailable as error:
            return self._unanswered(steps, error)

    def _unanswered(self, steps: Sequence[Step], error: EhrUnavailable) -> list[Step]:
        if error.http_status in _NOT_OFFERED:
            return [lowered(step, str(error)) for step in steps]
        return [self._silent(step, error) for step in steps]

    def _sent_together(self, steps: Sequence[Step], everything: Sequence[Step], last: bool = False) -> list[Step]:
        bundle = transaction_of(steps, everything)
        try:
            answer = self.client.post_transaction(bundle)
        except EhrConflict as error:
            return self._all_there(steps) or self._conflicts(steps, error)
        except EhrUnavailable as error:
            if last or _needs_patience(error):
                return self._unanswered(steps, error)
            steps = [self._doubtful(step) for step in steps]
            return self._all_there(steps) or self._sent_together(steps, everything, last=True)
        except EhrError as error:
            if isinstance(error, EhrForbidden) or error.http_status in _NOT_OFFERED:
                return [lowered(step, str(error)) for step in steps]
            return [_failed(step, error) for step in steps]
        lines = answer_rows(self.client, bundle, answer)
        return [_as_told(step, line) for step, line in zip(steps, lines, strict=True)]

    def alone(self, step: Step, everything: Sequence[Step], last: bool = False) -> Step:
        """One step by itself: a create, or the update that ends an older record."""
        try:
            return self._sent_alone(step, everything, last)
        except EhrUnavailable as error:
            return _refused(step, error) if error.http_status in _NOT_OFFERED else self._silent(step, error)

    def _sent_alone(self, step: Step, everything: Sequence[Step], last: bool) -> Step:
        try:
            return self._update(step) if step.ends_something else self._create(step, everything, last)
        except EhrUnavailable:
            raise
        except EhrConflict as error:
            if there := self._there(step):
                return there
            return self._silent(step, _patience(error)) if step.attempts < TRIES else _failed(step, error)
        except EhrError as error:
            if isinstance(error, EhrForbidden) or error.http_status in _NOT_OFFERED:
                return _refused(step, error)
            return _failed(step, error)

    def _create(self, step: Step, everything: Sequence[Step], last: bool) -> Step:
        conditional = step.kind in self.conditional
        if (step.attempts > 1 or not conditional) and (there := self._there(step)):
            return there
        ready = prepared(step, everything)
        if ready is None:
            given_up = Landing.DROPPED if step.kind == "Task" else Landing.MANUAL
            return moved(step, given_up, detail=NOTHING_TO_POINT_AT)
        condition = step.entry["request"]["ifNoneExist"] if conditional else ""
        try:
            return _stored(step, self.client.create(ready, condition))
        except EhrUnavailable as error:
            if last or _needs_patience(error):
                raise
            step = self._doubtful(step)
            if there := self._there(step):
                return there
            # Without a condition a repetition now could make it two, should the first one land late.
            return self.alone(step, everything, last=True) if conditional else self._silent(step, error)

    def _update(self, step: Step) -> Step:
        if step.attempts > 1 and (there := self._there(step)):
            return there
        try:
            return _stored(step, self.client.update(step.entry["resource"], step.entry["request"].get("ifMatch", "")))
        except EhrConflict as error:
            return self._there(step) or self._conflicts([step], error)[0]
        except EhrUnavailable as error:
            if not _needs_patience(error) and (there := self._there(step)):
                return there
            raise

    # -- what is there

    def seen(self, step: Step) -> Step | None:
        """As found in the EHR; None if it is not there (yet). Raises where the EHR cannot be asked."""
        return self._there(step)

    def _there(self, step: Step) -> Step | None:
        """The step as found in the EHR; None if it is not there. Raises where the EHR cannot be asked."""
        if step.ends_something:
            now = self._now(step)
            return _stored(step, now, Landing.FOUND) if _status(now) == _status(step.entry["resource"]) else None
        hits = found(self.client, [step])[step.identifier]
        return _as_told(step, found_row(step.entry["resource"], hits[0], step.rung.value)) if hits else None

    def _all_there(self, steps: Sequence[Step]) -> list[Step]:
        """All of a transaction as found, or nothing. An update that did not come with it is sent by itself then."""
        own = [step for step in steps if not step.ends_something]
        hits = found(self.client, own)
        if not all(hits.values()) or not (own or all(map(self._there, steps))):
            return []
        done: list[Step] = []
        for step in steps:
            if step.ends_something:
                done.append(self._there(step) or moved(step, Landing.WAITING, rung=Rung.CREATE))
            else:
                line = found_row(step.entry["resource"], hits[step.identifier][0], step.rung.value)
                done.append(_as_told(step, line))
        return done

    def _now(self, step: Step) -> Element:
        return self.client.read(step.kind, str(step.entry["resource"]["id"]))

    # -- what went wrong

    def _doubtful(self, step: Step) -> Step:
        return replace(step, doubt_until=self.clock() + SETTLE)

    def _silent(self, step: Step, error: EhrUnavailable) -> Step:
        """No answer, or one that asks for patience: again later, by itself."""
        usual = PAUSES[min(step.attempts, len(PAUSES)) - 1] if step.attempts else PAUSES[0]
        pause = error.retry_after if error.retry_after is not None else usual
        if may_have_landed(error):
            step = self._doubtful(step)
        detail = str(error) if error.http_status else f"{error} {NOT_KNOWN}"
        return moved(step, Landing.UNKNOWN, not_before=self.clock() + pause, detail=detail)

    def _conflicts(self, steps: Sequence[Step], error: EhrConflict) -> list[Step]:
        """Which of the records to be ended somebody has changed, and how; a lock of the EHR's own is tried again."""
        ending = [step for step in steps if step.ends_something]
        changed = {step.position: self._difference(step) for step in ending}
        if not any(changed.values()):
            if all(step.attempts < TRIES for step in steps):
                return [self._silent(step, _patience(error)) for step in steps]
            return [_failed(step, error) for step in steps]
        return [
            moved(step, Landing.CONFLICT, detail=f"{error} {' '.join(changed[step.position])}")
            if changed.get(step.position)
            else moved(step, Landing.WAITING)
            for step in steps
        ]

    def _difference(self, step: Step) -> tuple[str, ...]:
        """What the record says now against what was seen; empty if it is the version that was seen."""
        seen, now = step.entry["resource"], self._now(step)
        if _status(now) == _status(seen):
            return ()
        if version_of(now) == version_of(seen):
            return ()
        return differences(seen, now) or ("It was saved again without a visible change.",)


def differences(seen: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Each element that changed, as it was seen and as it is; the status we were about to set does not count."""
    ours = {"meta", "text", "status", "lifecycleStatus"}
    names = [name for name in {**seen, **now} if name not in ours and seen.get(name) != now.get(name)]
    lines = [f"{name}: was {_short(seen.get(name))}, is {_short(now.get(name))}." for name in names]
    return (*([f"Its status is now {_status(now)}."] if _status(now) else []), *lines)


def _short(value: Any, most: int = 80) -> str:
    text = "absent" if value is None else str(value)
    return text if len(text) <= most else text[:most] + " …"


def may_have_landed(error: EhrUnavailable) -> bool:
    """Whether the EHR may have done what it did not confirm."""
    return error.http_status not in {429, 409} and getattr(error, "sent", True)


def _needs_patience(error: EhrUnavailable) -> bool:
    """Whether a repetition at once would be of no use, or unwelcome."""
    return error.http_status in {429, *_NOT_OFFERED} or error.retry_after is not None


def _patience(error: EhrConflict) -> EhrUnavailable:
    """A conflict that is nobody's doing, such as a lock inside the EHR, as something to wait for."""
    waiting = EhrUnavailable(str(error))
    waiting.http_status, waiting.retry_after = 409, error.retry_after
    return waiting


def _as_told(step: Step, line: Written) -> Step:
    return moved(step, Landing(line.state), reference=line.reference, version=line.version, detail=line.detail)


def _stored(step: Step, stored: Mapping[str, Any], landing: Landing = Landing.WRITTEN) -> Step:
    place = of_resource({"resourceType": step.kind, "id": stored.get("id") or step.entry["resource"].get("id", "")})
    return moved(step, landing, reference=place, version=version_of(stored), detail="")


def _refused(step: Step, error: EhrError) -> Step:
    """Not allowed here: one rung lower, for this artifact alone."""
    return moved(step, Landing.DROPPED, detail=str(error)) if step.carries else lowered(step, str(error))


def _failed(step: Step, error: EhrError) -> Step:
    return moved(step, Landing.FAILED, detail=str(error))


def _status(resource: Mapping[str, Any]) -> str:
    return str(resource.get("status") or resource.get("lifecycleStatus") or "")
