"""The EHR a clinician sees: patient list, chart, and the app opened inside the chart or in a tab of its own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from .chart_view import PatientLine
from .faults import FAULTS, Place, in_groups
from .hooks import allowed_link
from .people import DEFAULT_USER, USERS, User
from .state import sandbox

chart = Blueprint("chart", __name__)
USER_COOKIE = "sandbox_user"
FAULT_COOKIE = "sandbox_fault"


@chart.get("/")
def patients() -> str:
    box = sandbox()
    referrals = f"{box.config.app_launch_url}/referrals"
    return render_template("patients.html", patients=box.chart.patient_list(), referrals=referrals, **frame())


@chart.get("/chart/<id_>")
def summary(id_: str) -> str:
    box = sandbox()
    line = _line(id_)
    return render_template(
        "chart.html",
        patient=line,
        record=box.chart.record(id_),
        version=box.fhir.fingerprint(id_),
        tab="summary",
        **frame(),
    )


@chart.get("/chart/<id_>/app")
def embedded(id_: str) -> Response:
    """The chart with the app in a frame; the patient header stays ours, so the app need not repeat it."""
    line = _line(id_)
    address, number = _launch_address(id_, need_patient_banner=False)
    version = sandbox().fhir.fingerprint(id_)
    page = render_template(
        "app.html", patient=line, address=address, version=version, number=number, tab="app", **frame()
    )
    return _fired(make_response(page))


@chart.get("/chart/<id_>/tab")
def own_tab(id_: str) -> BaseResponse:
    """Straight to the app, outside any frame: it must show the patient itself."""
    _line(id_)
    return _fired(redirect(_launch_address(id_, need_patient_banner=True)[0], code=303))


@chart.get("/chart/<id_>/version")
def version(id_: str) -> Response:
    """Has anything been filed since? Asked by the open chart page."""
    return jsonify(version=sandbox().fhir.fingerprint(id_))


@chart.post("/user")
def choose_user() -> BaseResponse:
    """Sit down as someone else. Returns to a page of ours, never elsewhere."""
    user = request.form.get("user", "")
    if user not in USERS:
        abort(400)
    patient = request.form.get("patient", "")
    response = redirect(url_for("chart.summary", id_=patient) if patient else url_for("chart.patients"), code=303)
    response.set_cookie(USER_COOKIE, user, samesite="Lax", httponly=True)
    return response


@chart.get("/faults")
def faults() -> str:
    """For integrators: what is to go wrong in the next launch from this browser."""
    patient = sandbox().chart.line(request.args.get("patient", ""))
    return render_template("faults.html", groups=in_groups(), patient=patient, tab="faults", **frame())


@chart.post("/faults")
def choose_fault() -> BaseResponse:
    """One fault for the next launch, or none. One of no launch holds for everybody until it is taken back."""
    name = request.form.get("fault", "")
    if name and name not in FAULTS:
        abort(400)
    fault = FAULTS.get(name)
    switches = sandbox().faults
    switches.discovery = name if fault and fault.place is Place.DISCOVERY else None
    switches.export = name if fault and fault.place is Place.EXPORT else None
    patient = request.form.get("patient", "")
    response = redirect(url_for("chart.summary", id_=patient) if patient else url_for("chart.patients"), code=303)
    if fault and fault.per_launch:
        response.set_cookie(FAULT_COOKIE, name, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(FAULT_COOKIE)
    return response


@chart.app_errorhandler(404)
def missing(_: Exception) -> Response:
    page = render_template(
        "stop.html", headline="This page is not here.", detail="Open the patient list and start there."
    )
    return make_response(page, 404)


def current_user() -> User:
    return USERS.get(request.cookies.get(USER_COOKIE, ""), DEFAULT_USER)


def frame() -> dict[str, object]:
    """What every page with a bar needs: the people, who sits here, the fault that waits."""
    return {"users": list(USERS.values()), "user": current_user(), "fault": FAULTS.get(_chosen_fault() or "")}


def _chosen_fault() -> str | None:
    """The fault this browser has chosen for its next launch, or the one in force that is of no launch."""
    name = request.cookies.get(FAULT_COOKIE, "")
    if name in FAULTS and FAULTS[name].per_launch:
        return name
    return sandbox().faults.discovery or sandbox().faults.export


def _fired(response: Any) -> Any:
    """A chosen fault counts for one launch."""
    if FAULT_COOKIE in request.cookies:
        response.delete_cookie(FAULT_COOKIE)
    return response


def _line(id_: str) -> PatientLine:
    line = sandbox().chart.line(id_)
    if line is None:
        abort(404)
    return line


def _launch_address(patient: str, *, need_patient_banner: bool) -> tuple[str, int]:
    """Where the app is opened, and the number the developer's pages know this launch by.

    By the link of a card (``card``, ``link`` in the address) it is opened where that link says, with its appContext.
    """
    link = _link_of_card(patient)
    box = sandbox()
    fault = _chosen_fault()
    token = box.new_launch(
        patient,
        current_user().id,
        need_patient_banner=need_patient_banner,
        encounter=box.chart.latest_encounter(patient),
        fault=fault if fault and FAULTS[fault].per_launch else None,
        appContext=link.get("appContext"),
    )
    opened = box.ledger.launch(token, "")
    place = allowed_link(link.get("url"), (box.config.app_origin,)) or box.config.app_launch_url
    joiner = "&" if "?" in place else "?"
    address = f"{place}{joiner}{urlencode({'iss': box.config.fhir_base, 'launch': token})}"
    return address, opened.context["launch_number"] if opened else 0


def _link_of_card(patient: str) -> dict[str, Any]:
    """The link of a card by which this page was asked for; empty where it was not by one."""
    shown = sandbox().hooks.cards.get(request.args.get("card", ""))
    links = shown.card.get("links") if shown and shown.patient == patient else None
    number = request.args.get("link", "")
    if not isinstance(links, list) or not number.isdecimal() or int(number) >= len(links):
        return {}
    found: dict[str, Any] = links[int(number)]
    return found if found.get("type") == "smart" else {}
