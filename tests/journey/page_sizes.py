"""The review page of sandbox patients -> a table of its height, words in sight, tab stops, weight and first paint.

``python -m tests.journey.page_sizes`` with LOADPATH_CHROMIUM set; ``test_page_sizes`` holds every patient to the aim.
A group of radio buttons, and a list with arrow keys, is one tab stop.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from launch.sandbox.load import OWN_PATIENTS, read_source
from tests.clock import Clock
from tests.journey.live import Live, running
from tests.sandboxes import TODAY

SIZE = (1000, 668)
SCREENS, WORDS, STOPS = 1.5, 350, 25  # the aim: at most
MEASURE = """() => {
    const seen = new Set();
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(e =>
        e.checkVisibility() && e.type !== 'hidden' && !e.disabled && e.tabIndex >= 0
        && (e.type !== 'radio' || !seen.has(e.name + e.form?.id) && seen.add(e.name + e.form?.id)));
    const height = document.documentElement.scrollHeight;
    const sign = stops.findIndex(e => e.matches('.signbar .primary'));
    const unheard = new CSSStyleSheet();
    unheard.replaceSync('.hidden, .skip, option { display: none !important }');
    document.adoptedStyleSheets = [unheard];
    const words = document.body.innerText.trim().split(/\\s+/).length;
    document.adoptedStyleSheets = [];
    return [height, words, sign + 1];
}"""

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
SENT = "performance.getEntriesByType('navigation')[0].encodedBodySize / 1000"


@dataclass(frozen=True)
class PageSize:
    height: int  # pixels
    words: int
    stops: int  # to the button that signs; 0 where there is none

    @property
    def screens(self) -> float:
        return self.height / SIZE[1]

    def fits(self) -> bool:
        return self.screens <= SCREENS and self.words <= WORDS and self.stops <= STOPS


def size_of(page: Any) -> PageSize:
    """Of the page as it stands, once its script has made one tab stop of each list; words for screen readers are not in
    sight."""
    page.wait_for_load_state("load")
    page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    return PageSize(*page.evaluate(MEASURE))


def words_of(page: Any) -> int:
    """In the window as it is."""
    return PageSize(*page.evaluate(MEASURE)).words


def weight_and_paint(page: Any) -> tuple[float, float]:
    """Kilobytes of the page as sent, and milliseconds from asking for it to the first paint, the best of three: the
    chart is there, and the page comes in one piece with its headline.
    """
    paints = []
    for _ in range(3):
        page.reload()
        while (paint := page.evaluate(PAINT)) is None:
            page.wait_for_timeout(20)
        paints.append(paint)
    return page.evaluate(SENT), min(paints)


def patients() -> tuple[str, ...]:
    """Of every story of the sandbox."""
    found = (resource for each in read_source(OWN_PATIENTS, TODAY) for resource in each.resources)
    return tuple(resource["id"] for resource in found if resource["resourceType"] == "Patient")


@contextmanager
def opened(browser: Any, live: Live, patient: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
    context.add_cookies([{"name": "sandbox_user", "value": "okafor", "url": live.ehr}])
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{live.ehr}/chart/{patient}/tab")
    page.get_by_role("button", name="Allow").click()
    page.locator(".headline").wait_for()
    yield page
    context.close()


def main(chromium: str) -> None:
    print(
        "| patient | height | screens | words | words at 400 px | tab stops to Sign | weight | first paint |\n"
        + "|---" * 8
        + "|"
    )
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), clock=Clock()) as live,
        sync_playwright() as runner,
    ):
        browser = runner.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for patient in patients():
            with opened(browser, live, patient) as page:
                weight, paint = weight_and_paint(page)
                size = size_of(page)
                page.set_viewport_size({"width": 400, "height": SIZE[1]})
                narrow = words_of(page)
            row = (
                *(patient, f"{size.height} px", f"{size.screens:.2f}", size.words, narrow, size.stops or "none"),
                *(f"{weight:.0f} kB", f"{paint:.0f} ms"),
            )
            print(f"| {' | '.join(map(str, row))} |", flush=True)


if __name__ == "__main__":
    main(os.environ.get("LOADPATH_CHROMIUM") or sys.exit("Set LOADPATH_CHROMIUM to a Chromium."))
