"""The review page of sandbox patients -> a table of its height, words in sight and tab stops.

``python -m tests.journey.page_sizes`` with LOADPATH_CHROMIUM set. A group of radio buttons, and a list with arrow
keys, is one tab stop.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journey.live import running

PATIENTS = ("achterberg", "whitfield", "bergstrom", "oyelaran", "kowalski", "petrov")
SIZE = (1000, 668)
MEASURE = """() => {
    const seen = new Set();
    const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(e =>
        e.checkVisibility() && e.type !== 'hidden' && !e.disabled && e.tabIndex >= 0
        && (e.type !== 'radio' || !seen.has(e.name + e.form?.id) && seen.add(e.name + e.form?.id)));
    const height = document.documentElement.scrollHeight;
    document.querySelectorAll('.hidden, .skip, option').forEach(e => e.remove());
    const sign = stops.findIndex(e => e.matches('.signbar .primary'));
    return [height, document.body.innerText.trim().split(/\\s+/).length, sign + 1];
}"""


def main(chromium: str) -> None:
    print("| patient | height | screens | words | tab stops to Sign |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as live, sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for patient in PATIENTS:
            context = browser.new_context(viewport={"width": SIZE[0], "height": SIZE[1]})
            context.add_cookies([{"name": "sandbox_user", "value": "okafor", "url": live.ehr}])
            page = context.new_page()
            page.set_default_timeout(90_000)
            page.goto(f"{live.ehr}/chart/{patient}/tab")
            page.get_by_role("button", name="Allow").click()
            page.locator(".headline").wait_for()
            height, words, stops = page.evaluate(MEASURE)
            print(f"| {patient} | {height} px | {height / SIZE[1]:.1f} | {words} | {stops or 'none'} |", flush=True)
            context.close()


if __name__ == "__main__":
    main(os.environ.get("LOADPATH_CHROMIUM") or sys.exit("Set LOADPATH_CHROMIUM to a Chromium."))
