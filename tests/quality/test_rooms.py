"""The rooms of the house: who may know whom, held by the source itself."""

import subprocess
import sys

import pytest

from tests.quality.rooms import (
    MAY_IMPORT,
    MAY_KNOW,
    ROOT,
    backward_imports,
    foreign_imports,
    impure_core,
    modules,
    room,
    source,
)


def lines(breaches):
    return "\n".join(map(str, sorted(breaches)))


@pytest.mark.parametrize("package", ["smartapp", "launch"])
def test_no_room_knows_a_room_it_should_not(package):
    assert not lines(breach for module in modules(package) for breach in backward_imports(module))


def test_each_third_party_package_has_its_room():
    assert not lines(breach for module in modules("smartapp") for breach in foreign_imports(module))


def test_core_has_no_clock_no_disk_no_network_and_no_chance():
    assert not lines(breach for module in modules("smartapp/core") for breach in impure_core(module))


def test_every_module_has_a_room_of_its_own():
    homeless = [m.where for m in modules("smartapp") if "." in m.name and room(m.name, MAY_KNOW) == "smartapp"]
    assert not homeless, f"name the room of {homeless} in tests/quality/rooms.py"
    assert MAY_IMPORT.keys() <= MAY_KNOW.keys()


def test_starting_the_app_does_not_load_the_writing_models():
    """The models of fhir.resources and the typesetter are slow to import; only who needs them pays for them."""
    heavy = "{'fhir', 'pydantic', 'typst'} & {name.split('.')[0] for name in sys.modules}"
    probe = f"import sys, smartapp.application, smartapp.cli; print({heavy})"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, timeout=60, check=True, capture_output=True, text=True
    )
    assert loaded.stdout.strip() == "set()"


PLANTED = [
    (backward_imports, "smartapp.core.plan", "from smartapp.ehr import client"),
    (backward_imports, "smartapp.core.plan", "from ..web import launch"),
    (backward_imports, "smartapp.errors", "import smartapp.core.chart"),
    (backward_imports, "smartapp.store.launches", "from smartapp.ehr.launch.smart import Launch"),
    (backward_imports, "smartapp.fhir.read", "def f():\n    from smartapp.web import review"),
    (backward_imports, "smartapp.web.review", "from smartapp import create_app"),
    (backward_imports, "smartapp.cli", "import launch.sandbox"),
    (backward_imports, "launch.sandbox.app", "from smartapp.core import chart"),
    (backward_imports, "smartapp.web.review", "from tests.conftest import ROOT"),
    (backward_imports, "smartapp.fhir.build.codings", "from fhir_profiles.generate.fsh import camel"),
    (foreign_imports, "smartapp.core.plan", "import requests"),
    (foreign_imports, "smartapp.core.plan", "from fhir.resources.R4B.careplan import CarePlan"),
    (foreign_imports, "smartapp.web.review", "import requests"),
    (foreign_imports, "smartapp.fhir.read", "from flask import g"),
    (foreign_imports, "smartapp.store", "import flask"),
    (impure_core, "smartapp.core.plan", "from datetime import date\nx = date.today()"),
    (impure_core, "smartapp.core.plan", "import datetime\nx = datetime.datetime.now()"),
    (impure_core, "smartapp.core.plan", "import os"),
    (impure_core, "smartapp.core.plan", "from pathlib import Path"),
    (impure_core, "smartapp.core.plan", "import urllib.request"),
    (impure_core, "smartapp.core.plan", "x = open('file').read()"),
    (impure_core, "smartapp.core.plan", "import uuid"),
    (impure_core, "smartapp.core.plan", "exec('x = 1')"),
]


@pytest.mark.parametrize(("rule", "name", "text"), PLANTED)
def test_a_planted_breach_is_found(rule, name, text):
    assert list(rule(source(name, text)))


ALLOWED = [
    (backward_imports, "smartapp.web.review", "from smartapp.core.plan import plan"),
    (backward_imports, "smartapp", "from smartapp.web import review"),
    (backward_imports, "smartapp.core.plan", "from .chart import Chart"),
    (foreign_imports, "smartapp.ehr.client", "import requests"),
    (impure_core, "smartapp.core.plan", "def f(today):\n    return today.year"),
    (impure_core, "smartapp.core.plan", "import re, hashlib, decimal\nx = assessment.today"),
]


@pytest.mark.parametrize(("rule", "name", "text"), ALLOWED)
def test_what_the_house_allows_is_not_reported(rule, name, text):
    assert not list(rule(source(name, text)))


def test_the_app_does_not_know_the_sandbox():
    """To the app the sandbox is one more row of the issuers file; only the command that starts both names it."""
    knowing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "smartapp").rglob("*")
        if path.suffix in {".py", ".html", ".toml", ".css", ".js"}
        and "sandbox" in path.read_text(encoding="utf-8").lower()
    ]
    assert set(knowing) <= {"smartapp/arguments.py", "smartapp/demo.py"}
