"""In CI a test that skips fails, wherever in the run it skips; elsewhere it is only counted."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

SKIPPING = """
import pytest

def test_that_runs():
    pass

def test_that_skips_itself():
    pytest.skip("the browser is absent")

@pytest.mark.skipif(True, reason="not on this machine")
def test_that_is_marked():
    pass

@pytest.mark.xfail(reason="known and written down")
def test_that_is_known_to_fail():
    assert False
"""
MODULE_SKIPPING = "import pytest\npytest.skip('no records', allow_module_level=True)\n"


@pytest.fixture
def outcome(tmp_path):
    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (tmp_path / "test_some.py").write_text(SKIPPING)
    (tmp_path / "test_module.py").write_text(MODULE_SKIPPING)

    def run(ci: str, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", os.devnull, *options, str(tmp_path)]
        return subprocess.run(command, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False)

    return run


def test_elsewhere_skips_are_counted(outcome):
    run = outcome("")
    assert run.returncode == 0
    assert "1 passed, 3 skipped, 1 xfailed" in run.stdout


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "two-workers"])
def test_in_ci_each_of_them_fails_with_its_reason(outcome, options):
    run = outcome("true", "--continue-on-collection-errors", *options)
    assert run.returncode != 0
    assert "1 failed, 1 passed, 1 xfailed, 2 errors" in run.stdout
    for reason in ("the browser is absent", "not on this machine", "no records"):
        assert f"skipped in CI, where everything must run: {reason}" in run.stdout
