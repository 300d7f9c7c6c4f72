"""A launch by the link of a card opens the review at what the card is about (appContext), once."""

import json
from urllib.parse import urlencode

import pytest

from smartapp.core.card import Moment, TherapyKind, TherapyOrder
from smartapp.core.cards import decide
from smartapp.core.chart import Source
from smartapp.core.hooks import Hook
from smartapp.ehr.launch.connection import finding_of
from smartapp.knowledge import load
from smartapp.web.review_alerts import anchor_of
from tests.cases import cases, planned
from tests.journey.harness import APP, EHR

ODD = [None, "", "{", "[]", "7", "null", "[" * 5000, '{"finding": 7}', '{"finding": "a b"}', '{"finding": "<script>"}',
       '{"finding": "' + "x" * 65 + '"}', '{"other": "R1"}', ["R1"]]  # fmt: skip


@pytest.mark.parametrize("value", ODD)
def test_what_is_not_ours_is_left_out(value):
    assert finding_of(value) == ""


def test_what_is_ours_is_read_as_text_and_as_an_object():
    assert finding_of('{"finding":"R1"}') == finding_of({"finding": "R1", "more": 1}) == "R1"


def opened(harness, patient, app_context):
    browser = harness.browser()
    token = harness.box.new_launch(patient, "okafor", appContext=app_context)
    page = browser.get(f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": token}))
    if "/auth/" in page.url:
        page = browser.press(page, page.form("/auth/decision"), "Allow")
    return browser, harness.settled(browser, page)


@pytest.mark.parametrize(
    ("patient", "finding", "anchor"),
    [
        ("whitfield", "confirm-stability", "settle-confirm-stability"),
        ("petrov", "neuro-red-flag", "h-stop"),
        ("haddad", "R2", "item-R2"),
        ("haddad", "restrictions", "h-restrictions"),
        ("haddad", "order", "order"),
    ],
)
def test_the_review_opens_at_the_finding(harness, patient, finding, anchor):
    browser, page = opened(harness, patient, json.dumps({"finding": finding}))
    assert page.url.endswith(f"/l/{page.launch_id}/#{anchor}") and page.status == 200
    assert f'id="{anchor}"' in page.text
    assert sum("finding=" in url for url in browser.visited if "/l/" in url) >= 1


@pytest.mark.parametrize("context", ['{"finding":"healed-long-ago"}', "not ours", '{"finding":"order"}'])
def test_what_this_chart_does_not_have_opens_the_review(harness, context):
    _, page = opened(harness, "petrov", context)
    assert page.url.endswith(f"/l/{page.launch_id}/") and page.status == 200


def test_every_card_has_its_place_on_the_page():
    order = TherapyOrder(Source("ServiceRequest/1"), TherapyKind.PHYSICAL_THERAPY, "PT")
    manual = TherapyOrder(Source("ServiceRequest/1"), TherapyKind.MANUAL_THERAPY, "Manual therapy", manual=True)
    for case in cases():
        for moment in (
            Moment(Hook.PATIENT_VIEW),
            Moment(Hook.ORDER_SIGN, (order,)),
            Moment(Hook.ORDER_SIGN, (manual,)),
        ):
            card = decide(moment, planned(case).assessment, load()).card
            assert card is None or anchor_of(card.finding, planned(case).assessment), (case.id, card.finding)
