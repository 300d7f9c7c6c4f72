"""The same launch with Loadpath as it is installed: ``smartapp serve`` in a process of its own, opened by a browser."""

import time
from typing import Any
from urllib.parse import urlencode

from tests.bench.browser import Browser, Form, Page


class LoadpathSide:
    name = "loadpath"

    def __init__(self, app_url: str, fhir_base: str) -> None:
        self.app_url, self.fhir_base = app_url, fhir_base

    def authorize(self, launch: str) -> None:
        """Everything before the callback, not timed: launch and approval."""
        self.browser = Browser()
        page = self.browser.open(
            f"{self.app_url}/launch?" + urlencode({"iss": self.fhir_base, "launch": launch}),
            stop_at=f"{self.app_url}/callback",
        )
        if page.text and (posted := [form for form in page.forms() if "/authorize" in form.action]):
            stop = f"{self.app_url}/callback"
            page = self.browser.open(posted[0].action, posted[0].values, stop_at=stop, referer=page.url)
        self.callback = page.url
        if not self.callback.startswith(f"{self.app_url}/callback"):
            raise RuntimeError(f"Loadpath was not authorized: {page.status} at {page.url}\n{page.text[:500]}")

    def bring(self, _bundle: Any) -> None:
        """Loadpath brings nothing: it makes its own Bundle while the clock runs."""

    def callback_to_plan(self) -> float:
        """Until the whole review page has arrived; a page that says "reading the chart" is waited for as it asks."""
        began = time.monotonic()
        self.page = self.browser.wait(self.browser.open(self.callback))
        took = time.monotonic() - began
        self.form = _sign_form(self.page)
        return took

    def sign_to_receipt(self) -> float:
        began = time.monotonic()
        receipt = self.browser.wait(self.browser.submit(self.page, self.form))
        took = time.monotonic() - began
        if receipt.status != 200 or "/receipt/" not in receipt.url:
            raise RuntimeError(f"no receipt: {receipt.status} at {receipt.url}\n{receipt.text[:800]}")
        return took


def _sign_form(page: Page) -> Form:
    found = [form for form in page.forms() if form.action.rstrip("/").endswith("/sign")]
    if page.status != 200 or not found:
        raise RuntimeError(f"no plan to sign: {page.status} at {page.url}\n{page.text[:800]}")
    return found[0]
