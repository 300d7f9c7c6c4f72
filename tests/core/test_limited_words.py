"""Where a limit and a routine sentence meet, the limit stands (rule book 2c, P11 and section 8)."""

from datetime import date
from functools import cache

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.plan.limit_words import patient_lines
from smartapp.knowledge import load
from tests.cases import assessed, cases
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
FRACTURE = ("man of 70", "osteopenia", "L2 fracture on 2025-10-12, routine healing")
WRIST = "fracture upper limb on 2026-02-10"
NO_WEIGHT = "order no weight left until 2026-04-04 given 2026-02-12"


@cache
def found() -> tuple[Assessment, ...]:
    """Not while tests are collected."""
    return tuple(assessed(case) for case in cases())


def derived(*facts: str) -> Assessment:
    return derive(chart((*FRACTURE, *facts), TODAY), TODAY, K)


def instead(now: Assessment, id_: str) -> str:
    found = now.restriction(id_)
    assert found is not None and found.text.endswith(f"Instead: {found.instead}.") and found.movement
    return found.instead


def test_without_limits_every_restriction_says_what_it_always_said():
    now = derived()
    for restriction in now.restrictions:
        words = K.restrictions[restriction.id]
        assert (restriction.text, restriction.patient_text) == words.texts[restriction.state]


@pytest.mark.parametrize(
    ("facts", "id_", "told"),
    [
        ((NO_WEIGHT,), "R1", "reach to the side, trunk tall; a grabber for low things"),
        ((NO_WEIGHT,), "R4", "leg work in the chair or in bed; sit down slowly, without a drop"),
        ((NO_WEIGHT,), "R9", "a grabber, or help; light things close to the body"),
        (("bed bound",), "R2", "turn the chair, or feet, hips and shoulders together; log roll in bed"),
        ((WRIST,), "R7", "extensor work against body weight; no pull or push with the arms yet"),
        (("eye operation on 2026-02-24, in words retina with gas",), "R6", "extensor work seated"),
    ],
)  # fmt: skip
def test_an_alternative_the_limits_have_taken_out_gives_way(facts, id_, told):
    assert instead(derived(*facts), id_) == told


def test_nobody_who_may_not_walk_is_told_to_walk():
    concerned = [now for now in found() if now.disposition.prescribes and "E11" in now.removed]
    assert len(concerned) > 5
    for now in concerned:
        walking = [r.id for r in now.restrictions if "walk" in r.instead or "brisk" in r.patient_text]
        assert not walking, walking
        proposal = plan(now, K)
        assert "walking" not in proposal.description
        others = [limit for limit in now.constraints if "E11" not in limit.removes]
        told = patient_lines(now)
        assert not [text for text in told if "You can walk" in text and any(text in o.patient_text for o in others)]


def test_what_invites_to_walk_falls_away_and_the_rest_stays():
    alone, beside = (patient_lines(derived("bypass on 2026-01-16", *more)) for more in ((), (NO_WEIGHT,)))
    assert any(text.startswith("You can walk") for text in alone)
    (sternum,) = (text for text in beside if "elbows close" in text)
    assert "walk" not in sternum and sternum.startswith("Keep your elbows close")


def test_who_walks_is_not_sent_to_the_chair():
    walks = derived("parkinson").restriction("R4")
    assert walks is not None and "walk" in walks.instead and "walk" in walks.patient_text
