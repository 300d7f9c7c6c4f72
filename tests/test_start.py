"""What starting imports: nothing slow before it is used, and nothing missing unnoticed."""

import subprocess
import sys

import pytest

from smartapp import application
from smartapp.errors import SettingsError
from tests.bench.installation import ROOT, settings

SLOW = {"authlib", "fhir", "joserfc.jwt", "joserfc.jwk", "pydantic", "requests", "typst", "urllib3"}
READY = """
import sys
from smartapp import create_app
create_app(background=False)
print(*sys.modules)
"""
DERIVED = """
import contextlib, io, sys
from smartapp.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["derive", "launch/sandbox/patients/01-initial.json", "--as-of", "2026-03-01", "--json"]) == 0
print(*sys.modules)
"""


def imported(program: str, **environment: str) -> set[str]:
    said = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return set(said.stdout.split())


def test_an_app_is_ready_before_anything_is_imported_that_only_a_launch_needs(tmp_path):
    found = imported(READY, **settings(tmp_path, "http://127.0.0.1:8080", "http://localhost:9/fhir"))
    assert "flask" in found
    assert not found & SLOW


def test_a_derivation_needs_neither_web_nor_store_nor_models():
    found = imported(DERIVED)
    assert "smartapp" in found
    assert not found & {*SLOW, "flask", "sqlalchemy", "cryptography", "joserfc"}


def test_a_package_that_is_missing_is_named_at_start(monkeypatch):
    monkeypatch.setattr(application, "LATE", ("requests", "no_such_package", "neither_this"))
    with pytest.raises(SettingsError, match="Not installed: no_such_package, neither_this"):
        application.check_installed()


def test_what_is_warmed_is_there():
    for name in application.WARMED:
        __import__(name)
