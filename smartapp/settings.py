"""Environment variables -> one frozen :class:`Settings`, read once at start; everything wrong is named at once.

Each field carries its variable, its meaning and how it is read; ``deploy/`` documents are generated from that table.
"""

# ruff: noqa: RUF009 -- _setting() makes dataclass fields; it is what dataclasses.field is

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from smartapp.errors import SettingsError
from smartapp.setting_values import (
    ENGLISH,
    SECRET_LENGTH,
    read_base_url,
    read_count,
    read_database,
    read_flag,
    read_identifier_base,
    read_identifier_bases,
    read_language,
    read_log_level,
    read_name,
    read_npi,
    read_number,
    read_number_to_call,
    read_secret,
    read_secrets,
    read_whole,
)

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
EXAMPLE_BASE = "https://loadpath.example/fhir"  # of identifiers in the charts of the demo, and of no others


def _setting(variable: str, doc: str, read: Callable[[str], Any] = str, default: Any = MISSING) -> Any:
    """A field with its documentation. ``secret`` fields may also be named by ``VARIABLE_FILE`` and are never shown."""
    secret = read in (read_secret, read_secrets, read_database)  # a database's address may hold a password
    metadata = {"variable": variable, "doc": doc, "read": read, "secret": secret}
    return field(metadata=metadata, repr=not secret, **({} if default is MISSING else {"default": default}))


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Times in seconds, sizes in bytes."""

    secret: str = _setting("SMARTAPP_SECRET", "Key material for encryption at rest and for blind indexes.", read_secret)
    secrets_read: tuple[str, ...] = _setting(
        "SMARTAPP_SECRET_PREVIOUS",
        "The secret before the last change; several have spaces between. Read with, never written with.",
        read_secrets, (),
    )  # fmt: skip
    secret_next: str = _setting(
        "SMARTAPP_SECRET_NEXT",
        "The secret to come, given to every worker before the first one writes with it. Read with, never written with.",
        read_secret, "",
    )  # fmt: skip
    base_url: str = _setting(
        "SMARTAPP_BASE_URL", "Address under which browsers reach Loadpath.", read_base_url, "http://127.0.0.1:8080"
    )
    identifier_base: str = _setting(
        "SMARTAPP_IDENTIFIER_BASE",
        "Address of yours below which our identifiers in charts are named; never changes again, whatever else does.",
        read_identifier_base, EXAMPLE_BASE,
    )  # fmt: skip
    identifier_base_previous: tuple[str, ...] = _setting(
        "SMARTAPP_IDENTIFIER_BASE_PREVIOUS",
        "Bases written with before, with spaces between: what stands under them is still recognized as ours.",
        read_identifier_bases, (),
    )  # fmt: skip
    issuers_file: Path = _setting(
        "SMARTAPP_ISSUERS", "TOML file with one table per EHR.", Path, Path("launch/issuers.toml")
    )
    database: str = _setting(
        "SMARTAPP_DATABASE", "SQLite file, or an SQLAlchemy URL such as postgresql+psycopg://...",
        read_database, "sqlite:///var/loadpath.db",
    )  # fmt: skip
    keys: Path = _setting("SMARTAPP_KEYS", "Folder of our private keys for private_key_jwt.", Path, Path("var/keys"))
    site_knowledge: Path | None = _setting(
        "SMARTAPP_SITE_KNOWLEDGE", "TOML file with the site's own clinical settings.", Path, None
    )
    dev_loopback: bool = _setting(
        "SMARTAPP_DEV_LOOPBACK",
        "1 allows http on this machine's own addresses, for development only.",
        read_flag,
        False,
    )
    chart_fresh_seconds: float = _setting(
        "SMARTAPP_CHART_FRESH_SECONDS",
        "Age from which the chart is read again before signing (ours).",
        read_number,
        120.0,
    )
    session_idle_seconds: float = _setting(
        "SMARTAPP_SESSION_IDLE_SECONDS", "A session unused for so long ends (ours).", read_number, 1800.0
    )
    session_absolute_seconds: float = _setting(
        "SMARTAPP_SESSION_ABSOLUTE_SECONDS", "A session ends so long after its launch (ours).", read_number, 28800.0
    )
    pending_seconds: float = _setting(
        "SMARTAPP_PENDING_SECONDS", "Time a person has to log in and consent at the EHR (ours).", read_number, 600.0
    )
    draft_seconds: float = _setting(
        "SMARTAPP_DRAFT_SECONDS", "Unsigned edits are kept so long for the same user and patient (ours).",
        read_number, 604800.0,
    )  # fmt: skip
    link_days: int = _setting(
        "SMARTAPP_LINK_DAYS", "Days a therapist's link is good for where nobody says otherwise (ours).", read_count, 30
    )
    link_days_most: int = _setting(
        "SMARTAPP_LINK_DAYS_MOST", "Days a therapist's link is good for at most (ours).", read_count, 90
    )
    keep_audit_days: int = _setting(
        "SMARTAPP_KEEP_AUDIT_DAYS",
        "Days an audit event is kept; 0: for good. Six years: 45 CFR 164.316(b)(2)(i) (HIPAA).",
        read_whole, 2192,
    )  # fmt: skip
    keep_plan_days: int = _setting(
        "SMARTAPP_KEEP_PLAN_DAYS",
        "Days the copy of a signed plan and of how it was delivered is kept; the record is the EHR's. 0: for good. "
        "As long as the audit events that name it (ours).",
        read_whole, 2192,
    )  # fmt: skip
    keep_statement_days: int = _setting(
        "SMARTAPP_KEEP_STATEMENT_DAYS",
        "Days a clinician's statement is kept after it was withdrawn; one in force stays. 0: for good. As long as the "
        "audit events (ours).",
        read_whole, 2192,
    )  # fmt: skip
    keep_link_days: int = _setting(
        "SMARTAPP_KEEP_LINK_DAYS",
        "Days a therapist's link and its reports are kept after its end; 0: for good. Six years, for which a patient "
        "may ask to whom a record was given: 45 CFR 164.528(a)(1).",
        read_whole, 2192,
    )  # fmt: skip
    keep_referral_days: int = _setting(
        "SMARTAPP_KEEP_REFERRAL_DAYS",
        "Days a closed referral is kept whose EHR has no Task; 0: for good. Ten years, as payers of Medicare Advantage "
        "ask (42 CFR 422.504(d)); a state may ask for more.",
        read_whole, 3653,
    )  # fmt: skip
    keep_hook_days: int = _setting(
        "SMARTAPP_KEEP_HOOK_DAYS",
        "Days a CDS Hooks call is counted, without anything of a patient: a year and the report about it (ours).",
        read_count, 400,
    )  # fmt: skip
    connect_seconds: float = _setting(
        "SMARTAPP_CONNECT_SECONDS", "Time to connect to an EHR (ours).", read_number, 3.05
    )
    read_seconds: float = _setting("SMARTAPP_READ_SECONDS", "Time for one answer of an EHR (ours).", read_number, 15.0)
    discovery_seconds: float = _setting(
        "SMARTAPP_DISCOVERY_SECONDS", "Age at which an EHR's configuration and keys are fetched again (ours).",
        read_number, 3600.0,
    )  # fmt: skip
    answer_bytes: int = _setting(
        "SMARTAPP_ANSWER_BYTES", "Largest answer accepted from an EHR (ours).", read_count, 20 * 1024 * 1024
    )
    chart_bytes: int = _setting(
        "SMARTAPP_CHART_BYTES",
        "Most bytes read for one chart; what follows is named as not read (ours).",
        read_count,
        32 * 1024 * 1024,
    )
    export_file_bytes: int = _setting(
        "SMARTAPP_EXPORT_FILE_BYTES", "Largest file of an export (ours).", read_count, 8 * 1024**3
    )
    export_bytes: int = _setting(
        "SMARTAPP_EXPORT_BYTES", "Most bytes of all files of an export together (ours).", read_count, 64 * 1024**3
    )
    export_seconds: float = _setting(
        "SMARTAPP_EXPORT_SECONDS",
        "Time a run of an export may take, with the EHR's time to make it; then the same command goes on (ours).",
        read_number, 86400.0,
    )  # fmt: skip
    export_downloads: int = _setting(
        "SMARTAPP_EXPORT_DOWNLOADS", "Files of an export fetched at once (ours).", read_count, 3
    )
    pages: int = _setting("SMARTAPP_PAGES", "Most pages followed in one search (ours).", read_count, 20)
    connections: int = _setting(
        "SMARTAPP_CONNECTIONS",
        "Searches running at once at one EHR, in one worker; those of one chart and one more (ours).",
        read_count,
        32,
    )
    waiting: int = _setting(
        "SMARTAPP_WAITING",
        "People's requests that may wait for one EHR at once, in one worker; fewer than half of its threads (ours).",
        read_count,
        6,
    )
    hook_seconds: float = _setting(
        "SMARTAPP_HOOK_SECONDS",
        "Time a CDS Hooks call has for reading from the EHR what was not prefetched; then it answers without (ours).",
        read_number, 0.5,
    )  # fmt: skip
    hook_bytes: int = _setting(
        "SMARTAPP_HOOK_BYTES", "Largest CDS Hooks call accepted, prefetch included (ours).", read_count, 8 * 1024 * 1024
    )
    proxy: str = _setting("SMARTAPP_PROXY", "HTTP proxy for calls to EHRs; none if empty.", str, "")
    ca_file: Path | None = _setting("SMARTAPP_CA_FILE", "Certificate authorities to trust, PEM.", Path, None)
    trusted_proxies: int = _setting(
        "SMARTAPP_TRUSTED_PROXIES", "Reverse proxies in front whose X-Forwarded headers are believed.", read_whole, 0
    )
    clinic_name: str = _setting("SMARTAPP_CLINIC_NAME", "Name of the clinic on papers.", read_name, "")
    clinic_phone: str = _setting(
        "SMARTAPP_CLINIC_PHONE", "Number to call back, on all papers and referrals; a blank to fill in if empty.",
        read_number_to_call, "",
    )  # fmt: skip
    clinic_fax: str = _setting(
        "SMARTAPP_CLINIC_FAX", "Fax number on papers; a blank to fill in if empty.", read_number_to_call, ""
    )
    referrer_npi: str = _setting(
        "SMARTAPP_REFERRER_NPI", "NPI of the clinician who refers, on the referral; a blank to fill in if empty.",
        read_npi, "",
    )  # fmt: skip
    language: str = _setting(
        "SMARTAPP_LANGUAGE", "Language of the pages, by its folder in smartapp/web/locales; papers keep their own.",
        read_language, ENGLISH,
    )  # fmt: skip
    log_level: str = _setting("SMARTAPP_LOG_LEVEL", "debug, info, warning or error.", read_log_level, "info")

    def __post_init__(self) -> None:
        if problem := self._unsafe_base():
            raise SettingsError(problem)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read every variable; raises SettingsError with one line for each that is missing or invalid."""
        return cls(**values_in(env, [setting.name for setting in table()]))

    @property
    def identifier_problem(self) -> str:
        """Why this base may not stand in real charts; empty if it may."""
        if self.dev_loopback or urlsplit(self.identifier_base).hostname != urlsplit(EXAMPLE_BASE).hostname:
            return ""
        return (
            "SMARTAPP_IDENTIFIER_BASE is the example of the demo: set it to an address of yours before the first plan "
            "is signed, and never change it."
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """The one that is written with, then those that are read with, too."""
        return (self.secret, *self.secrets_read, *([self.secret_next] if self.secret_next else []))

    @property
    def redirect_uri(self) -> str:
        return f"{self.base_url}/callback"

    def weaknesses(self) -> tuple[str, ...]:
        """Settings that work but weaken a production installation, one sentence each."""
        found = []
        if self.dev_loopback:
            found.append("SMARTAPP_DEV_LOOPBACK is on: http is allowed on loopback addresses.")
        if self.base_url.startswith("http:"):
            found.append("SMARTAPP_BASE_URL is http: fit for one machine only.")
        if len(set(self.secret)) < SECRET_LENGTH // 3:
            found.append("SMARTAPP_SECRET repeats few characters: make one with: openssl rand -base64 32")
        return tuple(found)

    def _unsafe_base(self) -> str:
        parts = urlsplit(self.base_url)
        if parts.scheme == "https" or (self.dev_loopback and parts.hostname in LOOPBACK):
            return ""
        return f"SMARTAPP_BASE_URL: {self.base_url} must be https" + (
            " or on a loopback address" if self.dev_loopback else " (or set SMARTAPP_DEV_LOOPBACK=1 on one machine)"
        )


def table() -> tuple[Field[Any], ...]:
    """One field per setting: ``metadata`` has variable, doc, read, secret; ``default`` is MISSING where required."""
    return fields(Settings)


def values_in(env: Mapping[str, str], names: Collection[str]) -> dict[str, Any]:
    """The settings of these names that are set; raises SettingsError for all that are missing or invalid, at once."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in (setting for setting in table() if setting.name in names):
        try:
            text = _text_of(setting, env)
            if text is not None:
                values[setting.name] = setting.metadata["read"](text)
            elif setting.default is MISSING:
                problems.append(f"{setting.metadata['variable']} is missing: {setting.metadata['doc']}")
        except (ValueError, OSError) as error:
            problems.append(f"{setting.metadata['variable']}: {error}")
    if problems:
        raise SettingsError("\n".join(problems))
    return values


def unknown_variables(env: Mapping[str, str], also: frozenset[str] = frozenset()) -> Iterator[str]:
    """SMARTAPP_ names in the environment that no setting reads: usually a typing error."""
    known = {s.metadata["variable"] for s in table()}
    known |= {f"{s.metadata['variable']}_FILE" for s in table() if s.metadata["secret"]}
    yield from sorted(name for name in env if name.startswith("SMARTAPP_") and name not in known | also)


def _text_of(setting: Field[Any], env: Mapping[str, str]) -> str | None:
    """The setting's text; a secret may stand in a file instead. Raises ValueError or OSError."""
    variable = setting.metadata["variable"]
    text = env.get(variable)
    path = env.get(f"{variable}_FILE") if setting.metadata["secret"] else None
    if text and path:
        raise ValueError(f"set either {variable} or {variable}_FILE, not both")
    if path:
        return Path(os.fspath(path)).read_text(encoding="utf-8").strip()
    return text.strip() if text and text.strip() else None
