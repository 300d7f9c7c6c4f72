"""The folder of one export: its files, and a journal by which an interrupted export goes on.

The journal is a line of JSON for each thing done, written before the next is begun; after a crash its last line may be
half one, and is passed over. It holds no token and no address of a file, which may open it for anybody: after a crash
the EHR is asked for the list once more. Only a file of resources that was looked through ends in ``.ndjson``.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec

from smartapp.ehr.export.values import ExportRequest, Finished, Manifest
from smartapp.errors import InputError

JOURNAL = "export.journal"
ASIDE = ".set-aside"  # behind the name of a file: its lines that are counted for nobody
_OURS = re.compile(
    r"([A-Z][A-Za-z]*\.\d{5}\.ndjson|errors\.\d{5}\.outcomes|deleted\.\d{5}\.bundles)(\.part|\.rest|\.set-aside)?"
)


@dataclass
class ExportFolder:
    """What the journal says. ``status``: the address of the EHR's status, empty where no export is under way there."""

    path: Path
    iss: str
    request: ExportRequest
    status: str = ""
    taken: ExportRequest | None = None  # what the EHR took of the request
    manifest: Manifest | None = None  # without addresses
    finished: dict[str, Finished] = field(default_factory=dict)
    done: bool = False
    _lock: Lock = field(default_factory=Lock)

    def kick_off(self, status: str, taken: ExportRequest) -> None:
        """A new export at the EHR: what an earlier one has brought is of another moment, and goes."""
        self.note({"kickOff": {"status": status, "taken": asdict(taken)}})
        self.sweep()

    def list(self, manifest: Manifest) -> Manifest:
        """The EHR's list, each file by the name it has here; where it is not of the files that are here, these go."""
        if self.manifest is not None and self.manifest.shape == manifest.shape:
            return manifest.named_as(self.manifest)
        kept = replace(manifest, files=tuple(replace(each, url="") for each in manifest.files))
        self.note({"list": asdict(kept)})
        self.sweep()
        return manifest

    def finish(self, file: Finished) -> None:
        self.note({"file": asdict(file)})

    def forget(self) -> None:
        """The EHR has no export for us any more."""
        self.note({"gone": True})
        self.sweep()

    def end(self) -> None:
        self.note({"done": True})

    def note(self, event: Mapping[str, Any]) -> None:
        with self._lock, (self.path / JOURNAL).open("ab") as journal:
            journal.write(msgspec.json.encode(event) + b"\n")
            journal.flush()
            os.fsync(journal.fileno())
            self.take(event)

    def take(self, event: Mapping[str, Any]) -> None:
        if "file" in event:
            file = msgspec.convert(event["file"], Finished, strict=False)
            self.finished[file.name] = file
        elif "list" in event:
            self.manifest, self.finished = msgspec.convert(event["list"], Manifest, strict=False), {}
        elif "kickOff" in event or "gone" in event:
            begun = event.get("kickOff") or {"status": "", "taken": None}
            self.status = begun["status"]
            self.taken = msgspec.convert(begun["taken"], ExportRequest | None, strict=False)
            self.manifest, self.finished = None, {}
        elif "done" in event:
            self.done = True

    def sweep(self) -> None:
        """Remove whatever of ours no line of the journal stands for, and forget files that are not as it says."""
        for path in self.path.iterdir():
            found = _OURS.fullmatch(path.name)
            if found and (found[2] in (".part", ".rest") or found[1] not in self.finished):
                path.unlink()
        with self._lock:
            for name, file in list(self.finished.items()):
                here = self.path / name
                if not here.is_file() or here.stat().st_size != file.size:
                    del self.finished[name]


@contextmanager
def open_folder(path: Path, iss: str, request: ExportRequest) -> Iterator[ExportFolder]:
    """The folder, for one process at a time: made, or gone on with. Raises InputError where it is of something else."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (path / JOURNAL).exists() and any(path.iterdir()):
        raise InputError(f"{path}: folder: it holds other files; an export needs a folder of its own")
    with os.fdopen(os.open(path / JOURNAL, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{path}: folder: another process is exporting into it") from None
        lines = _whole_lines(held.read())
        held.truncate(sum(len(line) + 1 for line in lines))
        folder = ExportFolder(path, iss, request)
        asked = {"asked": {"iss": iss, "request": asdict(request)}}
        if not lines:
            folder.note(asked)
        elif msgspec.json.encode(asked) != lines[0]:
            raise InputError(f"{path}: folder: it holds another export; each needs a folder of its own")
        for line in lines[1:]:
            folder.take(msgspec.json.decode(line))
        folder.sweep()
        yield folder


def unfinished(path: Path) -> bool:
    """Whether in this folder, or below it, is an export that is not all here: nothing may be counted from it."""
    journals = path.rglob(JOURNAL) if path.is_dir() else ()
    return any(not any("done" in msgspec.json.decode(line) for line in _whole_lines(j.read_bytes())) for j in journals)


def _whole_lines(text: bytes) -> list[bytes]:
    """Without what comes after the last end of a line: a process died while it wrote that."""
    return text.split(b"\n")[:-1]
