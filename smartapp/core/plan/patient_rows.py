"""Restrictions, exercises and advice of a plan -> their texts for the patient."""

from collections.abc import Iterator
from dataclasses import replace

from smartapp.core.assessment import Restriction
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Advice
from smartapp.core.patient_texts import PatientText
from smartapp.core.plan.activities import SILENT, fill
from smartapp.core.plan.guards import ready
from smartapp.core.plan.limits import free_side
from smartapp.core.plan.pain import PAIN
from smartapp.core.plan.patient_reader import Reader
from smartapp.core.plan.patient_sentences import SWITCHING, without
from smartapp.core.program import Pair
from smartapp.core.proposal import Activity, ActivityKind
from smartapp.core.states import Track

_PRONE = frozenset({"E15", "E16", "E29"})
_ARMS = frozenset({"E09", "E51"})  # they push with the arms; so does E05, which has words of its own
_TOLD = (ActivityKind.EDUCATION, ActivityKind.NUTRITION)
_GENTLE = frozenset({"R1", "R2"})  # all that is told of movement in palliative care


def restriction_texts(reader: Reader) -> Iterator[PatientText]:
    """What is safe and what waits, of every restriction that is in the plan; as reworded by the clinician."""
    prescribed = reader.proposal.referral is not None
    for restriction in reader.assessment.restrictions:
        activity = reader.proposal.activity(restriction.id)
        if restriction.state not in SILENT and activity is None:
            continue  # dropped, with a reason
        if (restriction.id == "R5" and not _may_do_yoga(reader)) or (reader.comfort and restriction.id not in _GENTLE):
            continue
        if activity is not None and activity.original:
            yield PatientText(restriction.patient_text_id, activity.patient_text, "restriction")
            continue
        id_, text = _open_only_with_an_exercise(restriction, reader) if prescribed else _own(restriction, reader)
        yield PatientText(id_, reader.fitting(text), "restriction")


def _own(restriction: Restriction, reader: Reader) -> tuple[str, str]:
    text = restriction.patient_text_es if reader.spanish else restriction.patient_text
    return restriction.patient_text_id, text


def _open_only_with_an_exercise(restriction: Restriction, reader: Reader) -> tuple[str, str]:
    """An open gate is told where the plan has an exercise behind it; else the words of the closed one (2c, CX21)."""
    closed = {"R6.allowed": ("R6.left-out", _PRONE), "R7.eligible": ("R7.blocked", frozenset({"E29"}))}
    id_, behind = closed.get(restriction.patient_text_id, ("", frozenset[str]()))
    if not id_ or not reader.ready.isdisjoint(behind):
        return _own(restriction, reader)
    row = next(row for row in reader.knowledge.restrictions[restriction.id].limited if row.key == id_)
    return id_, row.patient_es if reader.spanish else row.patient


def _may_do_yoga(reader: Reader) -> bool:
    """Yoga is named to who may stand and is not in strong pain."""
    standing = reader.assessment.track is Track.STANDING and "E39" not in reader.assessment.removed
    return standing and not reader.in_very_strong_pain and reader.proposal.referral is not None


def exercise_texts(reader: Reader) -> Iterator[PatientText]:
    """How each exercise that can start now is done, with this plan's seconds and minutes."""
    rows = reader.knowledge.library.patient_texts
    for activity in ready(reader.proposal):
        id_ = f"exercise.{activity.id}"
        if reader.cannot_push and activity.id in _ARMS:
            id_ = f"{id_}-no-arms"
        elif reader.cannot_push and activity.id == "E05":
            yield PatientText(id_, reader.always("pain.bed-no-arms").text, "exercise", reader.always(id_).name)
            continue
        if id_ in rows:
            yield _with_one_leg(reader.always(id_, **_places(activity, reader)), activity, reader)
    if any(activity.home_note for activity in ready(reader.proposal)):
        yield reader.always("home.with-helper")
    if not reader.comfort and reader.ready:
        yield reader.always("effort.scale")


def _with_one_leg(told: PatientText, activity: Activity, reader: Reader) -> PatientText:
    """With which leg, where a limit leaves one; then nobody is told to change legs."""
    side = free_side(activity.id, reader.assessment)
    if side is None:
        return told
    leg = reader.always(f"one-side.{side or 'free'}").text
    return replace(told, text=f"{without(told.text, (SWITCHING,))} {leg}")


def _places(activity: Activity, reader: Reader) -> dict[str, str]:
    """Seconds and minutes of the plan's own dose."""
    fitt = activity.fitt
    return {"hold": _span(fitt.hold_seconds, reader), "minutes": _span(fitt.minutes, reader)} if fitt else {}


def _span(pair: Pair | None, reader: Reader) -> str:
    """``3 to 5``, ``3 a 5``; an open end is not told."""
    ends = dict.fromkeys(f"{end:f}" for end in pair or () if end is not None)
    return (" a " if reader.spanish else " to ").join(ends)


def advice_texts(reader: Reader) -> Iterator[PatientText]:
    """Education in its order, then nutrition; the stop texts stand for ED3."""
    told = (activity for kind in _TOLD for activity in reader.proposal.activities if activity.kind is kind)
    for activity in () if reader.comfort else told:
        if not _left_untold(activity, reader):
            group = activity.kind.value
            text = activity.patient_text if activity.original else _advice(activity, reader)
            yield PatientText(f"{group}.{activity.id}", reader.fitting(text), group)


def _left_untold(activity: Activity, reader: Reader) -> bool:
    """What the stop texts say, who does not do it need not read, and what does not fit this plan."""
    shorter = bool(reader.proposal.overrides) or (
        reader.proposal.ramp is not None and bool(reader.proposal.ramp.reason)
    )
    untold = {"ED3": True, PAIN: True, "ED6": "E39" not in reader.ready, "ED4": not reader.walks, "ED5": shorter}
    return untold.get(activity.id, False)


def _advice(activity: Activity, reader: Reader) -> str:
    knowledge = reader.knowledge
    if activity.id == "ED2" and reader.cannot_hinge:
        return reader.always("education.ED2-seated").text
    if not reader.spanish:
        return activity.patient_text
    return fill(_row(activity, knowledge).patient_text_es, knowledge)


def _row(activity: Activity, knowledge: Knowledge) -> Advice:
    """The row the line was made of: of rows with one id the one with its words."""
    rows = (row for row in knowledge.library.advice if row.id == activity.id)
    return next(row for row in rows if fill(row.patient_text, knowledge) == activity.patient_text)
