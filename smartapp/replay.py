"""A receipt -> the signed decision made again, byte for byte, and what today's knowledge would decide otherwise.

The facts are those read at the signature, the day is its day. The knowledge of its version comes from the installed
files, from a folder, or from the store, which keeps each version a plan was signed with.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from smartapp.archive import SAME_PLAN_SINCE, Record, is_sealed, kept_json, record_in, record_of
from smartapp.core.derive import derive
from smartapp.core.differences import Difference, plan_differences
from smartapp.core.fingerprint import with_fingerprint
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.review import revise
from smartapp.errors import InputError, KeptElsewhere, KnowledgeError, LoadpathError, SettingsError
from smartapp.knowledge import KnowledgeFiles, installed, read_folder
from smartapp.knowledge.causes import Caused, CauseFinder
from smartapp.knowledge.row_changes import KnowledgePair, RowChange
from smartapp.settings import Settings
from smartapp.store import Store, database_note, open_store


@dataclass(frozen=True)
class Today:
    """The same facts and edits with today's knowledge. ``failed``: why it makes no plan of them."""

    version: str
    rows: tuple[RowChange, ...] = ()
    found: tuple[Caused, ...] = ()
    untried: Mapping[RowChange, str] | None = None
    failed: str = ""


@dataclass(frozen=True)
class Replay:
    """``sealed``: whether the receipt is as this installation gave it out; None where that cannot be told here.
    ``altered``: whether its fingerprint is not that of its content; None where an older form does not tell."""

    record: Record
    form: int
    sealed: bool | None
    altered: bool | None
    knowledge_from: str
    again: Proposal
    hashes: tuple[str, str]  # SHA-256 of the record as signed, and made again
    changed: tuple[Difference, ...]
    today: Today

    @property
    def identical(self) -> bool:
        return self.hashes[0] == self.hashes[1] and self.sealed is not False and not self.altered


def replay(file: Path, folder: Path | None, env: Mapping[str, str]) -> Replay:
    """Raises InputError: what it is no receipt for, or that the knowledge of its version is not here."""
    receipt = _read(file)
    kept = record_in(receipt)
    record = _record(file, kept)
    store = _store(env)
    try:
        sealed = is_sealed(receipt, store.is_mac) if store and "seal" in receipt else None
        files, place = _knowledge(record, folder, env, store)
    finally:
        if store:
            store.close()
    signed, form = record.signed, int(kept.get("version", 0))
    knowledge = _parsed(files, f"knowledge {files.version}")
    again = decide(record, knowledge)
    hashes = _sha256(record), _sha256(replace(record, signed=replace(signed, proposal=again)))
    own = with_fingerprint(signed.proposal, signed.decisions)
    altered = own.fingerprint != signed.proposal.fingerprint if form >= SAME_PLAN_SINCE else None
    changed = plan_differences(signed.proposal, again) if hashes[0] != hashes[1] else ()
    return Replay(
        record, form, sealed, altered, place, again, hashes, changed, _today(record, again, files, _installed(env))
    )


def decide(record: Record, knowledge: Knowledge) -> Proposal:
    """The facts and the edits of the signature, with this knowledge."""
    signed = record.signed.proposal
    proposal = plan(derive(record.as_read, signed.assessment.as_of, knowledge), knowledge, continues=signed.continues)
    return revise(proposal, record.signed.decisions, knowledge) if record.signed.decisions else proposal


def _today(record: Record, before: Proposal, then: KnowledgeFiles, now: KnowledgeFiles) -> Today:
    if then.version == now.version:
        return Today(now.version)
    pair = KnowledgePair(then, now)
    finder = CauseFinder(pair)
    try:
        found = plan_differences(before, decide(record, _parsed(now, "the installed knowledge")))
    except LoadpathError as error:
        return Today(now.version, pair.changes, failed=str(error))
    caused = finder.causes(before, found, lambda knowledge: decide(record, knowledge))
    return Today(now.version, pair.changes, caused, finder.untried)


# -- where things are


def _read(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{file}: it is not JSON: {error}") from error
    if not isinstance(value, dict) or not ({"record", "artifacts", "signed"} & value.keys()):
        raise InputError(f"{file}: it is not a receipt")
    return value


def _record(file: Path, kept: Mapping[str, Any]) -> Record:
    if not kept:
        raise InputError(
            f"{file}: record: this receipt tells where each artifact went, not what was decided: it was taken along "
            "from an older version of Loadpath. Take it along again from its page"
        )
    try:
        return record_of(kept)
    except KeptElsewhere as error:
        raise InputError(f"{file}: record: {error}") from error


def _store(env: Mapping[str, str]) -> Store | None:
    """The installation's, where there is one to look into as it is: nothing is made or migrated for this."""
    try:
        settings = Settings.from_env(env)
        if database_note(settings.database, *settings.secrets):
            return None
        return open_store(settings.database, *settings.secrets)
    except SettingsError:
        return None


def _installed(env: Mapping[str, str]) -> KnowledgeFiles:
    site = env.get("SMARTAPP_SITE_KNOWLEDGE")
    return installed(Path(site) if site else None)


def _knowledge(
    record: Record, folder: Path | None, env: Mapping[str, str], store: Store | None
) -> tuple[KnowledgeFiles, str]:
    version, here = record.signed.proposal.assessment.knowledge_version, _installed(env)
    if folder:
        return _of_folder(folder, version, here), str(folder)
    if here.version == version:
        return here, "installed"
    kept = store.knowledge.texts_of(version) if store else None
    if kept is None:
        raise InputError(
            f"knowledge {version}: the plan was signed with it, and it is not here (installed is {here.version}): "
            "give its folder with --knowledge, or ask where the plan was signed"
        )
    return KnowledgeFiles.of(kept), "store"


def _of_folder(folder: Path, version: str, here: KnowledgeFiles) -> KnowledgeFiles:
    found = read_folder(folder)
    for files in (found, replace(found, site=here.site)):
        if files.version == version:
            return files
    raise InputError(f"{folder}: it holds knowledge {found.version}; the plan was signed with {version}")


def _parsed(files: KnowledgeFiles, name: str) -> Knowledge:
    try:
        return files.parsed()
    except KnowledgeError as error:
        raise InputError(f"{name}: this version of Loadpath cannot work with it: {error}") from error


def _sha256(record: Record) -> str:
    return hashlib.sha256(json.dumps(kept_json(record), sort_keys=True).encode()).hexdigest()
