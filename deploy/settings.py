"""The table in smartapp/settings.py -> deploy/settings.md: ``make settings`` writes it, a test compares."""

from dataclasses import MISSING, Field
from pathlib import Path
from typing import Any

from smartapp.settings import table

INTRODUCTION = """\
# Settings

Every setting is an environment variable. `smartapp check` names everything that is missing or wrong, at once, and what
works but weakens an installation. A variable that begins with `SMARTAPP_` and is not listed here is reported as a
typing error. Times are in seconds, sizes in bytes. "Ours" marks a default that no standard fixes.

A secret may stand in a file instead: name the file in the variable's name with `_FILE` behind it, as for
`SMARTAPP_SECRET_FILE`. Secrets are never shown or logged.

This page is made from `smartapp/settings.py` by `make settings`.
"""


def page() -> str:
    required = [setting for setting in table() if setting.default is MISSING]
    optional = [setting for setting in table() if setting.default is not MISSING]
    return "\n".join(
        [
            INTRODUCTION,
            "## Must be set\n",
            "| Variable | Meaning |\n|---|---|",
            *(f"| `{s.metadata['variable']}` | {meaning(s)} |" for s in required),
            "\n## May be set\n",
            "| Variable | Meaning | Default |\n|---|---|---|",
            *(f"| `{s.metadata['variable']}` | {meaning(s)} | {default(s)} |" for s in optional),
            "",
        ]
    )


def meaning(setting: Field[Any]) -> str:
    return str(setting.metadata["doc"]).replace("|", "\\|") + (" Secret." if setting.metadata["secret"] else "")


def default(setting: Field[Any]) -> str:
    value = setting.default
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, bool):
        return f"`{int(value)}`"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"`{value.as_posix() if isinstance(value, Path) else value}`"


if __name__ == "__main__":
    print(page(), end="")
