"""The identifier systems of what one installation writes, and by which it recognises what it has written before.

They come from its settings and are handed to whoever builds or reads. A record in a chart outlives every address, so
they do not follow the address under which the installation is reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from smartapp.settings import (
    EXAMPLE_BASE,
    Settings,
    values_in,
)  # it stands in charts written before there was a setting


@dataclass(frozen=True)
class Systems:
    """``previous``: bases written with before. What stands under the example is always recognised, never written
    again once a site has its own."""

    base: str = EXAMPLE_BASE
    previous: tuple[str, ...] = ()

    @property
    def plan(self) -> str:
        return f"{self.base}/plan"

    @property
    def content(self) -> str:
        """Of the hash of the content, to tell whether it changed."""
        return f"{self.base}/plan-content"

    @property
    def app(self) -> str:
        return f"{self.base}/app"

    @property
    def plans(self) -> tuple[str, ...]:
        """Every system a plan of ours may be known under, the present one first."""
        return tuple(dict.fromkeys(f"{base}/plan" for base in self._bases))

    @property
    def report(self) -> str:
        """Of what a therapist told by a link, where it is written into the chart."""
        return f"{self.base}/therapist-report"

    @property
    def reports(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"{base}/therapist-report" for base in self._bases))

    @property
    def contents(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"{base}/plan-content" for base in self._bases))

    @property
    def _bases(self) -> tuple[str, ...]:
        return (self.base, *self.previous, EXAMPLE_BASE)


EXAMPLE = Systems()


def systems_of(settings: Settings) -> Systems:
    return Systems(settings.identifier_base, settings.identifier_base_previous)


def systems_in(env: Mapping[str, str]) -> Systems:
    """For the command line, where nothing else need be set. Raises SettingsError."""
    found = values_in(env, ("identifier_base", "identifier_base_previous"))
    return Systems(found.get("identifier_base", EXAMPLE_BASE), found.get("identifier_base_previous", ()))
