"""The review page of every patient of the sandbox is one screen and a half, 350 words and 25 tab stops, at most."""

from collections.abc import Iterator

import pytest

from tests.clock import Clock
from tests.journey.live import Live, running
from tests.journey.page_sizes import opened, patients, size_of

pytestmark = pytest.mark.browser
DAY = 24 * 3600


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """On the day of the cases: the length of a page does not hang on the calendar."""
    with running(tmp_path_factory.mktemp("live"), clock=Clock()) as both:
        yield both


@pytest.mark.parametrize("patient", patients())
def test_a_plan_is_read_without_unfolding_or_scrolling_far(chrome, live, patient):
    with opened(chrome, live, patient) as page:
        size = size_of(page)
        assert size.fits(), size


def test_so_is_a_plan_that_goes_on_and_one_to_end(chrome, tmp_path):
    clock = Clock()
    with running(tmp_path, clock=clock) as live:
        with opened(chrome, live, "kowalski") as page:
            page.get_by_role("button", name="Sign and send").click()
            page.get_by_role("heading", name="Saved to chart").wait_for()
        clock.now += 80 * DAY
        with opened(chrome, live, "kowalski") as page:
            size = size_of(page)
            assert size.fits(), size
            page.get_by_role("button", name="Sign the next visits").click()
            page.get_by_role("heading", name="Saved to chart").wait_for()
        clock.now += 230 * DAY
        with opened(chrome, live, "kowalski") as page:
            page.get_by_role("button", name="End the plan with this outcome").wait_for()
            size = size_of(page)
            assert size.fits(), size
