"""Patient text of a limit in Spanish, and the records by which it holds -> with side, end and amount filled in."""

import re
from collections.abc import Sequence
from datetime import date

from smartapp.core.dates import SPANISH_MONTHS
from smartapp.core.derive.triggers import Hit
from smartapp.core.quotes import quoted

_SIDES = {"left": "izquierd", "right": "derech"}  # with the ending of the noun before: pierna izquierda
_SENTENCE = re.compile(r"(?<=[.;:]) ")


def in_spanish(text: str, found: Sequence[Hit]) -> str:
    """As the English text is filled in; a side that is not known falls away with its blank."""
    sides = {hit.side for hit in found}
    side = "both" if len(sides) > 1 else found[0].side
    told = " ".join(_with_side(sentence, side) for sentence in _SENTENCE.split(text))
    until = found[0].until
    words = {
        "limit_end": f"hasta el {_day(until)}" if until else "hasta que su equipo médico lo diga",
        "until": f"hasta el {_day(until)}" if until else "hasta que alguien responda",
        "date": f"el {_day(found[0].day)}" if found[0].day else "en un día que no consta",
        "order": quoted(found[0].name),
        "amount": "una parte de su peso",
    }
    return re.sub(r"\{([a-z_]+)\}", lambda place: words[place[1]], told)


def _with_side(sentence: str, side: str) -> str:
    if not side:
        return sentence.replace(" {side}", "")

    def filled(noun: re.Match[str]) -> str:
        ending, article = ("a", "la") if noun[1].endswith("a") else ("o", "el")
        if side != "both":
            return f"{noun[1]} {_SIDES[side]}{ending}"
        joined = "ni" if sentence.startswith("No ") else "y"
        return f"{noun[1]} izquierd{ending} {joined} {article} derech{ending}"

    return re.sub(r"(\w+) \{side\}", filled, sentence)


def _day(day: date) -> str:
    return f"{day.day} de {SPANISH_MONTHS[day.month - 1]}"
