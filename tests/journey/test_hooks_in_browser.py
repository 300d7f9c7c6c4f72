"""CDS Hooks in Chromium: cards in the chart, the app opened by their link, an order with its limits, an override."""

from collections.abc import Iterator

import pytest

from tests.journey.harness import HOOKED
from tests.journey.live import Live, running
from tests.journey.test_browser import settled, shot, window  # noqa: F401 -- a fixture
from tests.journey.test_pages import launched, violations

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    offices = f'{HOOKED}privacy_officers = ["Practitioner/castellan"]\nadministrators = ["Practitioner/castellan"]\n'
    with running(tmp_path_factory.mktemp("live"), offices, hooks=True) as both:
        yield both


def told(live):
    """Feedback as the services were told it, the newest first; by the log of the EHR."""
    return [entry for entry in live.box.wire.entries if entry.path.endswith("/feedback")]


def test_a_chart_is_opened_its_card_leads_into_the_app_and_the_plan_is_signed(window, live):  # noqa: F811
    page = window()
    page.goto(f"{live.ehr}/chart/bergstrom")
    card = page.locator("#cards article")
    card.get_by_role("heading", name="Physical therapy can be ordered with its limits").wait_for()
    assert violations(page) == []
    shot(page, "hooks-card")
    card.get_by_role("link", name="Open in Loadpath").click()
    frame = page.frame_locator("iframe[name=loadpath]")
    frame.get_by_role("button", name="Allow").click()
    frame.locator(".headline").wait_for()
    assert live.box.wire.launches[0].context["appContext"]
    settled(frame)
    frame.get_by_role("button", name="Sign and send").click()
    frame.get_by_role("heading", name="Saved to chart").wait_for(timeout=30_000)
    page.goto(f"{live.ehr}/chart/bergstrom")
    page.locator("#cards .empty", has_text="nothing to say").wait_for()
    assert live.in_chart("CarePlan", "bergstrom")


def test_an_order_without_limits_gets_them_before_it_is_signed(window, live):  # noqa: F811
    page = window()
    page.goto(f"{live.ehr}/chart/whitfield/order")
    page.get_by_label("What").select_option(label="Physical therapy")
    page.get_by_role("button", name="Choose").click()
    card = page.locator("article")
    card.get_by_role("heading", name="does not say which movements").wait_for()
    assert violations(page) == []
    shot(page, "hooks-order")
    card.get_by_role("button", name="Add the limits to the order").click()
    page.locator("#record").wait_for()
    (order,) = [r for r in live.in_chart("ServiceRequest", "whitfield") if r["status"] == "draft"]
    assert "avoid" in str(order["note"]).lower()
    assert "#ServiceRequest-" in page.url and page.locator(f"#ServiceRequest-{order['id']}", has_text="draft").count()
    assert '"accepted"' in told(live)[0].sent.text


def test_a_card_is_overridden_with_a_reason(window, live):  # noqa: F811
    page = window()
    page.goto(f"{live.ehr}/chart/petrov")
    page.locator("#cards article").wait_for()
    page.get_by_text("Do not follow this").click()
    page.get_by_label("Reason").select_option("need-more-info")
    page.get_by_role("button", name="Override").click()
    page.locator("#cards .empty", has_text="overridden before").wait_for()
    assert '"need-more-info"' in told(live)[0].sent.text and told(live)[0].status == 200
    page.goto(f"{live.ehr}/developer?kind=hooks")
    page.get_by_role("link", name="/feedback").first.click()
    playwright.expect(page.locator("main")).to_contain_text("overrideReason")


def test_without_script_the_chart_offers_to_ask(window, live):  # noqa: F811
    page = window(script=False)
    page.goto(f"{live.ehr}/chart/petrov")
    page.get_by_role("link", name="Ask decision support about this chart").click()
    playwright.expect(page.locator("article, .empty").first).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (400, True)])
def test_administrators_see_what_became_of_it(window, live, width, dark):  # noqa: F811
    page = window((width, 860), dark, user="castellan")
    page.goto(f"{launched(page, live).removesuffix('audit')}hooks")
    assert "Cards of every service are shown" in page.locator("main").inner_text()
    assert page.get_by_role("region", name="Calls by service").get_by_role("row").count() >= 2
    assert violations(page) == []
    shot(page, f"hooks-report-{width}")
