"""Launches at an authorization server we did not write; each fault it can serve ends as at the sandbox."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from smartapp.ehr.launch.id_token import IdentityRefused
from smartapp.errors import Who
from tests.security.test_faults import OUTCOMES, PATIENT, Goes, Stop, assert_stopped, filed
from tests.security.watching import APP, EHR, Browser, Page, Watched, watched
from tests.servers.oauth_faults import not_served, served
from tests.servers.oauth_front import Front, launch_value, oauth, put_in_front

pytestmark = pytest.mark.slow

# It sends no iss with its answers, so a configuration that names another issuer is first found out by the token.
OTHERWISE = {"disc_issuer_mismatch": Stop(IdentityRefused, "another issuer", Who.EHR)}


class Watch(NamedTuple):
    watched: Watched
    front: Front

    def launched(self, browser: Browser, fault: str | None) -> Page:
        """From the chart to whatever page the launch ends at. This server asks nobody for consent."""
        harness, configuration = self.watched.harness, (fault or "").startswith("disc_")
        self.front.fault = fault if configuration else None
        launch = launch_value(PATIENT, None if configuration else fault)
        page = browser.get(f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": launch}))
        return harness.settled(browser, page)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oauth(tmp_path_factory.mktemp("oauth")) as found:
        yield found


@pytest.fixture
def watch(tmp_path: Path, base: str) -> Iterator[Watch]:
    with watched(tmp_path, today=date.today()) as found:
        found.harness.clock.now = time.time()  # the other server goes by the real time
        yield Watch(found, put_in_front(found, base))


def test_every_fault_is_served_or_said_not_to_be() -> None:
    assert set(served()) | set(not_served()) == set(OUTCOMES)


@pytest.mark.req("SM-R1", "SM-I7", "SM-E2")
def test_launch_renew_sign_and_leave(watch: Watch) -> None:
    harness, browser = watch.watched.harness, watch.watched.harness.browser()
    page = watch.launched(browser, None)
    assert page.offers_plan
    harness.clock.now += 280
    page = browser.press(page, page.form("/refresh"))
    assert page.offers_plan
    assert browser.press(page, page.form("/sign")).heading == "Saved to chart"
    assert set(filed(watch.watched).values()) == {1}
    assert browser.press(page, page.form("/leave")).heading == "Session ended"
    asked = [sent.path for sent in harness.wire.seen if sent.path.startswith("/auth/")]
    assert [asked.count(f"/auth/{name}") for name in ("token", "revoke")] == [2, 2]
    watch.watched.check()


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.req(*OUTCOMES[name][1], "SM-T17")) for name in served()]
)
def test_a_fault_ends_in_the_page_it_ends_in_at_the_sandbox(watch: Watch, name: str) -> None:
    outcome = OTHERWISE.get(name, OUTCOMES[name][0])
    browser = watch.watched.harness.browser()
    page = watch.launched(browser, name)
    if isinstance(outcome, Stop):
        assert_stopped(page, outcome)
        assert filed(watch.watched) == {}
    else:
        assert isinstance(outcome, Goes)
        assert page.heading.startswith("Day ")
        assert outcome.words in page.words
    again = watch.launched(browser, None)
    assert browser.press(again, again.form("/sign")).heading == "Saved to chart"
    assert set(filed(watch.watched).values()) == {1}
    watch.watched.check()


@pytest.mark.req("SM-X8", "SM-R3")
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("refresh_swaps_patient", "The EHR has switched this session"),
        ("refresh_invalid_grant", "This session has ended"),
        ("no_refresh", "This session has ended"),
    ],
)
def test_a_renewal_that_goes_wrong_ends_the_session(watch: Watch, name: str, title: str) -> None:
    browser = watch.watched.harness.browser()
    page = watch.launched(browser, name)
    watch.watched.harness.clock.now += 301
    ended = browser.press(page, page.form("/refresh"))
    assert ended.heading == title
    assert browser.get(page.url).status == 401
    assert filed(watch.watched) == {}
    watch.watched.check()
