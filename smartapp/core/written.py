"""What the rows of written.toml are parsed into: how a plan is written for those who receive it."""

from dataclasses import dataclass

from smartapp.core.signatures import Origin


@dataclass(frozen=True)
class AvoidGroup:
    """Movements told in one line of a plan while one of them is forbidden (rule book 2b RP5, 2c CX28)."""

    id: str  # DN0 ... DN6, in the order of the rows
    title: str
    covers: tuple[str, ...]  # ids of restrictions and never-selected movements, each in one group
    origin: Origin
    told_in: str = ""  # the line its words stand in where it is not written itself; empty: the programme
    gives_way_to: str = ""  # not written beside this group


@dataclass(frozen=True)
class HomeTime:
    """Minutes of the daily home set, from and to."""

    id: str
    minutes: tuple[int, int]
    origin: Origin


@dataclass(frozen=True)
class Written:
    avoid: tuple[AvoidGroup, ...]
    home: HomeTime
