"""Words as clinicians write them in phrases.toml -> a regular expression, and letters a text must hold to have one."""

import re
from collections.abc import Iterator, Sequence

_GAP = re.compile(r" ?<(\d*)([^<>\d]*)> ?")
_OPERATOR = re.compile(r" ?<\d*[^<>\d]*> ?|[*~()\[\]|^$]")
_MEANING = {"*": r"\w*", "~": r"-?\s?", "(": "(?:", "[": "(?:", "]": ")?", "^": r"\A", "$": r"\Z"}
_REGULAR = re.compile(r"/(.+)/\Z", re.DOTALL)
_CHOICE = re.compile(r"\(([^()]*)\)")
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


def letters_of(words: Sequence[str]) -> frozenset[str]:
    """Lower-case letters of which every text with one of the words holds some; empty where that cannot be told."""
    found = {letters for line in words for letters in _needed(line)}
    return frozenset(each for each in found if not any(other in each for other in found - {each}))


def _needed(line: str) -> Iterator[str]:
    """The longest run of letters of each way to read a line."""
    if _REGULAR.match(line):
        yield ""
        return
    said = _OPTIONAL.sub("*", line)
    choice = _CHOICE.search(said)
    if choice:
        for each in choice[1].split("|"):
            yield from _needed(said[: choice.start()] + each + said[choice.end() :])
        return
    for each in said.split("|"):
        yield max((piece.strip().lower() for piece in _pieces(each)[::2]), key=len)
