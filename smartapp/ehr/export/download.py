"""Files of an export -> the folder, several at once, each looked through before it counts."""

import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from smartapp.ehr.answer import HttpResponse, NoAnswer
from smartapp.ehr.bulkhead import Budget
from smartapp.ehr.export.door import TRIES, Door, doubled, refused
from smartapp.ehr.export.folder import ExportFolder
from smartapp.ehr.export.job import Say
from smartapp.ehr.export.lines import NotWhole, look_through, read_deleted, read_outcomes
from smartapp.ehr.export.values import ExportFailed, Finished, Listed

NDJSON = "application/fhir+ndjson"
EXPIRED = frozenset({401, 403, 404, 410})  # a link that is over; a fresh list has fresh ones


@dataclass(frozen=True)
class Fetched:
    """What became of one file: nothing said is good."""

    name: str
    expired: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Downloads:
    """``until``: seconds since the epoch; ``budget``: bytes for all files together."""

    door: Door
    folder: ExportFolder
    needs_token: bool
    budget: Budget
    until: float
    say: Say

    def fetch(self, files: Iterable[Listed], patients: AbstractSet[str] | None) -> list[Fetched]:
        """Every file, as many at once as the settings say. Raises ExportFailed, EhrError for what holds for all."""
        wanted, done = list(files), list[Fetched]()
        with _pool(self.door) as pool:
            for fetched in pool.map(partial(self._fetch, patients=patients), wanted):
                done.append(fetched)
                if len(done) % max(len(wanted) // 10, 1) == 0 and len(wanted) > 1:
                    self.say(f"{len(done)} of {len(wanted)} files fetched.")
        return done

    def _fetch(self, listed: Listed, patients: AbstractSet[str] | None) -> Fetched:
        """One file; half a one is fetched again. A part of it is never seen under its name."""
        part = self.folder.path / f"{listed.name}.part"
        problem = ""
        for tried in range(1, TRIES + 1):
            try:
                answer = self._download(listed, part)
                if answer.status_code in EXPIRED:
                    return Fetched(listed.name, expired=True)
                self._keep(listed, part, patients)
                return Fetched(listed.name)
            except NotWhole as fault:
                problem = f"{listed.name} does not come whole: {fault}."
                self.door.pause(doubled(tried))
        return Fetched(listed.name, problem=problem)

    def _download(self, listed: Listed, part: Path) -> HttpResponse:
        spent = 0

        def spend(size: int) -> None:
            nonlocal spent
            self.door.check_stopped()
            self.budget.spend(size)
            spent += size

        def ask(file: BinaryIO) -> HttpResponse:
            nonlocal spent
            self.budget.spend(-spent)  # what a try before has brought is overwritten
            spent = 0
            file.seek(0)
            file.truncate()
            return self.door.ask("GET", listed.url, NDJSON, needs_token=self.needs_token, into=file, spend=spend)

        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            try:
                answer = self.door.until_answered(partial(ask, file), self.until, tries=1)
            except NoAnswer as error:
                if error.who is not type(error).who:  # too large, not secure: it would be so again
                    raise ExportFailed(f"{listed.name}: {error}", who=error.who) from error
                raise NotWhole(str(error).rstrip(".")) from error
            file.flush()
            os.fsync(file.fileno())
        if answer.status_code >= 500:
            raise NotWhole(f"the EHR had an internal error (HTTP {answer.status_code})")
        if not answer.ok and answer.status_code not in EXPIRED:
            raise ExportFailed(f"{listed.name} is not given out by the EHR. {refused(answer)}")
        return answer

    def _keep(self, listed: Listed, part: Path, patients: AbstractSet[str] | None) -> None:
        read: Callable[..., Finished] = {"error": read_outcomes, "deleted": read_deleted}.get(
            listed.kind, partial(look_through, base=self.folder.iss, patients=patients)
        )
        found = read(part, listed)
        part.replace(self.folder.path / listed.name)
        self.folder.finish(found)


@contextmanager
def _pool(door: Door) -> Iterator[ThreadPoolExecutor]:
    """Threads that end early where one of them raised, or a person has had enough."""
    pool = ThreadPoolExecutor(door.settings.export_downloads, thread_name_prefix="export")
    try:
        yield pool
    except BaseException:
        door.stopped.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
