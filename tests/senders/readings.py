"""The files of readings beside this one -> each chart's name with what is right of it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHARTS = HERE / "charts"
# Keys that say where a chart is from; all others are tried.
ABOUT = frozenset({"seen", "from", "sender"})


def readings(folder: Path = HERE) -> Mapping[str, Mapping[str, Any]]:
    """By name of the chart; what several files say of one chart is put together."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.setdefault(name, {}).update(said)
    return found
