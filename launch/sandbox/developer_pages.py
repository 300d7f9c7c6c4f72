"""For people who connect apps: every request and answer, the launches, the token answer, each record as JSON.

No secret is on any of these pages: each is cleared as a whole before it leaves (masking.py).
"""

from __future__ import annotations

import json
import shlex
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from .chart_pages import frame
from .faults import FAULTS
from .masking import MASK
from .people import USERS
from .resource_types import RESOURCE_TYPES
from .state import sandbox
from .wire import NAMES, Exchange, Opened

developer = Blueprint("developer", __name__, url_prefix="/developer")
FILTERS = ("launch", "kind", "method", "status", "text")
STATUSES = {"ok": "Succeeded", "failed": "Failed (400 and up)"}
# what the connection sets, or this machine's tool sets by itself
NOT_IN_CURL = {"host", "connection", "content-length", "accept-encoding", "user-agent", "cookie", "x-request-id"}
WORDS = {"access_token": "TOKEN"}


@developer.get("")
def requests_() -> str:
    """The list, filtered; of one launch also its parameters and its token answer."""
    wire, asked = sandbox().wire, {name: request.args.get(name, "") for name in FILTERS}
    opened = wire.launch(int(asked["launch"])) if asked["launch"].isdecimal() else None
    found = [exchange for exchange in wire.entries if _matches(exchange, asked)]
    return _page(
        "developer.html",
        exchanges=found,
        asked=asked,
        launches=wire.launches,
        opened=opened,
        launch_facts=_launch_facts(opened),
        answer=_token_answer(wire.entries, opened),
        kinds=NAMES,
        statuses=STATUSES,
        exports=sandbox().exports,
        methods=sorted({exchange.method for exchange in wire.entries}),
    )


@developer.get("/<int:number>")
def exchange(number: int) -> str:
    """One request with its answer."""
    entries = sandbox().wire.entries
    found = next((entry for entry in entries if entry.number == number), None)
    if found is None:
        abort(404)
    numbers = {entry.number for entry in entries}
    beside = {name: n if n in numbers else None for name, n in (("earlier", number - 1), ("later", number + 1))}
    fault = FAULTS[found.fault] if found.fault else None
    return _page("exchange.html", one=found, curl=_curl(found), carried=fault, **beside)


@developer.get("/resource/<type_>/<id_>")
def resource(type_: str, id_: str) -> str:
    """One record as the EHR keeps it, as JSON."""
    found = sandbox().fhir.raw_read(type_, id_) if type_ in RESOURCE_TYPES else None
    if found is None:
        abort(404)
    text = json.dumps(found, indent=2, ensure_ascii=False)
    return _page("resource.html", reference=f"{type_}/{id_}", text=text)


@developer.post("/clear")
def clear() -> BaseResponse:
    """Forget the requests; launches and tokens stay as they are."""
    sandbox().wire.clear()
    return redirect(url_for("developer.requests_", **_kept_arguments()), code=303)


def _page(template: str, **values: Any) -> str:
    box = sandbox()
    patient = box.chart.line(request.args.get("patient", ""))
    kept = _kept_arguments()
    page = render_template(
        template, patient=patient, kept=kept, drawer="drawer" in kept, tab="developer", when=_when, people=USERS,
        pretty=_pretty, **{**frame(), **values},
    )  # fmt: skip
    return box.wire.secrets.cleared(page, box.ledger.issued())


def _kept_arguments() -> dict[str, str]:
    """What goes along from page to page: the patient come from, and that it is shown in the drawer."""
    return {name: request.values[name] for name in ("patient", "drawer") if request.values.get(name)}


def _when(at: float) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%H:%M:%S")


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _matches(exchange: Exchange, asked: dict[str, str]) -> bool:
    return (
        asked["launch"] in {"", str(exchange.launch)}
        and asked["kind"] in {"", exchange.kind}
        and asked["method"] in {"", exchange.method}
        and asked["status"] in {"", "failed" if exchange.failed else "ok"}
        and asked["text"].lower() in exchange.path.lower()
    )


def _launch_facts(opened: Opened | None) -> dict[str, str]:
    """The launch parameters in the order of the way: what the app is opened with, then what the launch stands for."""
    if opened is None:
        return {}
    config = sandbox().config
    context = {key: value for key, value in opened.context.items() if value is not None and key != "fault"}
    return {
        "Launch URL": config.app_launch_url,
        "iss": config.fhir_base,
        "launch": "[launch] opaque, for this opening only",
        "user": USERS[opened.user].name,
        "patient": opened.patient or "chosen at sign-in or none",
        **{key: value if isinstance(value, str) else json.dumps(value) for key, value in context.items()},
    }


def _token_answer(entries: list[Exchange], opened: Opened | None) -> Exchange | None:
    """The newest token answer of a launch."""
    return next(
        (e for e in entries if opened and e.launch == opened.number and e.path == "/auth/token" and not e.failed), None
    )


def _curl(one: Exchange) -> str:
    """The request for a terminal; a secret is a variable there ($TOKEN)."""
    words = ["curl", "-i"] + (["-X", one.method] if one.method not in {"GET", "POST"} else [])
    headers = [f"{name}: {value}" for name, value in one.asked if name.lower() not in NOT_IN_CURL]
    for header in headers:
        words += ["-H", _quoted(header)]
    form = next((v for n, v in one.asked if n.lower() == "content-type" and "form" in v), None)
    if form and one.sent.content:
        for line in one.sent.text.splitlines():
            words += ["--data-urlencode", _quoted(line)]
    elif one.sent.content:
        text = "@body.json" if one.sent.cut else one.sent.content.decode("utf-8", "replace")
        words += ["--data-binary", _quoted(text)]
    elif one.method == "POST":
        words += ["--data", "''"]
    place = one.path if one.kind == "hooks" else f"{sandbox().config.public_url}{one.path}"
    return " ".join([*words, _quoted(place)])


def _quoted(text: str) -> str:
    if not MASK.search(text):
        return shlex.quote(text)
    escaped = "".join(f"\\{letter}" if letter in '\\"$`' else letter for letter in text)
    return '"' + MASK.sub(lambda found: f"${WORDS.get(found[1], found[1].upper().replace('-', '_'))}", escaped) + '"'
