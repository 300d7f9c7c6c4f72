"""Every error sends the reader to whoever can change it, and to nobody else."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import smartapp
from smartapp.errors import NEXT, LoadpathError, Who

SOURCES = [*Path(smartapp.__file__).parent.rglob("*.py"), *Path(smartapp.__file__).parent.rglob("*.html")]
NAMED = {Who.EHR: "the EHR's administrator", Who.SITE: "Loadpath's administrator", Who.TIME: "Wait a moment"}


def errors() -> Iterator[type[LoadpathError]]:
    for module in pkgutil.walk_packages(smartapp.__path__, "smartapp."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [LoadpathError]
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error.__module__.startswith("smartapp."):
            yield error


@pytest.mark.parametrize("error", sorted(set(errors()), key=lambda error: error.__name__), ids=lambda e: e.__name__)
def test_the_next_step_is_for_the_one_who_can_take_it(error: type[LoadpathError]) -> None:
    assert NAMED.get(error.who, "") in error.next_step
    if error.who is Who.YOU:
        assert not re.match("(Tell|Ask)", error.next_step)
    if error.who in (Who.EHR, Who.SITE):
        assert "Wait a moment" not in error.next_step


@pytest.mark.parametrize("who", Who)
def test_the_place_that_raises_may_know_better(who: Who) -> None:
    error = LoadpathError("words", who=who)
    assert (str(error), error.who, error.next_step) == ("words", who, NEXT[who])


def test_no_text_leaves_it_open_whose_administrator_is_meant() -> None:
    for source in SOURCES:
        assert not re.search(r"your (EHR )?administrator", source.read_text(encoding="utf-8")), source.name
