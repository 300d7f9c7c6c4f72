"""A notification on its way to the app that subscribed."""

from __future__ import annotations

import threading
from typing import Any

import requests

WAITS = 5  # seconds


def post(endpoint: str, notification: dict[str, Any]) -> None:
    """Without waiting: who subscribed may be slow, or away."""

    def act() -> None:
        headers = {"Content-Type": "application/fhir+json"}
        try:
            requests.post(endpoint, json=notification, headers=headers, timeout=WAITS, allow_redirects=False)
        except requests.RequestException:
            return

    threading.Thread(target=act, daemon=True).start()
