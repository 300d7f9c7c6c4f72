"""As much of a browser as a launch needs: cookies, redirects, forms, pages that refresh themselves.

Real browsers take 127.0.0.1 for a secure context and keep ``Secure`` cookies there; Python's cookie jars do not.
"""

import re
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

import requests

SEE_OTHER = {301, 302, 303}


@dataclass
class Form:
    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    url: str
    status: int
    text: str

    @property
    def refresh_seconds(self) -> float | None:
        found = re.search(r'data-updates="([\d.]+)"', self.text)
        return float(found.group(1)) if found else None

    def forms(self) -> list[Form]:
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms


class Browser:
    def __init__(self) -> None:
        self.session = requests.Session()
        self.cookies: dict[str, dict[str, str]] = {}

    def open(self, url: str, data: dict[str, str] | None = None, *, stop_at: str = "\0", referer: str = "") -> Page:
        """Follows redirects as a browser does, but not into an address that begins with ``stop_at``."""
        headers = (
            {"Sec-Fetch-Site": "same-origin", "Origin": _origin(referer or url), "Referer": referer} if data else {}
        )
        while True:
            answer = self._once(url, data, headers)
            if answer.status_code not in SEE_OTHER:
                return Page(url, answer.status_code, answer.text)
            url, data, headers = urljoin(url, answer.headers["Location"]), None, {}
            if url.startswith(stop_at):
                return Page(url, answer.status_code, "")

    def submit(self, page: Page, form: Form, **more: str) -> Page:
        return self.open(urljoin(page.url, form.action or page.url), {**form.values, **more}, referer=page.url)

    def wait(self, page: Page) -> Page:
        """Lets a page that refreshes itself do so until it has arrived."""
        while page.refresh_seconds is not None:
            time.sleep(page.refresh_seconds)
            page = self.open(page.url)
        return page

    def _once(self, url: str, data: dict[str, str] | None, headers: dict[str, str]) -> requests.Response:
        jar = self.cookies.setdefault(urlsplit(url).netloc, {})
        headers = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
        answer = self.session.request(
            "POST" if data is not None else "GET", url, data=data, headers=headers, allow_redirects=False, timeout=60
        )
        self.session.cookies.clear()
        for line in answer.raw.headers.getlist("Set-Cookie"):
            jar.update({name: morsel.value for name, morsel in SimpleCookie(_known_attributes(line)).items()})
        return answer


def _known_attributes(line: str) -> str:
    """Name and value only: ``http.cookies`` refuses attributes it does not know, such as ``Partitioned``."""
    return line.partition(";")[0]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms and given.get("name"):
            kind = given.get("type", "")
            if tag == "button" or kind == "submit":
                self.forms[-1].buttons.append((given["name"], given.get("value", "")))
            elif tag == "input" and (kind not in ("checkbox", "radio") or "checked" in given):
                self.forms[-1].values[given["name"]] = given.get("value", "")
