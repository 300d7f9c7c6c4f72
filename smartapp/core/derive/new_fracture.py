"""Measurements that may mean another fracture: height lost, the head further from the wall, pain that leaps (2b, OM4).

Of several signs of a new fracture the measured one is the mildest (rule book 2c, CX19): it holds the phase at the
intermediate one and keeps bending and twisting strict until the spine has been imaged on or after the sign.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Measurement, Source
from smartapp.core.derive.dangers import Hold, answered, readings_of, surely_broken_by
from smartapp.core.derive.facts import Facts, pain_value
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Noting, alert, rule_missed
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, Quantity
from smartapp.core.threshold_words import shown_number
from smartapp.core.thresholds import ThresholdName

_RULE = "alert.suspect-new-vf"
Dated = tuple[date, Measurement]


@frozen
class _Sign:
    on: date
    words: str
    sources: tuple[Source, ...]


def note_measured_signs(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    signs = tuple(_signs(fractures, facts)) if readings_of(fractures, facts) else ()
    if not signs:
        yield rule_missed(_RULE, "Neither height nor posture nor pain has changed as after another fracture.")
        return ()
    open_signs = [sign for sign in signs if not answered(AttestationName.STABILITY_IMAGING, sign.on, facts)]
    if not open_signs:
        why = f"{signs[0].words} Imaging has been seen since."
        yield rule_missed(_RULE, why, (), signs[0].sources)
        return ()
    why = " ".join(sign.words for sign in open_signs)
    found = tuple(source for sign in open_signs for source in sign.sources)
    yield alert(AlertCode.SUSPECT_NEW_VF, why, found)
    return (Hold("OM4", why, found, "imaging on or after the sign", intermediate=True, strict=True),)


def _signs(fractures: Fractures, facts: Facts) -> Iterator[_Sign]:
    broken = surely_broken_by(fractures, facts)
    for sign in (_shorter(facts), _further_from_the_wall(facts), _leap_of_pain(broken, facts)):
        if sign is not None and (broken is None or sign.on >= broken):
            yield sign


def _days(quantity: Quantity, facts: Facts) -> list[Dated]:
    """Newest first; what has no day cannot be told apart from what came before."""
    days = ((facts.day_of(m.when), m) for m in facts.measurements_of(quantity) if not m.comparator)
    return [(day, m) for day, m in days if day is not None]


def _changed(quantity: Quantity, lower: bool, by: ThresholdName, facts: Facts) -> tuple[Dated, Dated] | None:
    """The newest measure and the one before it from which it has moved furthest, where that is far enough."""
    taken = _days(quantity, facts)
    if not taken:
        return None
    sign = -1 if lower else 1
    newest = max((each for each in taken if each[0] == taken[0][0]), key=lambda each: pain_value(each[1]) * sign)
    before = [each for each in taken if each[0] < newest[0]]
    furthest = min(before, key=lambda each: pain_value(each[1]) * sign, default=None)
    if furthest is None:
        return None
    moved = (pain_value(newest[1]) - pain_value(furthest[1])) * sign
    return (newest, furthest) if moved >= facts.knowledge.number(by) else None


def _shorter(facts: Facts) -> _Sign | None:
    found = _changed(Quantity.HEIGHT, True, ThresholdName.HEIGHT_LOSS_FROM, facts)
    if found is None:
        return None
    (on, now), (since, before) = found
    lost = shown_number(pain_value(before) - pain_value(now))
    return _Sign(on, f"{lost} cm shorter than on {since}.", (before.source, now.source))


def _further_from_the_wall(facts: Facts) -> _Sign | None:
    found = _changed(Quantity.OCCIPUT_WALL, False, ThresholdName.OCCIPUT_RISE_FROM, facts)
    if found is None:
        return None
    (on, now), (since, before) = found
    more = shown_number(pain_value(now) - pain_value(before))
    return _Sign(on, f"The head is {more} cm further from the wall than on {since}.", (before.source, now.source))


def _leap_of_pain(broken: date | None, facts: Facts) -> _Sign | None:
    """The newest score and that of the day before it, both of the last 30 days and since the fracture (2c, CD3)."""
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.PAIN_RISE_WITHIN))
    scores = [each for each in _days(Quantity.PAIN, facts) if each[0] >= max(first, broken or first)]
    days = sorted({day for day, _ in scores}, reverse=True)
    if len(days) < 2:
        return None
    now = max((m for day, m in scores if day == days[0]), key=pain_value)
    before = min((m for day, m in scores if day == days[1]), key=pain_value)
    if pain_value(now) - pain_value(before) < facts.knowledge.number(ThresholdName.PAIN_LEAP_FROM):
        return None
    said = f"Pain {shown_number(pain_value(before))} on {days[1]}, {shown_number(pain_value(now))} on {days[0]}."
    return _Sign(days[0], said, (before.source, now.source))
