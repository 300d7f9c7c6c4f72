"""An EHR that opens apps in named windows, in Chromium: it reuses the window of the last launch, and closes it."""

import pytest

from tests.journey.live import Live

pytestmark = pytest.mark.browser

OPEN = "([url, name]) => { window.app = window.open(url, name); return window.app !== null && !window.app.closed }"


@pytest.fixture
def chart(chrome, live):
    """A page of the EHR, which is of another site than Loadpath."""
    context = chrome.new_context()
    context.add_cookies([{"name": "sandbox_user", "value": "okafor", "url": live.ehr}])
    page = context.new_page()
    page.goto(f"{live.ehr}/")
    yield page
    context.close()


def launch_url(live: Live, patient: str) -> str:
    return f"{live.app}/launch?iss={live.ehr}/fhir&launch={live.box.new_launch(patient, 'okafor')}"


def new_window(chart, url: str):
    with chart.context.expect_page() as window:
        assert chart.evaluate(OPEN, [url, "loadpath"])
    return window.value


def signed_in(window):
    window.get_by_role("button", name="Allow").click()
    window.locator(".headline").wait_for()
    return window


def assert_closes(chart, window) -> None:
    with window.expect_event("close", timeout=5000):
        chart.evaluate("window.app.close()")


@pytest.mark.req("SM-T12")
def test_the_ehr_reuses_our_window_for_the_next_patient_and_closes_it(chart, live):
    window = signed_in(new_window(chart, launch_url(live, "haddad")))
    assert chart.evaluate("window.app.closed") is False, "the EHR still has its window"
    chart.evaluate(OPEN, [launch_url(live, "bergstrom"), "loadpath"])
    signed_in(window)
    assert len(chart.context.pages) == 2
    assert "Bergstrom" in window.inner_text("body") and "Haddad" not in window.inner_text("body")
    window.get_by_role("checkbox", name="Leave open").check()
    window.get_by_role("button", name="Sign and send").click()
    window.get_by_role("heading", name="Saved to chart").wait_for()
    assert_closes(chart, window)


def test_the_window_of_a_launch_that_failed_can_be_closed_too(chart, live):
    window = new_window(chart, f"{live.app}/launch?iss=https://unknown.example&launch=x")
    window.get_by_role("heading", name="This EHR is not registered with Loadpath").wait_for()
    assert_closes(chart, window)


def test_what_a_page_of_another_site_learns_of_our_window(chart, live):
    """It may send it elsewhere and close it. It cannot read it, and there are no frames in it to count."""
    signed_in(new_window(chart, launch_url(live, "haddad")))
    learned = chart.evaluate(
        """() => {
            const tried = {};
            for (const what of ['document', 'origin', 'name', 'sessionStorage', 'history', 'opener'])
                try { tried[what] = String(window.app[what]) } catch (error) { tried[what] = error.name }
            try { tried.href = window.app.location.href } catch (error) { tried.href = error.name }
            return [tried, window.app.length];
        }"""
    )
    refused = ("document", "origin", "name", "sessionStorage", "history", "href")
    assert {name: learned[0][name] for name in refused} == dict.fromkeys(refused, "SecurityError")
    assert learned[1] == 0
