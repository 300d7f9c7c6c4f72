"""View values -> HTML: the names every template may use, the addresses of one launch; and exceptions -> error pages.

Autoescape does the rest: nothing from a chart is ever marked safe. An error page says what happened, what to do next
and a reference; never a token, never a value from a chart. Texts of :class:`LoadpathError` are written for the person
who meets them. Of any other exception only its type and the lines of code it passed are logged: its words could hold
what it was working on.
"""

import hashlib
import logging
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, NotFound

from smartapp.errors import LoadpathError, SessionEnded
from smartapp.web import words
from smartapp.web.audit import note_refusal
from smartapp.web.catalog import Lazy, install_catalog
from smartapp.web.limit_answers import AMOUNTS, BASES
from smartapp.web.wiring import wiring

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Evidence:
    """One statement as it is shown beside a conclusion."""

    id: str
    text: str
    origin: str
    review: str


def install_pages(app: Flask, evidence: Callable[[Iterable[str]], tuple[Evidence, ...]], language: str) -> None:
    """Names for templates, and the error pages.

    Static addresses carry a hash of the file, so they may be cached for ever.
    """
    install_catalog(app, language)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    versions = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in STATIC.iterdir()}

    def static(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals.update(
        static=static,
        phases=words.PHASES,
        severities=words.SEVERITIES,
        amounts=AMOUNTS,
        bases=BASES,
        urgencies=words.URGENCIES,
        attestation_words=words.ATTESTATIONS,
        evidence=evidence,
    )
    app.register_error_handler(LoadpathError, _show_known)
    app.register_error_handler(HTTPException, _show_http)
    app.register_error_handler(Exception, _show_unknown)


def render_launch_page(template: str, launch_id: str, **values: object) -> str:
    """A page inside one launch: its forms and source links lead back into the same launch."""

    def action_url(action: str) -> str:
        return url_for(f"{ACTIONS[action]}.{action}", launch_id=launch_id)

    def source_url(reference: str) -> str:
        kind, _, id_ = reference.partition("/")
        return url_for("source.source", launch_id=launch_id, kind=kind, id_=id_)

    return render_template(template, action_url=action_url, source_url=source_url, **values)


ACTIONS: Mapping[str, str] = {
    "attest": "statements",
    "result": "statements",
    "decide": "review",
    "found": "review",
    "undo": "review",
    "refresh": "review",
    "sign": "sign",
    "end": "sign",
    "draft": "sign",
    "choose": "choices",
    "leave": "launch",
}


# -- errors

log = logging.getLogger("smartapp.web")
_PURPOSE = "words of a failed callback"


@dataclass(frozen=True)
class ErrorWords:
    title: str
    happened: str
    next_step: str


HTTP: Mapping[int, ErrorWords] = MappingProxyType(
    {
        400: ErrorWords(
            Lazy("This request cannot be read"),
            Lazy("Something in it is missing or malformed."),
            LoadpathError.next_step,
        ),
        403: ErrorWords(
            Lazy("This request was refused"),
            Lazy("It did not come from a page of Loadpath, or that page is too old."),
            Lazy("Go back, load the page again, and repeat what you did."),
        ),
        404: ErrorWords(
            Lazy("There is no such page"), Lazy("The address is not one of Loadpath's."), LoadpathError.next_step
        ),
        405: ErrorWords(
            Lazy("This address answers another kind of request"),
            Lazy("It was opened in a way it does not support."),
            LoadpathError.next_step,
        ),
        413: ErrorWords(
            Lazy("This is too much at once"),
            Lazy("What was sent is larger than any form here."),
            Lazy("Shorten it and try again."),
        ),
    }
)
BROKEN = ErrorWords(Lazy("Something went wrong"), Lazy("Loadpath met a fault of its own."), LoadpathError.next_step)
LOOK_FIRST = Lazy("What you sent may have been kept, or not: look at the page again before you repeat it.")
UNDER_WAY = ErrorWords(
    Lazy("Not known whether the plan reached the chart"),
    Lazy("Loadpath met a fault of its own while a signed plan was on its way. It is not known whether it "
"arrived. Your signature is kept."),
    Lazy("Do not sign again. Loadpath looks for the plan in the chart by itself, and this page goes on "
"to the receipt, which says what was found."),
)  # fmt: skip
LOOKS_AGAIN = 10  # seconds after which such a page looks for the receipt again (ours)


def _show_known(error: LoadpathError) -> ResponseReturnValue:
    log.info("refused", extra={"event": type(error).__name__, "status": error.status, "reference": _reference()})
    note_refusal(error, request.blueprint == "launch")
    happened = " ".join(filter(None, (str(error), g.get("known", ""))))
    return _page(ErrorWords(error.title, happened, error.next_step), error.status, isinstance(error, SessionEnded))


def _show_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    note_refusal(error, request.blueprint == "launch")
    fallback = HTTP[400] if 400 <= status < 500 else BROKEN
    return _page(HTTP.get(status, fallback), status)


def _show_unknown(error: Exception) -> ResponseReturnValue:
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault %s %s\n%s", type(error).__name__, _reference(), places)
    if plan_id := g.get("under_way") or (request.view_args or {}).get("plan_id"):
        launch_id = (request.view_args or {})["launch_id"]
        receipt = url_for("receipts.receipt", launch_id=launch_id, plan_id=plan_id)
        page = render_template(
            "error.html", words=UNDER_WAY, reference=_reference(), back="", again=receipt, refresh=LOOKS_AGAIN
        )
        return page, 500
    return _page(replace(BROKEN, happened=" ".join(map(str, filter(None, (BROKEN.happened, _certain_so_far()))))), 500)


def _certain_so_far() -> str:
    """What is certain about this request after a fault; only a form can have changed anything."""
    if known := g.get("known"):
        return str(known)
    return LOOK_FIRST if request.method == "POST" and request.blueprint != "launch" else ""


def _page(words: ErrorWords, status: int, ended: bool = False) -> ResponseReturnValue:
    if request.endpoint == "launch.callback" and (request.query_string or request.method == "POST"):
        return _clean_address(words, status)
    back = ""
    launch_id = (request.view_args or {}).get("launch_id")
    if launch_id and not ended and status != 404 and request.endpoint != "review.review":
        back = url_for("review.review", launch_id=launch_id)
    again = request.url if request.method == "GET" and status in (502, 503) and launch_id else ""
    if again and request.endpoint == "review.review":  # the reading that failed stays failed: read again
        again = url_for("review.review", launch_id=launch_id, again=1)
    return render_template("error.html", words=words, reference=_reference(), back=back, again=again), status


def _clean_address(words: ErrorWords, status: int) -> ResponseReturnValue:
    """Off the callback's address, which holds code and state: they must stay neither in history nor in view (C8)."""
    told = {
        "title": words.title, "happened": words.happened, "next": words.next_step, "status": str(status),
        "reference": _reference(), "ancestors": " ".join(g.get("frame_ancestors", ())),
    }  # fmt: skip
    return redirect(url_for("launch.stopped", said=wiring().store.seal_text(_PURPOSE, told)), 303)


def show_refusal(said: str) -> ResponseReturnValue:
    """The page a failed callback leads to. Raises NotFound for words that are not ours."""
    try:
        told = wiring().store.open_text(_PURPOSE, said)
    except LoadpathError:
        raise NotFound from None
    if told["ancestors"]:
        g.frame_ancestors = tuple(told["ancestors"].split())
    words = ErrorWords(told["title"], told["happened"], told["next"])
    page = render_template("error.html", words=words, reference=told["reference"], back="", again="")
    return page, int(told["status"])


def _reference() -> str:
    return str(g.get("reference", ""))
