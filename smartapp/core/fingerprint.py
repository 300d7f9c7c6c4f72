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
from smartapp.core.proposal import Activity, Decision, Proposal


def canonical_json(value: Any) -> Any:
    """Frozen values as JSON types; sets are sorted, numbers lose trailing zeros, dates are ISO."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, tuple | list):
        return [canonical_json(each) for each in value]
    if is_dataclass(kind):
        return {name: canonical_json(getattr(value, name)) for name in _names(kind)}
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
    return tuple(field.name for field in fields(kind))


def digest(value: Any) -> str:
    """SHA-256, as hex, of the canonical JSON."""
    return hashlib.sha256(_dump(canonical_json(value)).encode()).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def chart_hash(chart: Chart) -> str:
    """Of the facts, the order of reading aside."""
    facts = canonical_json(chart)
    return digest({key: sorted(each, key=_dump) if isinstance(each, list) else each for key, each in facts.items()})


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
            "referral": referral and replace(referral, start=date.min, end=date.min),
            "program": proposal.program,
        }
    )


_NO_REASON: Any = None


def _words_of(activity: Activity) -> dict[str, Any]:
    """What the line says; not why, not what else it could be, and not what it said before an edit."""
    left_out = {"reason", "options", "original", "edit_reason", "cautious", "locked"}
    return {f.name: getattr(activity, f.name) for f in fields(activity) if f.name not in left_out}


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
