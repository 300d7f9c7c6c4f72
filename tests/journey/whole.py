"""The whole journey of one chart through the front door: launch, review, sign, receipt, sign again, successor.

Everything is done with what the pages show; what landed is looked at from behind, past every access rule.
"""

import html
import re
from collections.abc import Container
from typing import Any

from tests.journey.harness import Browser, Form, Harness, Page, forms_in

COUNTED = ("CarePlan", "ServiceRequest", "Goal", "DocumentReference")


def in_chart(harness: Harness, kind: str, patient: str) -> list[dict[str, Any]]:
    """Resources of a patient in the EHR, also where another server holds them."""
    own = {f"Patient/{patient}", f"{harness.box.config.fhir_base}/Patient/{patient}"}
    found = harness.box.fhir.raw_all(kind, patient)
    return [r for r in found if _whose(r) in own]


def _whose(resource: dict[str, Any]) -> str:
    names = (resource[name] for name in ("subject", "for", "patient") if name in resource)
    return str(next(names, {}).get("reference", ""))


def sign(browser: Browser, page: Page) -> Page:
    return browser.press(page, page.form("/sign"))


def not_read(page: Page) -> list[str]:
    """What the page says could not be read, line by line."""
    return _lines_in(page, "broken")


def not_understood(page: Page) -> list[str]:
    """What the page says is there and not understood or not used, line by line, each with its question."""
    return _lines_in(page, "questions")


def _lines_in(page: Page, box_of: str) -> list[str]:
    box = re.search(rf'<details class="alert tone-change {box_of}">(.*?)</details>', page.text, re.DOTALL)
    lines = re.findall(r"<li[^>]*>(.*?)</li>", box[1], re.DOTALL) if box else []
    assert bool(lines) == bool(box)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def nothing_left_out(page: Page, remarks: Container[str]) -> None:
    left = [line for line in not_read(page) if line not in remarks]
    assert left == [], left


def through_the_door(harness: Harness, patient: str, remarks: Container[str] = ()) -> None:
    """From launch to the successor; asserts at every step. ``remarks``: what may remain unread, in the page's words."""
    browser = harness.browser()
    before = {kind: len(in_chart(harness, kind, patient)) for kind in COUNTED}
    page = harness.open(browser, patient)
    assert page.status == 200, page.words[:2000]
    nothing_left_out(page, remarks)
    had = active(harness, patient)

    receipt = sign(browser, page)
    assert receipt.heading == "Saved to chart", receipt.words[:3000]
    (plan,) = (p for p in active(harness, patient) if p["id"] not in {old["id"] for old in had})
    (order,) = (
        r for r in in_chart(harness, "ServiceRequest", patient)
        if {"reference": f"CarePlan/{plan['id']}"} in [{"reference": b.get("reference")} for b in r.get("basedOn", [])]
    )  # fmt: skip
    assert order["status"] == "active"
    assert f"CarePlan/{plan['id']}" in receipt.words and f"ServiceRequest/{order['id']}" in receipt.words
    goals_landed(harness, patient, plan, before, receipt)
    sent = len(harness.writes())

    assert sign(browser, page).url == browser.get(receipt.url).url == receipt.url
    assert len(harness.writes()) == sent
    assert len(in_chart(harness, "CarePlan", patient)) == before["CarePlan"] + 1

    page = harness.open(harness.browser(), patient)
    assert "This very plan is in the chart already" in page.words, page.words[:3000]
    assert '/sign"' not in page.text
    successor(harness, patient, plan)


def goals_landed(harness: Harness, patient: str, plan: dict[str, Any], before: dict[str, int], receipt: Page) -> None:
    """Goals as records, each once; or, where the EHR declares no creation of Goal, all in one note of the plan."""
    made = len(in_chart(harness, "Goal", patient)) - before["Goal"]
    if made:
        assert made == len(plan["goal"])
        return
    assert "The EHR does not let apps create Goal." in receipt.words
    assert len(in_chart(harness, "DocumentReference", patient)) == before["DocumentReference"] + 1
    named = [goal["identifier"]["value"] for goal in plan["goal"]]
    assert named and all(value in receipt.words for value in named)


def successor(harness: Harness, patient: str, first: dict[str, Any]) -> None:
    """A changed plan is signed; it replaces the first, which ends."""
    browser = harness.browser()
    page = harness.open(browser, patient)
    page = browser.press(page, exercise(page), "Remove")
    assert "Removed by you" in page.words
    receipt = sign(browser, page)
    assert receipt.heading == "Saved to chart", receipt.words[:3000]
    standing = active(harness, patient)
    assert len(standing) == 1, [
        (p["id"], p["status"], p.get("replaces")) for p in in_chart(harness, "CarePlan", patient)
    ]
    (new,) = standing
    assert [r["reference"] for r in new["replaces"]] == [f"CarePlan/{first['id']}"]
    old = {p["id"]: p["status"] for p in in_chart(harness, "CarePlan", patient)}
    assert old[first["id"]] in {"revoked", "completed"}


def active(harness: Harness, patient: str) -> list[dict[str, Any]]:
    """Plans of ours that stand."""
    found = in_chart(harness, "CarePlan", patient)
    return [p for p in found if p["status"] == "active" and "loadpath" in str(p.get("identifier", ""))]


def exercise(page: Page) -> Form:
    """The form of some exercise that may be dropped."""
    forms = [f for f in forms_in(page.text) if f.action.endswith("/decide")]
    return next(
        f
        for f in forms
        if f.fields.get("item", "").startswith("E") and any(words == "Remove" for _, _, words in f.buttons)
    )


def nothing_to_sign(harness: Harness, patient: str, remarks: Container[str] = ()) -> None:
    """A chart without an active lumbar fracture is read whole and gets no plan."""
    page = harness.open(harness.browser(), patient)
    assert page.status == 200 and '/sign"' not in page.text
    nothing_left_out(page, remarks)
    assert "What was looked for, and what was found" in page.words
    assert harness.writes() == []
