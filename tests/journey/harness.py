"""The harness of a journey, without sockets: the sandbox EHR, Loadpath, and a browser that visits both.

The browser is two test clients, one per host, and follows redirects between them as a person's browser would; every
form it sends is one it found on a page.
"""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from smartapp import create_app
from smartapp.settings import Settings
from tests.clock import Clock
from tests.databases import empty_database
from tests.hook_models import hold_to_models
from tests.sandboxes import sandbox_ehr
from tests.wsgi_transport import Wire, wsgi_sessions

EHR, APP = "http://localhost:8081", "http://127.0.0.1:8080"
ISSUERS = """
[sandbox]
name = "Sandbox EHR"
iss = "http://localhost:8081/fhir"
client_id = "loadpath"
frame_ancestors = ["http://localhost:8081"]
chart_link = "http://localhost:8081/chart/{patient}"
[sandbox.roles]
signers = ["Practitioner/okafor"]
drafters = ["Practitioner/lindqvist"]
coordinators = ["Practitioner/brandt"]
"""


# The same EHR, which may call the CDS services.
HOOKED = ISSUERS.replace(
    "[sandbox.roles]",
    'cds_hooks = { iss = "http://localhost:8081", jku = "http://localhost:8081/hooks/jwks" }\n[sandbox.roles]',
)


@dataclass
class Form:
    action: str
    fields: dict[str, Any] = field(default_factory=dict)  # a list where several controls have one name
    id: str = ""
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # name, value, words
    choices: dict[str, list[str]] = field(default_factory=dict)


_TAG = re.compile(r"<(?P<end>/?)(?P<name>form|input|select|option|textarea|button)\b(?P<rest>[^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")


def forms_in(page: str) -> list[Form]:
    """The forms of a page, with what a browser would send of somebody who ticks every box: each point left open.

    A box may stand before its form and name it. Only the forms' own tags are looked at: pages are long.
    """
    forms: list[Form] = []
    inside: Form | None = None
    select = textarea = ""
    begun = 0  # where the words of the open textarea or button begin
    button: tuple[str, str] | None = None
    ticked: dict[str, list[tuple[str, str]]] = {}  # by the id of the form they name
    for tag in _TAG.finditer(page):
        name, ends = tag["name"], bool(tag["end"])
        values = {key: unescape(double or single) for key, double, single in _ATTRIBUTE.findall(tag["rest"])}
        if name == "form":
            inside = None if ends else Form(values.get("action", ""), id=values.get("id", ""))
            forms += [inside] if inside else []
        elif name == "input" and values.get("type") == "checkbox" and "form" in values:
            ticked.setdefault(values["form"], []).append((values["name"], values.get("value", "on")))
        elif inside is None:
            continue
        elif name == "input" and "name" in values and (values.get("type") != "radio" or "checked" in values):
            inside.fields[values["name"]] = values.get("value", "")
        elif name == "select":
            select = "" if ends else values["name"]
        elif name == "option" and select and not ends:
            inside.choices.setdefault(select, []).append(values.get("value", ""))
            inside.fields.setdefault(select, values.get("value", ""))
        elif name == "textarea" and not ends:
            textarea, begun = values["name"], tag.end()
        elif name == "textarea":
            inside.fields[textarea] = unescape(page[begun : tag.start()])
        elif name == "button" and not ends:
            button, begun = (
                None if "disabled" in values else (values.get("name", ""), values.get("value", "")),
                tag.end(),
            )
        elif name == "button" and button:
            words = unescape(re.sub(r"<[^>]+>", "", page[begun : tag.start()]))
            inside.buttons.append((*button, " ".join(words.split())))
            button = None
    for form in forms:
        for key, value in ticked.get(form.id, ()):
            form.fields.setdefault(key, []).append(value)
    return forms


@dataclass
class Page:
    url: str
    response: TestResponse

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def words(self) -> str:
        """What a person reads: without tags, one blank between words."""
        text = re.sub(r"<(script|style|svg|select)\b.*?</\1>|<[^>]+>", " ", self.text, flags=re.DOTALL)
        return " ".join(text.replace("&#39;", "'").replace("&amp;", "&").split())

    @property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""

    @property
    def offers_plan(self) -> bool:
        """A plan to sign, and all that was asked for was read."""
        unread = re.search(r"could not be read", self.words, re.IGNORECASE)
        return self.heading.startswith("Day ") and 'id="sign-form"' in self.text and not unread

    @property
    def launch_id(self) -> str:
        return urlsplit(self.url).path.split("/")[2]

    def form(self, action: str, **with_fields: str) -> Form:
        """The one form that leads to ``action`` and holds these fields."""
        fits = [
            form for form in forms_in(self.text)
            if form.action.endswith(action) and all(form.fields.get(k) == v for k, v in with_fields.items())
        ]  # fmt: skip
        assert fits, f"no form to {action} with {with_fields} on {self.url}: {self.words[:400]}"
        return fits[0]


