"""The source -> the figures that say how easily a newcomer sees the house: ``python -m tests.quality.figures``.

With ``--names`` also the places behind each figure. Nothing here fails: the figures are for the one who redesigns.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.quality.rooms import Module, imports, modules

LONG_MODULE, LONG_FUNCTION = 250, 30  # lines (ours)
TYPED = ("smartapp.web", "smartapp.store")  # rooms whose signatures are searched for Any
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Figure:
    """One row: what is counted, how many, and where."""

    name: str
    count: int
    places: tuple[str, ...] = ()


def figures(source: Iterable[Module]) -> tuple[Figure, ...]:
    """The table over these modules."""
    house = tuple(source)
    lines = {module.name: _lines(module) for module in house}
    long_modules = [f"{name} {count}" for name, count in lines.items() if count > LONG_MODULE]
    return (
        Figure("modules", len(house)),
        Figure("lines", sum(lines.values())),
        _figure(f"modules over {LONG_MODULE} lines", long_modules),
        _figure(f"functions over {LONG_FUNCTION} lines", _long_functions(house)),
        _figure("import circles between modules", map(" <-> ".join, circles(_graph(house)))),
        _figure("import circles between rooms", map(" <-> ".join, circles(_rooms(_graph(house))))),
        _figure("public names defined in more than one module", _twice(house)),
        _figure("Any in signatures of web and store", _untyped(house)),
    )


def _figure(name: str, places: Iterable[str]) -> Figure:
    found = tuple(places)
    return Figure(name, len(found), found)


def _lines(module: Module) -> int:
    return max((getattr(node, "end_lineno", 0) or 0 for node in ast.walk(module.tree)), default=0)


def functions(module: Module) -> Iterator[Function]:
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def _long_functions(house: Iterable[Module]) -> Iterator[str]:
    """A function's length is that of its code: from ``def`` to the end, without its docstring."""
    for module in house:
        for node in functions(module):
            doc = node.body[0] if ast.get_docstring(node) is not None else None
            said = (doc.end_lineno or 0) - doc.lineno + 1 if doc else 0
            size = (node.end_lineno or 0) - node.lineno + 1 - said
            if size > LONG_FUNCTION:
                yield f"{module.where}:{node.lineno} {node.name} {size}"


def _graph(house: Iterable[Module]) -> dict[str, set[str]]:
    """Module -> the modules it imports while it is loaded, or later; imports for type checking count as well."""
    known = {module.name: module for module in house}
    graph: dict[str, set[str]] = {}
    for module in known.values():
        found = (_known(name, known) for _, name in imports(module))
        graph[module.name] = {name for name in found if name and name != module.name}
    return graph


def _known(name: str, known: Mapping[str, Module]) -> str:
    return name if name in known else (parent if (parent := name.rpartition(".")[0]) in known else "")


def _rooms(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The same between folders: a package with its ``__init__`` is one room, and so is each module outside of any."""
    folders = {name.rpartition(".")[0] for name in graph}

    def folder(name: str) -> str:
        inside = name.rpartition(".")[0]
        return name if name in folders or inside in ("", "smartapp") else inside

    rooms: dict[str, set[str]] = defaultdict(set)
    for name, targets in graph.items():
        rooms[folder(name)] |= {folder(target) for target in targets} - {folder(name)}
    return dict(rooms)


def circles(graph: Mapping[str, set[str]]) -> list[tuple[str, ...]]:
    """Groups of which each member reaches each other (Tarjan's strongly connected components of two or more)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[tuple[str, ...]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for target in sorted(graph.get(name, ())):
            if target not in index:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], index[target])
        if low[name] == index[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(tuple(sorted(group)))

    for name in sorted(graph):
        if name not in index:
            visit(name)
    return found


def _twice(house: Iterable[Module]) -> list[str]:
    """Public functions and classes of one name in several modules: a reader cannot tell which one is meant."""
    where: dict[str, list[str]] = defaultdict(list)
    for module in house:
        for node in module.tree.body if ".migrations." not in module.name else ():  # whose names are Alembic's
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                where[node.name].append(module.name)
    return [f"{name}: {', '.join(places)}" for name, places in sorted(where.items()) if len(places) > 1]


def _untyped(house: Iterable[Module]) -> Iterator[str]:
    for module in house:
        if module.name.startswith(TYPED):
            for node in functions(module):
                every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg]
                signature = [arg.annotation for arg in every if arg] + [node.returns]
                named = sum(_is_any(part) for note in signature if note for part in ast.walk(note))
                yield from [f"{module.where}:{node.lineno} {node.name}"] * named


def _is_any(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "Any"


def main(arguments: list[str]) -> None:
    for figure in figures(modules("smartapp")):
        print(f"{figure.count:6}  {figure.name}")
        for place in figure.places if "--names" in arguments else ():
            print(f"          {place}")


if __name__ == "__main__":
    main(sys.argv[1:])
