"""Values -> hashes: what was seen (chart, knowledge, edits, content) and what it amounts to (content alone).

The order in which facts were read does not matter. The content hash leaves out dates that move with the day a plan is
opened (start, end, due dates): a plan opened again tomorrow with nothing new in the chart is the same plan.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from smartapp.core.chart import Chart
from smartapp.core.patient_texts import PatientTexts
from smartapp.core.proposal import Activity, Decision, Proposal


def canonical_json(value: Any) -> Any:
    """Frozen values as JSON types; sets are sorted, numbers lose trailing zeros, dates are ISO."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [each if type(each) in _PLAIN else canonical_json(each) for each in value]
    if names := _names(kind):
        found = ((name, getattr(value, name)) for name in names)
        return {name: each if type(each) in _PLAIN else canonical_json(each) for name, each in found}
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): canonical_json(each) for key, each in value.items()}
    return sorted((canonical_json(each) for each in value), key=_dump)  # a set is left


# A plan holds thousands of texts and lists: they are told by their type alone, before anything is asked about them.
_PLAIN = frozenset({str, int, bool, float, type(None)})


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Of the fields of a dataclass; of any other type none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def digest(value: Any) -> str:
    """SHA-256, as hex, of the canonical JSON."""
    return hashlib.sha256(_dump(canonical_json(value)).encode()).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def chart_hash(chart: Chart) -> str:
    """Of the facts, the order of reading aside: the canonical JSON, each list of facts in the order of its texts."""
    told = (f"{_dump(name)}:{_in_any_order(canonical_json(getattr(chart, name)))}" for name in sorted(_names(Chart)))
    return hashlib.sha256(f"{{{','.join(told)}}}".encode()).hexdigest()


def _in_any_order(value: Any) -> str:
    return f"[{','.join(sorted(map(_dump, value)))}]" if isinstance(value, list) else _dump(value)


def content_hash(proposal: Proposal) -> str:
    """Of what the plan says, without the dates it would run and without who edited it."""
    referral = proposal.referral
    return digest(
        {
            "title": proposal.title,
            "description": proposal.description,
            "months": proposal.months,
            "activities": [_words_of(activity) for activity in sorted(proposal.activities, key=lambda each: each.id)],
            "goals": [replace(g, due=None, reason=_NO_REASON) for g in sorted(proposal.goals, key=lambda g: g.id)],
            "session": proposal.session,
            "referral": referral and replace(referral, start=date.min, end=date.min, patient_instruction=""),
            "patient": _told(proposal.patient_texts),  # by name: their words have dates, and follow from all the rest
            "program": proposal.program,
        }
    )


_NO_REASON: Any = None


def _told(texts: PatientTexts | None) -> Any:
    """How the minutes grow stands in the description: as weeks pass, other words of it are told, and nothing new."""
    return texts and (texts.language, [item.id for item in texts.items if item.group != "ramp"])


def _words_of(activity: Activity) -> dict[str, Any]:
    """What the line says; not why, not what else it could be, and not what it said before an edit."""
    return {name: getattr(activity, name) for name in _names(Activity) if name not in _NOT_SAID}


_NOT_SAID = frozenset({"reason", "options", "original", "edit_reason", "cautious", "locked"})


def with_fingerprint(proposal: Proposal, decisions: Sequence[Decision] = ()) -> Proposal:
    """The proposal with both hashes, over what it holds now."""
    content = content_hash(proposal)
    seen = {
        "chart": chart_hash(proposal.assessment.chart),
        "knowledge": proposal.assessment.knowledge_version,
        "decisions": tuple(decisions),
        "content": content,
        "dates": (proposal.start, proposal.end, *(goal.due for goal in proposal.goals)),
        "course": (proposal.ramp, proposal.visits, proposal.priority, proposal.reviews),
        "warnings": proposal.warnings,
        "alerts": sorted((alert.code, alert.severity.value) for alert in proposal.assessment.alerts),
    }
    return replace(proposal, content_hash=content, fingerprint=digest(seen), decisions=tuple(decisions))


def plan_id(patient: str, fhir_base: str, content: str, earlier: Sequence[str] = ()) -> str:
    """Business identifier value of a plan: 32 hex digits, equal for equal patient, EHR, content and earlier plans.

    ``earlier`` are the identifiers of our plans already on record: signing the same content anew after one of them
    has ended makes a new plan, signing it twice from the same chart does not.
    """
    return digest([patient, fhir_base.rstrip("/"), content, sorted(earlier)])[:32]