class Browser:
    """One browser: cookies per host, redirects across hosts."""

    def __init__(self, apps: Mapping[str, Flask]):
        self.clients: dict[str, FlaskClient] = {host: app.test_client() for host, app in apps.items()}
        self.visited: list[str] = []

    def get(self, url: str, **options: Any) -> Page:
        return self._follow("GET", url, None, **options)

    def post(self, url: str, fields: Mapping[str, Any], **options: Any) -> Page:
        return self._follow("POST", url, fields, **options)

    def press(self, page: Page, form: Form, button: str = "", **changes: Any) -> Page:
        """Send a form of a page, by the button that says so (the only one if not named)."""
        named = [b for b in form.buttons if not button or button in b[2]]
        assert named, f"no button “{button}”, only {form.buttons}"
        name, value, _ = named[0]
        fields = {**form.fields, **changes, **({name: value} if name else {})}
        parts = urlsplit(page.url)
        target = form.action if "://" in form.action else f"{parts.scheme}://{parts.netloc}{form.action}"
        return self.post(target, fields, headers={"Sec-Fetch-Site": "same-origin", "Origin": "null"})

    def _follow(self, method: str, url: str, fields: Mapping[str, Any] | None, **options: Any) -> Page:
        for _ in range(12):
            parts = urlsplit(url)
            host = f"{parts.scheme}://{parts.netloc}"
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            self.visited.append(url)
            response = self.clients[host].open(path, base_url=host, method=method, data=fields, **options)
            if response.status_code not in (301, 302, 303, 307):
                return Page(url, response)
            place = response.headers["Location"]
            url, method, fields, options = (place if "://" in place else host + place), "GET", None, {}
        raise AssertionError("too many redirects")


@dataclass
class Harness:
    ehr: Flask
    app: Flask
    wire: Wire
    clock: Clock

    @property
    def box(self) -> Any:
        return self.ehr.extensions["sandbox"]

    def browser(self) -> Browser:
        return Browser({EHR: self.ehr, APP: self.app})

    def launch_url(self, patient: str, user: str = "okafor") -> str:
        return f"{APP}/launch?" + urlencode({"iss": f"{EHR}/fhir", "launch": self.box.new_launch(patient, user)})

    def open(self, browser: Browser, patient: str, user: str = "okafor", answer: str = "Allow") -> Page:
        """Launch, consent, and wait for the chart."""
        page = browser.get(self.launch_url(patient, user))
        if "/auth/" in page.url:
            page = browser.press(page, page.form("/auth/decision"), answer)
        return self.settled(browser, page)

    def settled(self, browser: Browser, page: Page) -> Page:
        for _ in range(50):
            if page.heading != "Reading the chart":
                return page
            page = browser.get(page.url)
        raise AssertionError("the chart never arrived")

    def in_chart(self, kind: str, patient: str) -> list[dict[str, Any]]:
        """What the EHR holds, looked at from behind."""
        return [stored.resource for stored in self.box.store.every(kind) if _about(stored.resource, patient)]

    def writes(self) -> list[str]:
        """Requests by which the app changed the chart."""
        return [s.path for s in self.wire.seen if s.method in ("POST", "PUT") and s.path.startswith("/fhir")]


def _about(resource: Mapping[str, Any], patient: str) -> bool:
    return any(
        isinstance(resource.get(name), dict) and resource[name].get("reference", "").endswith(f"Patient/{patient}")
        for name in ("subject", "patient", "for")
    )


def make_harness(
    folder: Path,
    today: date = date(2026, 3, 1),
    issuers: str = ISSUERS,
    change: Callable[[Wire], None] = lambda wire: None,
    settings: Mapping[str, Any] = MappingProxyType({}),
    **sandbox: Any,
) -> Harness:
    """The sandbox and the app on one clock. ``folder`` holds database and issuers file; ``settings`` go to the app."""
    clock = Clock(datetime(today.year, today.month, today.day, 12, tzinfo=UTC).timestamp())
    ehr = sandbox_ehr(today=today, clock=clock, **sandbox)
    wire = wsgi_sessions({EHR: ehr})
    change(wire)
    (folder / "issuers.toml").write_text(issuers, encoding="utf-8")
    chosen = Settings(
        secret="a secret long enough for the tests", dev_loopback=True, issuers_file=folder / "issuers.toml",
        database=empty_database(folder / "loadpath.db"), keys=folder / "keys", **settings,
    )  # fmt: skip
    app = create_app(
        chosen, clock=clock, session_factory=wire, executor=ThreadPoolExecutor(4), env={}, background=False
    )
    hold_to_models(app, calls=True)
    return Harness(ehr, app, wire, clock)
