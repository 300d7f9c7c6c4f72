"""Words as clinicians write them in phrases.toml -> a regular expression, and letters a text with them must hold."""

import re
from collections.abc import Iterable, Sequence

_GAP = re.compile(r" ?<(\d*)([^<>\d]*)> ?")
_OPERATOR = re.compile(r" ?<\d*[^<>\d]*> ?|[*~()\[\]|^$]")
_MEANING = {"*": r"\w*", "~": r"-?\s?", "(": "(?:", "[": "(?:", "]": ")?", "^": r"\A", "$": r"\Z"}
_REGULAR = re.compile(r"/(.+)/\Z", re.DOTALL)
_CHOICE = re.compile(r"([()|])")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")


def expression(words: Sequence[str]) -> str:
    """Words as a clinician writes them -> a regular expression that is found where one of them stands in a text.

    ``*`` any further letters, ``[a]`` may be missing, ``(a|b)`` either, ``~`` a hyphen, a blank or nothing, ``<30>`` up
    to 30 characters, ``<30;.>`` the same but no ; or . among them, ``<>`` any number, ``^`` and ``$`` the beginning
    and the end of the text. Between slashes a regular expression. Words are whole words; case does not matter.
    """
    return "|".join(_regular(line) for line in words)


def _regular(line: str) -> str:
    if given := _REGULAR.match(line):
        return given[1]
    pieces = (_operator(piece) if at % 2 else re.escape(piece) for at, piece in enumerate(_pieces(line)))
    left, right = (r"\b" if edge.isalnum() or edge in "*()[]" else "" for edge in (line[0], line[-1]))
    return rf"{left}(?:{''.join(pieces)}){right}"


def _pieces(line: str) -> list[str]:
    """Plain letters and operators by turns."""
    return re.split(f"({_OPERATOR.pattern})", line)


def _operator(piece: str) -> str:
    gap = _GAP.fullmatch(piece)
    if gap is None:
        return _MEANING.get(piece, piece)
    most, never = gap.groups()
    between = f"[^{re.escape(never)}]" if never else "."
    return rf"(?!\w){between}{f'{{0,{most}}}' if most else '*'}(?<!\w)"


def needs_of(line: str) -> tuple[tuple[str, ...], ...]:
    """Small letters a text with this line must hold: one of each group, the most telling group first.

    Empty where that cannot be told, as of a regular expression.
    """
    if _REGULAR.match(line):
        return ()
    while line != (line := _OPTIONAL.sub("*", line)):
        pass
    open_: list[list[list[_Group]]] = [[[]]]  # choices not yet closed, each with its alternatives so far
    for piece in _CHOICE.split(line):
        if piece == "(":
            open_.append([[]])
        elif piece == "|":
            open_[-1].append([])
        elif piece == ")":
            chosen = _one_of(open_.pop())
            open_[-1][-1] += [chosen] if chosen else []
        else:
            runs = (run.strip().lower() for run in _pieces(piece)[::2])
            open_[-1][-1] += [(run,) for run in runs if run]
    groups = open_[0][0] if len(open_[0]) == 1 else [_one_of(open_[0])]
    return tuple(sorted(filter(None, dict.fromkeys(groups)), key=_telling))


_Group = tuple[str, ...]


def _one_of(alternatives: Iterable[list[_Group]]) -> _Group:
    """The most telling group of each alternative, as one; empty where an alternative has none."""
    best = [min(groups, key=_telling, default=()) for groups in alternatives]
    return tuple(dict.fromkeys(run for group in best for run in group)) if all(best) else ()


def _telling(group: _Group) -> tuple[bool, int, int]:
    """Groups of runs of three letters and more first, then those with few to look for, then those with long ones."""
    shortest = min(map(len, group))
    return shortest < 3, len(group), -shortest
