"""A fresh clone sets itself up once, says so, and is quick the second time; an old Python is told in a sentence."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality.tree import tracked


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The working tree as somebody else would get it: tracked and new files, nothing that is ignored."""
    folder = tmp_path_factory.mktemp("clone")
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


def run(clone: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # As from a shell: a make above this one would have its own name and options in what is said.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    variables = {**inherited, **environment}
    return subprocess.run(command, cwd=clone, env=variables, capture_output=True, text=True, timeout=300, check=False)


def test_an_old_python_gets_a_sentence(clone, tmp_path):
    """Where no newer one is found beside it: the PATH is empty."""
    script = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['environment.py', 'app']; import runpy; {}"
    script = script.format("runpy.run_path('deploy/environment.py', run_name='__main__')")
    said = run(clone, sys.executable, "-c", script, PATH=str(tmp_path))
    assert said.returncode == 1
    assert "Loadpath needs Python 3.11 or newer, and this is 3.9" in said.stderr
    assert "Traceback" not in said.stderr


def test_no_python_at_all_gets_a_sentence(clone):
    said = run(clone, "make", "demo", "PYTHON=there-is-no-such-python")
    assert said.returncode != 0
    assert 'there is no "there-is-no-such-python" here' in said.stdout


@pytest.mark.slow
def test_the_first_call_installs_with_progress_and_the_second_returns_at_once(clone):
    first = run(clone, "make", "app-environment")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "creating .venv" in first.stdout
    assert "flask" in first.stdout
    answer = run(clone, ".venv/bin/smartapp", "--help")
    assert answer.returncode == 0, answer.stderr

    start = time.monotonic()
    second = run(clone, "make", "app-environment")
    assert second.returncode == 0
    assert time.monotonic() - start < 3
    assert second.stdout == ""


@pytest.mark.slow
def test_the_installed_package_carries_its_data_and_needs_no_repository(clone, tmp_path):
    """What the container image does: a plain installation, used from elsewhere."""
    assert run(clone, sys.executable, "-m", "venv", str(tmp_path / "venv")).returncode == 0
    python = str(tmp_path / "venv" / "bin" / "python")
    for what in (["setuptools"], ["--no-build-isolation", str(clone)]):
        pip = run(clone, python, "-m", "pip", "install", "-q", "--constraint", "constraints.txt", *what)
        assert pip.returncode == 0, pip.stdout + pip.stderr
    bundle = tmp_path / "patient.json"
    bundle.write_text(
        '{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Patient"}}]}'
    )
    answer = run(tmp_path, str(tmp_path / "venv" / "bin" / "smartapp"), "derive", str(bundle), "--json")
    assert answer.returncode == 0, answer.stderr
    assert '"disposition": "not-applicable"' in answer.stdout
