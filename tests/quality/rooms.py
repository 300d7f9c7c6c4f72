"""Reads the house rules off the source by ``ast``: which module imports what, and what the core calls."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Which of our rooms each room may know. A room is the longest matching prefix of a module's name.
_INNER = {"smartapp.errors", "smartapp.core"}
_FHIR = {*_INNER, "smartapp.settings", "smartapp.knowledge", "smartapp.document"}
_EDGE = {*_INNER, "smartapp.watch", "smartapp.settings", "smartapp.knowledge", "smartapp.fhir", "smartapp.ehr"}
MAY_KNOW: Mapping[str, set[str]] = {
    "smartapp.errors": set(),
    "smartapp.core": _INNER,
    "smartapp.settings": {"smartapp.errors", "smartapp.setting_values"},
    "smartapp.setting_values": set(),
    "smartapp.papers_command": {*_INNER, "smartapp.document", "smartapp.settings"},
    "smartapp.knowledge": _INNER,
    "smartapp.store": _INNER,
    "smartapp.arguments": _INNER,
    "smartapp.report_answers": {*_INNER, "smartapp.arguments"},
    "smartapp.program_answer": {"smartapp.core"},
    "smartapp.render": {*_INNER, "smartapp.knowledge", "smartapp.program_answer"},
    "smartapp.in_words": {*_INNER, "smartapp.render", "smartapp.program_answer"},
    "smartapp.reading": {*_INNER, "smartapp.fhir"},
    "smartapp.screen": {*_INNER, "smartapp.knowledge", "smartapp.fhir", "smartapp.render"},
    "smartapp.document": {*_INNER, "smartapp.knowledge"},  # its drawings
    "smartapp.reviewers": {*_INNER, "smartapp.knowledge", "smartapp.document"},  # of the papers the drawings
    "smartapp.archive": {*_INNER, "smartapp.fhir", "smartapp.ehr"},
    "smartapp.signed_file": {*_INNER, "smartapp.archive"},
    "smartapp.difference_answer": {*_INNER, "smartapp.knowledge"},
    "smartapp.follow": {*_EDGE, "smartapp.archive", "smartapp.program_answer", "smartapp.signed_file"},
    "smartapp.impact": {*_EDGE, "smartapp.archive", "smartapp.difference_answer", "smartapp.reviewers"},
    "smartapp.replay": {*_EDGE, "smartapp.archive", "smartapp.store"},
    "smartapp.replay_answer": {"smartapp.archive", "smartapp.difference_answer", "smartapp.replay"},
    "smartapp.audit": {*_EDGE, "smartapp.store"},
    "smartapp.upkeep": {*_EDGE, "smartapp.store"},
    "smartapp.export_command": {*_EDGE, "smartapp.store"},
    "smartapp.outbox": {*_EDGE, "smartapp.archive", "smartapp.document", "smartapp.store"},
    "smartapp.checks": {*_EDGE, "smartapp.store"},
    "smartapp.logs": set(),
    "smartapp.watch": set(),
    "smartapp.metrics": {*_EDGE, "smartapp.store"},
    "smartapp.demo": {"smartapp.errors"},
    "smartapp.fhir": _FHIR,
    "smartapp.ehr": {*_EDGE, *_FHIR, "smartapp.store"},  # of the store the types of its rows
    "smartapp.web": {
        *_EDGE,
        "smartapp.setting_values",
        "smartapp.archive",
        "smartapp.render",
        "smartapp.document",
        "smartapp.store",
    },
    # These wire everything together.
    "smartapp.application": {"smartapp"},
    "smartapp.cli": {"smartapp"},
    "smartapp.serving": {"smartapp"},
    "smartapp.__main__": {"smartapp.cli"},
    "smartapp": {"smartapp"},
    "launch": {"launch"},
}

# Who may import which package that is neither ours nor the standard library's.
MAY_IMPORT: Mapping[str, set[str]] = {
    "smartapp.errors": set(),
    "smartapp.core": set(),
    "smartapp.settings": set(),
    "smartapp.setting_values": set(),
    "smartapp.papers_command": set(),
    "smartapp.knowledge": {"msgspec"},
    "smartapp.store": {"sqlalchemy", "cryptography", "alembic"},
    "smartapp.arguments": set(),
    "smartapp.report_answers": set(),
    "smartapp.program_answer": set(),
    "smartapp.render": set(),
    "smartapp.in_words": set(),
    "smartapp.reading": set(),
    "smartapp.screen": {"duckdb", "dask", "distributed", "pyspark", "pandas"},
    "smartapp.archive": {"msgspec"},
    "smartapp.signed_file": set(),
    "smartapp.difference_answer": set(),
    "smartapp.follow": set(),
    "smartapp.impact": set(),
    "smartapp.replay": set(),
    "smartapp.replay_answer": set(),
    "smartapp.audit": set(),
    "smartapp.upkeep": set(),
    "smartapp.export_command": set(),
    "smartapp.outbox": set(),
    "smartapp.checks": set(),
    "smartapp.logs": set(),
    "smartapp.watch": set(),
    "smartapp.metrics": {"prometheus_client"},
    "smartapp.demo": set(),
    "smartapp.__main__": set(),
    "smartapp.document": {"typst"},
    "smartapp.reviewers": set(),
    "smartapp.fhir": {"fhir", "pydantic", "msgspec"},
    "smartapp.ehr": {"requests", "urllib3", "authlib", "joserfc", "cryptography", "msgspec"},
    "smartapp.web": {"flask", "werkzeug", "markupsafe", "jinja2", "segno"},
    "smartapp.application": {"flask", "werkzeug"},
    "smartapp.serving": {"waitress"},
    "smartapp.cli": set(),
    "smartapp": {"flask", "werkzeug"},
}

# Parts of the standard library by which the core could reach a clock, a disk, the network, chance or the environment.
NOT_IN_CORE = {
    *("asyncio", "ftplib", "getpass", "glob", "http", "logging", "multiprocessing", "os", "pathlib", "random"),
    *("secrets", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile"),
    *("threading", "time", "urllib", "uuid", "webbrowser"),
}
NOT_CALLED_IN_CORE = {"open", "print", "input", "eval", "exec", "compile", "__import__", "breakpoint"}
# The decorator makes an __init__ of the names of fields, as dataclasses does (docs/decisions/0055).
MAKES_AN_INIT = ("smartapp.core.frozen", "exec")
CLOCK_READINGS = {"today", "now", "utcnow", "fromtimestamp"}
CLOCK_OWNERS = {"date", "datetime", "dt"}


@dataclass(frozen=True, order=True)
class Breach:
    """One line that breaks a house rule."""

    where: str
    line: int
    rule: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.rule}"


@dataclass(frozen=True)
class Module:
    name: str
    where: str
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name if self.where.endswith("__init__.py") else self.name.rpartition(".")[0]


def modules(*packages: str) -> Iterator[Module]:
    for path in sorted(file for package in packages for file in (ROOT / package).rglob("*.py")):
        relative = path.relative_to(ROOT)
        name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        yield Module(name, relative.as_posix(), ast.parse(path.read_text(encoding="utf-8")))


def source(name: str, text: str) -> Module:
    """A module given as text: what the tests of these rules plant."""
    return Module(name, name.replace(".", "/") + ".py", ast.parse(text))


def room(name: str, table: Mapping[str, set[str]]) -> str:
    return max((r for r in table if name == r or name.startswith(r + ".")), key=len, default="")


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of each import, wherever in the module it stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.package.split(".")
            base = base[: len(base) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{origin}.{alias.name}") for alias in node.names)


def backward_imports(module: Module) -> Iterator[Breach]:
    """Imports of our own rooms that the table does not allow."""
    mine = room(module.name, MAY_KNOW)
    for line, name in imports(module):
        if name.split(".")[0] not in ("smartapp", "launch", "tests", "fhir_profiles"):
            continue
        theirs = room(name, MAY_KNOW) or name
        allowed = MAY_KNOW[mine] if mine else set()
        if not (theirs == mine or theirs in allowed or theirs.split(".")[0] in allowed):
            yield Breach(module.where, line, f"{mine or module.name} may not import {name}")


def foreign_imports(module: Module) -> Iterator[Breach]:
    """Imports of other people's packages in a room that is not theirs."""
    mine = room(module.name, MAY_IMPORT)
    for line, name in imports(module):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names or top in ("smartapp", "launch") or not mine:
            continue
        if top not in MAY_IMPORT[mine]:
            yield Breach(module.where, line, f"{mine} may not import {top}")


def impure_core(module: Module) -> Iterator[Breach]:
    """What gives the core a clock, a disk, the network or chance."""
    for line, name in imports(module):
        if name.split(".")[0] in NOT_IN_CORE:
            yield Breach(module.where, line, f"core may not import {name.split('.')[0]}")
    for node in ast.walk(module.tree):
        # Only reading the name: a field may be called ``open``.
        used = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in NOT_CALLED_IN_CORE
        if used and (module.name, node.id) != MAKES_AN_INIT:
            yield Breach(module.where, node.lineno, f"core may not use {node.id}")
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_READINGS:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            if owner in CLOCK_OWNERS:
                yield Breach(module.where, node.lineno, f"core may not read the clock ({owner}.{node.attr})")
