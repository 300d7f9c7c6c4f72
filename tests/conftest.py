"""What every test may ask for: the third-party records, a real browser; and, in CI, that nothing is skipped quietly.

With ``CI=true`` a test that skips fails instead, unless its reason is listed in :data:`MAY_SKIP_IN_CI`: a green run
there means that everything ran.
"""

import gc
import os
import pickle
import shutil
import tempfile
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import flask
import hypothesis
import jinja2
import pytest
from _pytest.nodeid import coerce_node_id
from werkzeug.routing import Rule

from smartapp.knowledge import drawing_checks, loading, texts
from smartapp.knowledge import parse as parse_knowledge
from smartapp.knowledge.reading import KnowledgeReader, Placed

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("LOADPATH_SHARED") or ROOT.parent / "shared").resolve()

# Thousands of tests make an app of their own; compiling its templates anew is a quarter of what each costs.
_COMPILED = tempfile.mkdtemp(prefix="loadpath-templates-")
flask.Flask.jinja_options = {"bytecode_cache": jinja2.FileSystemBytecodeCache(_COMPILED)}

# So are their addresses, which are the same in every app: half of what making one takes.
_make_builder = Rule._compile_builder
_builders: dict[tuple[Any, ...], Any] = {}


def _compile_builder(rule: Rule, append_unknown: bool = True) -> Any:
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if rule.defaults:  # these are part of what is made
        return _make_builder(rule, append_unknown)
    if key not in _builders:
        _builders[key] = _make_builder(rule, append_unknown)
    return _builders[key]


Rule._compile_builder = _compile_builder

# The tests change one file of the knowledge at a time, a thousand times; the others need not be parsed again.
_parsed = tomllib.loads


@cache
def _kept(text: str, parse_float: Callable[[str], Any]) -> bytes:
    return pickle.dumps(_parsed(text, parse_float=parse_float))


def _loads(text: str, /, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    return pickle.loads(_kept(text, parse_float))


tomllib.loads = _loads
_lines = KnowledgeReader.lines


@cache
def _lines_once(file: str, text: str, columns: tuple[str, ...], kind: Any) -> tuple[Any, tuple[str, ...], set[str]]:
    reader = KnowledgeReader({file: text})
    return _lines(reader, file, columns, kind), tuple(reader.mistakes), reader.unread


def _kept_lines(reader: KnowledgeReader, file: str, columns: tuple[str, ...], kind: Any) -> tuple[Placed[Any], ...]:
    if file not in reader._files:
        return _lines(reader, file, columns, kind)
    rows, mistakes, unread = _lines_once(file, reader._files[file], columns, kind)
    reader.mistakes += mistakes
    reader.unread |= unread
    return rows


KnowledgeReader.lines = _kept_lines
drawing_checks.read_poses = cache(drawing_checks.read_poses)

# Trying every phrase on its sentences takes half a second: once will do for the phrases as delivered.
_untrue_phrases = loading.untrue_phrases


@cache
def _delivered() -> tuple[Any, tuple[str, ...]]:
    rows = loading.read_rows(texts()).phrases
    return rows, tuple(_untrue_phrases(rows))


def _untrue_once(rows: Any) -> Any:
    known, wrong = _delivered()
    return wrong if rows == known else _untrue_phrases(rows)


loading.untrue_phrases = _untrue_once

# Reasons, by their beginning, for which a test may be skipped even in CI. Keep it short and say why.
MAY_SKIP_IN_CI: tuple[str, ...] = ()

# A busy machine is no reason for a property to fail. In CI, Hypothesis takes its own profile: no deadline, no chance.
hypothesis.settings.register_profile("unhurried", deadline=None)
if os.environ.get("CI") != "true":
    hypothesis.settings.load_profile("unhurried")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party FHIR records and cases; beside the repository or where LOADPATH_SHARED says."""
    if not (SHARED / "data").is_dir():
        pytest.skip("third-party records absent: set LOADPATH_SHARED to the folder that holds them")
    return SHARED


_tried: dict[tuple[tuple[str, str], ...], Any] = {}


@pytest.fixture
def phrases_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """``smartapp check`` tries every phrase on its sentences for seconds: once for each state of the files will do."""

    def parse(files: dict[str, str]) -> Any:
        key = tuple(sorted(files.items()))
        if key not in _tried:
            _tried[key] = parse_knowledge(files)
        return _tried[key]

    monkeypatch.setattr("smartapp.checks.parse", parse)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium for headless tests, for Playwright's ``executable_path``."""
    found = os.environ.get("LOADPATH_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("no browser: install Debian's chromium, or set LOADPATH_CHROMIUM to one")
    return found


def forbidden_skip(report: pytest.TestReport | pytest.CollectReport, in_ci: bool) -> str | None:
    """The reason of a skip that CI does not accept; None if there was no skip, or an accepted or expected one."""
    if not in_ci or not report.skipped or hasattr(report, "wasxfail"):
        return None
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    return None if reason.startswith(MAY_SKIP_IN_CI or ("\0",)) else reason


def _fail_if_skipped(report):
    reason = forbidden_skip(report, os.environ.get("CI") == "true")
    if reason is not None:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where everything must run: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _fail_if_skipped((yield))


def pytest_collection_modifyitems(config, items):
    """Tests of one server go to one worker, which starts it once. pytest 9.2 keeps a test's id in another place than
    pytest-xdist 3.8 writes the group to, so it is written here.
    """
    if config.getoption("loadgroup", False):  # set by pytest-xdist, in its workers only
        for item in items:
            group = item.get_closest_marker("xdist_group")
            if group and "@" not in item.nodeid:
                item._id = coerce_node_id(f"{item.nodeid}@{group.args[0]}")


def pytest_collection_finish():
    """What is there by now stays to the end; looking through it for garbage is a tenth of what most tests cost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_unconfigure():
    shutil.rmtree(_COMPILED, ignore_errors=True)
