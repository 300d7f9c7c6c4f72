"""One process with the core as mutmut wrote it -> the same process under one mutant, with nothing kept from before."""

import functools
import importlib
import sys
from types import ModuleType

from mutmut.mutation.trampoline import set_mutant_under_test

PARSED = ("smartapp.knowledge", "load")  # run while collecting, and so again under a mutant of what it calls


def function(mutant: str) -> str:
    return mutant.partition("__mutmut_")[0]


def _ours() -> list[ModuleType]:
    return [module for name, module in sys.modules.items() if name.startswith(("smartapp.", "tests."))]


def replaced(old: object, new: object) -> None:
    """``new`` under every name by which one of our modules knows ``old``; mutmut's own names begin with ``x_``."""
    for module in _ours():
        for name, value in list(vars(module).items()):
            if value is old and not name.startswith("x_"):
                setattr(module, name, new)


def without_switches() -> None:
    """Functions called by name are the originals: mutmut's switch in each call would take half of the time.

    Those kept in tables, and methods, keep their switch.
    """
    for module in _ours():
        for name, value in list(vars(module).items()):
            if getattr(getattr(value, "__code__", None), "co_name", "") == "_trampoline_wrapper":
                setattr(module, name, getattr(sys.modules[value.__module__], f"x_{value.__name__}__mutmut_orig"))


def switched_to(mutant: str) -> None:
    set_mutant_under_test(mutant)
    home, _, name = mutant.rpartition(".")
    if name.startswith("x_"):
        module = sys.modules[home]
        replaced(getattr(module, f"{function(name)}__mutmut_orig"), getattr(module, name))


def forget() -> None:
    """Empties every ``functools.cache`` of the package and its tests, the parsed knowledge apart."""
    for module in _ours():
        for value in list(vars(module).values()):
            if isinstance(value, functools._lru_cache_wrapper) and value.__module__ != PARSED[0]:
                value.cache_clear()


def made_again() -> None:
    """The knowledge, parsed under the mutant, in place of the one parsed while collecting."""
    load = getattr(importlib.import_module(PARSED[0]), PARSED[1])
    before = load()
    load.cache_clear()
    after = load()
    replaced(before, after)
    replaced(before.library, after.library)
