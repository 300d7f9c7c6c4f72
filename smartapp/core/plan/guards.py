"""Proposal -> the names of the output guards that hold, or an error that says which does not and why.

They run on every proposal, also after every edit. Those about resources run once more on what is written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge
from smartapp.core.library import REQUIRED
from smartapp.core.plan.activities import AVOID
from smartapp.core.plan.choosing import Gate, forbidding_restrictions, gate_of
from smartapp.core.plan.course_guards import COURSE_GUARDS, DOSE, full_dose, rest_days
from smartapp.core.plan.limits import lines_left_out, why_removed
from smartapp.core.plan.outcome_guards import OUTCOME_GUARDS
from smartapp.core.plan.session_guards import block_minutes, effort_named, no_twins, one_place_each
from smartapp.core.proposal import Activity, ActivityKind, Component, Proposal
from smartapp.core.quotes import quoted
from smartapp.errors import ReviewError

_FORBIDS = re.compile(
    r"\b(?:do(?:es)?\s+not|don[’'`]?t|doesn[’'`]?t|never|no|not|avoid\w*|without|refrain\w*|cease|stop|skip|limit|"
    r"must\s?n[o’'`]?t|should\s?n[o’'`]?t|can\s?n?[o’'`]?t|forbid\w*|prohibit\w*|restrict\w*|precautions?|"
    r"contraindicated|off[- ]limits)\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:bend(?:s|ing)?|twist(?:s|ing)?|flex(?:es|ing|ion)?|rotat(?:e|es|ing|ion)|stoop(?:s|ing)?|blts?)\b",
    re.IGNORECASE,
)
_QUALITY = re.compile(
    r"\b(?:rapid\w*|fast|quick\w*|sudden\w*|jerk\w*|swift\w*|repe[at]\w*|repetit\w*|again and again|many times|"
    r"over and over|sustain\w*|held|hold\w*|(?:for )?(?:a )?long time|prolonged|weight\w*|load\w*|heav\w*|resist\w*|"
    r"end[- ]range|end of range|full range|as far as|to (?:its|the|your) (?:limit|end)|limit of|deep\w*|forced|"
    r"extreme\w*|maximal\w*|beyond \w+|past \w+|more than \d+)\b",
    re.IGNORECASE,
)
# Names of single exercises, and joints that may bend: neither is the spine bending or twisting as such.
_NAMES = re.compile(
    r"\b(?:russian|bicycle|seated)\s+twists?\b|\b(?:torso|abdominal)[- ](?:rotation|flexion)\s+machines?\b|"
    r"\bknees?\s+bend(?:s|ing)?\b|"
    r"\b(?:bend|flex)(?:s|es|ing)?\s+(?:at\s+)?(?:your|the|both)?\s*(?:knees?|elbows?|hips?|legs?|ankles?)\b",
    re.IGNORECASE,
)
# The very words of S36 (A11): never, whatever quality follows; readers remember the first half.
_LITERAL = re.compile(
    r"\b(?:don[’'`]?t|do not|avoid(?:ing)?|no|never)\s+bend(?:ing)?\s+(?:or|and)\s+twist(?:ing)?\b", re.IGNORECASE
)
# Words of the chart stand in quotation marks: an order is repeated as it was given.
_QUOTED = re.compile(r"“[^”]*”")
_ALTERNATIVE = re.compile(r"\b(?:instead|otherwise)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?\n]+")

NUTRITION = ("N-CALCIUM", "N-VITAMIN-D", "N-ENERGY")


class GuardFailed(ReviewError):
    """An output guard does not hold: the proposal must not be shown as signable, signed or written."""


def check_guards(proposal: Proposal, knowledge: Knowledge) -> tuple[str, ...]:
    """Names of the guards that hold, in order. Raises GuardFailed with a sentence for the first that does not.

    The dose of GU5 may be gone below with the clinician's reason (S19), its days of rest may not (S18): the name is
    then absent. Guards about the programme do not apply where the disposition does not prescribe: absent as well.
    """
    holding = []
    for name, guard in GUARDS.items():
        fault = next(guard(proposal, knowledge), "")
        hard = next(rest_days(proposal), "") if name == DOSE else fault
        if hard or (fault and not any(guarded == name for guarded, _ in proposal.overrides)):
            raise GuardFailed(f"{hard or fault} ({name})")
        if not fault and (name not in PROGRAMME_GUARDS or proposal.referral):
            holding.append(name)
    return tuple(holding)


def exercises_of(proposal: Proposal) -> tuple[Activity, ...]:
    return tuple(activity for activity in proposal.activities if activity.kind is ActivityKind.EXERCISE)


def ready(proposal: Proposal) -> tuple[Activity, ...]:
    """The exercises that may be started now."""
    return tuple(activity for activity in exercises_of(proposal) if not activity.status_reason)


def told_texts(proposal: Proposal) -> Iterator[str]:
    """Every text of the proposal that is ours or the clinician's, not the chart's."""
    for activity in proposal.activities:
        yield from (activity.title, activity.description, activity.patient_text, activity.dose, activity.status_reason)
    for goal in proposal.goals:
        yield from (goal.description, goal.patient_text)
    yield from (proposal.title, proposal.description, *proposal.warnings, *proposal.notes)
    if proposal.referral:
        yield from (proposal.referral.note, proposal.referral.patient_instruction)
    yield from (item.text for item in proposal.patient_texts.items) if proposal.patient_texts else ()


def _no_generic_prohibition(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    for text in told_texts(proposal):
        if is_generic_prohibition(text):
            yield f"{quoted(text)} forbids a movement without naming the quality that does harm."
    for activity in proposal.activities:
        if activity.do_not_perform and not names_alternative(activity.description):
            yield f"{activity.id} does not say what to do instead."


def _all_components(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    trained = {component for activity in ready(proposal) for component in activity.component}
    for component in REQUIRED:
        if proposal.referral and component not in trained and component not in dict(proposal.waived):
            yield f"The plan needs at least one {component} exercise that can start now."


def _walking_is_extra(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    for activity in exercises_of(proposal):
        if activity.component[:1] == (Component.AEROBIC,) and "supplement" not in activity.description.lower():
            yield f"{activity.id} must say that walking is a supplement."
    strength = [a.timing for a in ready(proposal) if Component.RESISTANCE in a.component and a.timing]
    weekly = max((timing.frequency * 7 // timing.period_days for timing in strength), default=0)
    waived = Component.RESISTANCE in dict(proposal.waived)
    if proposal.referral and weekly < 2 and not proposal.overrides and not waived:
        yield "Resistance work is needed on at least 2 days a week."


def _no_impact(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    impact = (activity for activity in exercises_of(proposal) if Component.IMPACT in activity.component)
    yield from (f"{activity.id} is impact, which is never proposed here." for activity in impact)


def _referral(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    prescribes = proposal.assessment.disposition.prescribes
    if prescribes and proposal.referral is None:
        yield "The order for supervised physical therapy is missing."
    if not prescribes and proposal.referral is not None:
        yield "Without a plan there is no order for physical therapy."


def _nutrition(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    left_out = lines_left_out(proposal.assessment, knowledge)
    for id_ in NUTRITION:
        if proposal.referral and id_ not in left_out and proposal.activity(id_) is None:
            yield f"{id_} is missing: calcium, vitamin D and energy intake belong together."


def _unsigned(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    begun = (activity for activity in proposal.activities if activity.status != "not-started")
    yield from (f"{activity.id} is {activity.status} before anyone has signed." for activity in begun)


def _no_broken_restriction(proposal: Proposal, knowledge: Knowledge) -> Iterator[str]:
    assessment = proposal.assessment
    forbids = forbidding_restrictions(assessment)
    for activity in exercises_of(proposal):
        row = knowledge.library.exercises.get(activity.id)
        if row is None or not row.selectable:
            yield f"{activity.id} is not an exercise that may be chosen."
        elif not assessment.disposition.prescribes:
            yield f"{activity.id} is an exercise where none may be prescribed."
        elif row.id in assessment.removed:
            yield why_removed(row, assessment)
        elif row.breaks & forbids:
            yield f"{activity.id} would break the restriction {', '.join(sorted(row.breaks & forbids))}."
        elif gate_of(row, assessment.gates) is Gate.CLOSED:
            yield f"{activity.id} needs a gate that is closed."
        elif gate_of(row, assessment.gates) is Gate.WAITING and not activity.status_reason:
            yield f"{activity.id} must wait until its gate is open."


def _avoid_prefix(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    wrong = (a for a in proposal.activities if a.do_not_perform != a.description.startswith(AVOID))
    yield from (f"{activity.id} must begin with {AVOID} exactly where it forbids." for activity in wrong)


def _one_line_each(proposal: Proposal, _: Knowledge) -> Iterator[str]:
    ids = [activity.id for activity in proposal.activities]
    if len(ids) != len(set(ids)):
        yield "An activity is in the plan twice."
    for activity in proposal.activities:
        if not activity.description.strip():
            yield f"{activity.id} has no words of its own."


Guard = Callable[[Proposal, Knowledge], Iterator[str]]
GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        "GU1": _no_generic_prohibition,
        "GU2": _all_components,
        "GU3": _walking_is_extra,
        "GU4": _no_impact,
        DOSE: full_dose,
        "GU6": _referral,
        "GU7": _nutrition,
        "GU8": _unsigned,
        "GU9": _no_broken_restriction,
        "GU10": _avoid_prefix,
        "GU11": _one_line_each,
        "GU14": block_minutes,
        "GU15": no_twins,
        "GU16": one_place_each,
        "GU21": effort_named,
        **OUTCOME_GUARDS,
        **COURSE_GUARDS,
    }
)
PROGRAMME_GUARDS = GUARDS.keys() - {"GU1", "GU4", "GU6", *(f"GU{n}" for n in range(8, 12)), "GU19"}


# -- the bare prohibition of statement S36: a movement forbidden without naming the quality. It frightens and teaches
# nothing; “Do not bend fast or with a weight: hinge instead” may stand.


def is_generic_prohibition(text: str) -> bool:
    """True where a sentence forbids bending or twisting of the spine without naming the quality (GU1, A11)."""
    text = _QUOTED.sub(" ", text)
    if not _MOVES.search(text):
        return False  # most texts: nothing below matches without one of these words
    return bool(_LITERAL.search(text)) or any(_is_bare(sentence) for sentence in _SENTENCE.split(text))


def _is_bare(sentence: str) -> bool:
    plain = _NAMES.sub(" ", re.sub(r"[/&+,]", " and ", sentence))
    return bool(_FORBIDS.search(plain) and _MOVES.search(plain) and not _QUALITY.search(plain))


def names_alternative(text: str) -> bool:
    """True where the text says what to do instead."""
    return bool(_ALTERNATIVE.search(text))
