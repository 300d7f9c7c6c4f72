"""Reads what the documents promise: the tree in README.md, the commands they name, the settings they explain."""

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import ModuleType

from tests.quality.tree import tracked

ROOT = Path(__file__).resolve().parents[2]
SETTING = re.compile(r"\bSMARTAPP_[A-Z0-9_]+[A-Z0-9]")
TREE_LINE = re.compile(r"^(?P<indent> *)(?P<names>\S+(?: \S+)*)(?: {2,}.*)?$")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def documents() -> list[str]:
    return [name for name in tracked() if name.endswith(".md")]


def tree_in(markdown: str) -> set[str]:
    """The paths of the block under "The tree"; folders end with ``/``, two spaces separate a name from its meaning."""
    block = re.search(r"^## The tree$.*?^```text\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    assert block, "README.md has no block under the heading: The tree"
    paths, folder = set(), ""
    for line in block.group(1).splitlines():
        if not line.strip():
            continue
        found = TREE_LINE.match(line)
        assert found, f"not a line of a tree: {line}"
        inside = bool(found["indent"])
        for name in found["names"].split(" "):
            folder = folder if inside else (name if name.endswith("/") else "")
            paths.add((folder if inside else "") + name)
    return paths


def tree_on_disk() -> set[str]:
    """Two levels of the repository. Package markers say nothing and are left out, except that of the app itself."""
    paths = set()
    for name in map(PurePosixPath, tracked()):
        parts = name.parts
        paths.add(parts[0] + "/" * (len(parts) > 1))
        if len(parts) > 1:
            paths.add(f"{parts[0]}/{parts[1]}" + "/" * (len(parts) > 2))
    markers = {path for path in paths if path.endswith("/__init__.py")} - {"smartapp/__init__.py"}
    return paths - markers - {".gitignore"}


def commands_in(markdown: str) -> Iterator[tuple[str, str]]:
    """``(program, first word)`` of each command shown in code: ``make test``, ``smartapp derive``."""
    code = re.findall(r"^```(?:sh|console|text|bash)?\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    code += re.findall(r"`([^`\n]+)`", markdown)
    for snippet in code:
        yield from re.findall(r"(?:^|[\s/$])(make|smartapp) ([a-z][a-z-]*)", snippet)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))


def python_file(name: str) -> ModuleType:
    """A Python file outside the packages, such as ``deploy/settings.py``, as a module."""
    spec = importlib.util.spec_from_file_location(Path(name).stem, ROOT / name)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def versions_in_changelog() -> list[str]:
    return re.findall(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE)


def version() -> str:
    return tomllib.loads(text("pyproject.toml"))["project"]["version"]


def broken_links(name: str) -> list[str]:
    """Links of a document to files that are not there."""
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text(name))
    here = (ROOT / name).parent
    return [target for target in targets if "://" not in target and not (here / target).exists()]
