"""For the operator: is the process alive, and can it serve (store, knowledge, issuers)?"""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from smartapp.web.wiring import wiring

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 with one line per part, 503 if one of them is not ready. Says no more than which part it is.

    ``backgroundAge``: seconds since this process last went through what it does without being asked (delivery of signed
    plans, clearing up); null before the first time. It decides nothing here: pages can be served without it.
    """
    parts = {name: _answers(check) for name, check in wiring().checks.items()}
    ready = all(parts.values())
    age = current_app.extensions["loadpath-rounds"].age
    return jsonify(
        ready=ready, backgroundAge=age, **{name: "ok" if good else "failed" for name, good in parts.items()}
    ), (200 if ready else 503)


def _answers(check: object) -> bool:
    try:
        check()  # type: ignore[operator]
    except Exception:
        return False
    return True
