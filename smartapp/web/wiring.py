"""What the pages work with, made once by ``create_app`` and read from the application by every view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from flask import Flask, current_app

from smartapp.core.knowledge import Knowledge
from smartapp.ehr.bulkhead import Pools
from smartapp.ehr.capabilities import CapabilityCache
from smartapp.ehr.http_client import HttpClient
from smartapp.ehr.launch.keys import Keys
from smartapp.ehr.launch.smart import Smart
from smartapp.fhir.systems import Systems, systems_of
from smartapp.settings import Settings
from smartapp.store import Store
from smartapp.watch import Watch
from smartapp.web.catalog import _


@dataclass(frozen=True)
class Wiring:
    """Everything that lives as long as the process. ``clock`` gives seconds since the epoch."""

    settings: Settings
    knowledge: Knowledge
    smart: Smart
    http_client: HttpClient
    keys: Keys
    capabilities: CapabilityCache
    store: Store
    pools: Pools  # threads that ask EHRs
    clock: Callable[[], float]
    version: str
    checks: Mapping[str, Callable[[], bool]]  # of readiness: false, or raises, if not ready

    @property
    def watch(self) -> Watch:
        """Who is told what happens; no person is named to it."""
        return self.http_client.watch

    @property
    def systems(self) -> Systems:
        """By which our records in charts are known."""
        return systems_of(self.settings)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def today(self) -> date:
        """The calendar day where this server stands: the clinic's, not Greenwich's."""
        return self.day(self.clock())

    def day(self, seconds: float) -> date:
        return datetime.fromtimestamp(seconds, UTC).astimezone().date()


def install_wiring(app: Flask, made: Wiring) -> None:
    app.extensions["loadpath"] = made


def wiring() -> Wiring:
    return cast(Wiring, current_app.extensions["loadpath"])


def moment_words(made: Wiring, at: float) -> str:
    """A moment in words, in the zone of this server."""
    when = datetime.fromtimestamp(at, UTC).astimezone()
    day = "" if when.date() == made.today() else f"{when.date()} "
    return day + _("at %(time)s", time=f"{when:%H:%M}")
