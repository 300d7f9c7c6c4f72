"""The plan that was signed and today's proposal -> what has changed, the strictest first (rule book 2b, section 8).

Only what differs, by concept and never by wording: facts, states and days are compared. The same chart on a later day
yields what the day has changed, and nothing else.
"""

from dataclasses import replace

from smartapp.core.changes import Change, ChangeName
from smartapp.core.follow_up import course, dangers, drugs, due, progression, results, told
from smartapp.core.follow_up.comparison import Changes, Comparison
from smartapp.core.follow_up.decisions import Carried, carried, lapsed_decisions
from smartapp.core.follow_up.rules import changed_rules
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.core.therapy import NOTHING_KNOWN, Therapy

_MAY_END = (ChangeName.PLAN_ENDS, ChangeName.FULL_MONTHS)
_RULES = (
    *(dangers.red_flags, dangers.fracture_changes, dangers.operations),
    *(course.pain, course.phase, course.restrictions, course.end_and_dose),
    *(due.dates, due.first_visit),
    *(told.symptoms, told.pain, told.fall, told.reports, told.recorded, told.sessions),
    *(progression.items, progression.fortnight),
    *(results.tests, results.falls, drugs.drugs, results.laboratory),
    changed_rules,
)


def follow_up(
    signed: Proposal, now: Proposal, knowledge: Knowledge, therapy: Therapy = NOTHING_KNOWN
) -> tuple[Change, ...]:
    """``signed``: as signed, edits included. ``now``: of today's chart, before any edit of today. ``therapy``: what
    its referral, the therapist and what the chart has under the order tell.

    Never empty: where nothing has changed, one row says since when, and what comes next (FU20).
    """
    seen = _compared(signed, now, knowledge, therapy)
    found = _changes(seen)
    found += lapsed_decisions(seen, found)
    return tuple(sorted(found, key=_order)) or tuple(_unchanged(seen))


def decisions_again(signed: Proposal, now: Proposal, knowledge: Knowledge, therapy: Therapy = NOTHING_KNOWN) -> Carried:
    """What the signer changed of the signed plan, as far as it holds again today."""
    seen = _compared(signed, now, knowledge, therapy)
    return carried(seen, _changes(seen))


def outcome_words(
    first: Proposal, signed: Proposal, now: Proposal, knowledge: Knowledge, therapy: Therapy = NOTHING_KNOWN
) -> tuple[str, ...]:
    """How a plan came out that may end now (FU18): each test from ``first``, the first plan of its line, to now, and
    what stays at home for life. Empty where neither its end nor its months of full dose have come.
    """
    seen = _compared(signed, now, knowledge, therapy)
    if not any(change.name in _MAY_END for change in course.end_and_dose(seen)):
        return ()
    said = course.outcome(replace(seen, signed=replace(signed, measures=first.measures)))
    lines = (("outcome_tests", said["tests"]), ("for_life", said["home"]))
    return tuple(seen.word(key).format(text=text) for key, text in lines)


def _compared(signed: Proposal, now: Proposal, knowledge: Knowledge, therapy: Therapy) -> Comparison:
    return Comparison(signed, now, knowledge, therapy.since(signed.assessment.as_of))


def _changes(seen: Comparison) -> list[Change]:
    found = [change for rule in _RULES for change in rule(seen)]
    return [*found, *dangers.limits_and_alerts(seen, found)]


def _order(change: Change) -> tuple[int, int, int, str, str, str]:
    return (
        *(change.severity.rank, change.kind.rank, change.name.rank),
        *(change.rule, change.title, change.now),
    )


def _unchanged(seen: Comparison) -> Changes:
    day, what = min(course.next_dates(seen))
    yield seen.change(ChangeName.UNCHANGED, since=seen.since, next=f"{day}, {what}")
