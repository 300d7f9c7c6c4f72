"""constraints.txt pins everything that is installed, once, without an address."""

import re

import pytest

from tests.conftest import ROOT
from tests.quality.documents import python_file

PIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+]*")


@pytest.fixture(scope="module")
def environment():
    return python_file("deploy/environment.py")


@pytest.fixture(scope="module")
def pins():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_each_line_is_one_exact_version_and_nothing_else(pins):
    assert pins
    assert not [line for line in pins if not PIN.fullmatch(line)]


def test_each_package_is_pinned_once_and_in_order(pins):
    names = [line.partition("==")[0] for line in pins]
    assert names == sorted(set(names))


def test_everything_our_requirements_reach_is_pinned_at_the_version_tested(environment, pins):
    reached = environment.reached(environment.requirements("dev"))
    pinned = dict(line.split("==") for line in pins)
    assert {name: pinned.get(name) for name in reached} == reached
    # The other way round too: a package that nothing asks for any more leaves the file.
    assert pinned.keys() == reached.keys()
