"""The body of a feedback call -> :class:`~smartapp.core.hooks.Feedback`, one for each card it speaks of."""

from collections.abc import Mapping
from typing import Any

from smartapp.core.hooks import Feedback, Outcome, OverrideReason
from smartapp.errors import InputError
from smartapp.fhir.hooks.strict import field, instant_of, object_of, objects, optional, uuid_of

LONGEST_COMMENT = 2000  # characters kept of what a user writes; ours
MOST = 100  # cards one body may speak of; ours


def parse_feedback(body: bytes) -> tuple[Feedback, ...]:
    """Raises InputError naming the field."""
    entries = objects(field(object_of(body), "feedback", list), "feedback")
    if not entries:
        raise InputError("feedback must hold at least one entry.")
    if len(entries) > MOST:
        raise InputError(f"feedback holds {len(entries)} entries, at most {MOST} are taken.")
    return tuple(_entry(each, f"feedback[{place}].") for place, each in enumerate(entries))


def _entry(value: Mapping[str, Any], path: str) -> Feedback:
    said = field(value, "outcome", str, path)
    if said not in set(Outcome):
        raise InputError(f"{path}outcome must be one of {', '.join(Outcome)}.")
    outcome = Outcome(said)
    reason, comment = _override(value, path) if outcome is Outcome.OVERRIDDEN else (None, "")
    return Feedback(
        card=uuid_of(field(value, "card", str, path), f"{path}card"),
        outcome=outcome,
        at=instant_of(field(value, "outcomeTimestamp", str, path), f"{path}outcomeTimestamp"),
        accepted=_accepted(value, path) if outcome is Outcome.ACCEPTED else (),
        reason=reason,
        comment=comment,
    )


def _accepted(value: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """HL7's rule: what was accepted names its suggestions."""
    listed = objects(field(value, "acceptedSuggestions", list, path), f"{path}acceptedSuggestions")
    if not listed:
        raise InputError(f"{path}acceptedSuggestions must name what was accepted.")
    places = ((f"{path}acceptedSuggestions[{place}].", each) for place, each in enumerate(listed))
    return tuple(uuid_of(field(each, "id", str, where), f"{where}id") for where, each in places)


def _override(value: Mapping[str, Any], path: str) -> tuple[OverrideReason | None, str]:
    """The reason may be left out as a whole; what is there says a coded reason, a comment, or both."""
    given = optional(value, "overrideReason", dict, path)
    if given is None:
        return None, ""
    where = f"{path}overrideReason."
    coded, comment = optional(given, "reason", dict, where), optional(given, "userComment", str, where) or ""
    if coded is None and not comment:
        raise InputError(f"{path}overrideReason must have a reason, a userComment, or both.")
    return _coding(coded, f"{where}reason.") if coded is not None else None, comment[:LONGEST_COMMENT]


def _coding(value: Mapping[str, Any], path: str) -> OverrideReason:
    system, display = (optional(value, name, str, path) or "" for name in ("system", "display"))
    return OverrideReason(system, field(value, "code", str, path), display)
