"""What a receiver needs: named where it is missing, and never called missing where it could not be read."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.chart import ActivityOrder, Attestation, Source
from smartapp.core.dates import When
from smartapp.core.kinds import AttestationName, OrderKind
from smartapp.core.plan.bearing import brace_line, weight_bearing_line
from smartapp.core.referral_packet import ASK, Need, NeedState, missing, packet, question
from tests.core.assessments import assessment

WHOLE = dict.fromkeys(Need, "said")


def test_every_need_stands_in_the_packet_once_and_says_whom_to_ask():
    assert set(ASK) == set(Need) and [item.need for item in packet({})] == list(Need)
    assert all(item.state is NeedState.THERE and item.said == "said" for item in packet(WHOLE))


@pytest.mark.parametrize("need", Need)
def test_missing_is_named_and_unread_is_not_missing(need):
    (gone,) = missing(packet({**WHOLE, need: ""}))
    assert (gone.need, gone.said) == (need, ASK[need])
    unread = {item.need: item for item in packet({**WHOLE, need: None})}[need]
    assert unread.state is NeedState.UNREAD and missing(packet({**WHOLE, need: None})) == ()


def test_the_clinician_is_asked_for_what_they_can_say():
    gone = packet({**WHOLE, Need.PAYER: "", Need.WEIGHT_BEARING: "", Need.BRACE: "", Need.GOALS: None})
    assert question(gone) == "Missing in the referral: Weight-bearing; Brace or collar. Please add."
    assert question(packet({**WHOLE, Need.PAYER: "", Need.GOALS: None})) == ""


def ordered(kind: OrderKind, quote: str, given: str, **more) -> ActivityOrder:
    return ActivityOrder(Source("ServiceRequest/1"), kind, quote, given=When.day(date.fromisoformat(given)), **more)


def said(orders=(), attestations=()):
    now = assessment()
    now = replace(now, chart=replace(now.chart, orders=tuple(orders), attestations=tuple(attestations)))
    return weight_bearing_line(now), brace_line(now)


def test_weight_bearing_is_that_of_the_newest_order_or_statement():
    toe = ordered(OrderKind.TOE_TOUCH, "TTWB", "2026-02-01", side="left", until=When.day(date(2026, 4, 1)))
    assert said([toe])[0] == "Weight-bearing: toe-touch, left, 2026-02-01, until 2026-04-01."
    stated = Attestation(AttestationName.WEIGHT_BEARING, date(2026, 2, 20), value="partial-left")
    other = Attestation(AttestationName.BRACE_WEANED, date(2026, 2, 21))
    assert said([toe], [stated, other])[0] == "Weight-bearing: partial, left (2026-02-20)."
    assert said([replace(toe, given=None)])[0] == "Weight-bearing: toe-touch, left, no date, until 2026-04-01."
    assert said() == ("", "")


def test_a_brace_is_that_of_the_newest_order_and_over_where_somebody_says_so():
    brace, collar = (
        ordered(OrderKind.BRACE, "TLSO when up", "2026-02-01"),
        ordered(OrderKind.COLLAR, "soft collar", "2026-02-09"),
    )
    assert said([brace])[1] == "Brace: “TLSO when up”, 2026-02-01; who ends it: ask."
    assert said([brace, collar])[1].startswith("Collar: “soft collar”")
    weaned = Attestation(AttestationName.BRACE_WEANED, date(2026, 2, 21))
    assert said([], [weaned])[1] == "Brace: no more since Feb 21, 2026."
    assert said([brace], [weaned])[1].startswith("Brace: “TLSO")
