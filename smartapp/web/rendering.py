"""View values -> HTML: the names every template may use, and the addresses of one launch.

Autoescape does the rest: nothing from a chart is ever marked safe.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, render_template, url_for

from smartapp.web import words

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Evidence:
    """One statement as it is shown beside a conclusion."""

    id: str
    text: str
    origin: str
    review: str


def prepare(app: Flask, evidence: Callable[[Iterable[str]], tuple[Evidence, ...]]) -> None:
    """Names for templates. Static addresses carry a hash of the file, so they may be cached for ever."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    versions = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in STATIC.iterdir()}

    def static(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals.update(
        static=static,
        phases=words.PHASES,
        severities=words.SEVERITIES,
        evidence=evidence,
    )


def page_of_launch(template: str, launch_id: str, **values: Any) -> str:
    """A page inside one launch: its forms and source links lead back into the same launch."""

    def action_url(action: str) -> str:
        return url_for(f"{ACTIONS[action]}.{action}", launch_id=launch_id)

    def source_url(reference: str) -> str:
        kind, _, id_ = reference.partition("/")
        return url_for("review.source", launch_id=launch_id, kind=kind, id_=id_)

    return render_template(template, action_url=action_url, source_url=source_url, **values)


ACTIONS: Mapping[str, str] = {
    "attest": "review",
    "decide": "review",
    "found": "review",
    "undo": "review",
    "refresh": "review",
    "sign": "sign",
    "choose": "choices",
    "leave": "launch",
}
