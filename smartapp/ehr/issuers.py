"""The issuers file (TOML, one table per EHR) -> :class:`Issuers`: the only EHRs Loadpath ever talks to.

Every problem of the file is named with its table and key, all at once.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import msgspec

from smartapp.ehr.addresses import as_origin, normal_base, origin, safe_scheme
from smartapp.ehr.issuer_tables import (
    CLINICIANS,
    Backend,
    Export,
    HookClient,
    Roles,
    is_same_caller,
    read_backend,
    read_export,
    read_hook_client,
    read_roles,
)
from smartapp.errors import SettingsError, UnknownIssuer

CHOICES: Mapping[str, tuple[str, ...]] = {
    "auth": ("public", "client_secret_basic", "private_key_jwt"),
    "authorize": ("auto", "get"),
    "basic_encoding": ("raw", "form"),
    "key_algorithm": ("RS384", "ES384"),
    "scope_version": ("auto", "v1", "v2"),
    "refresh": ("online", "offline", "none"),
    "pkce": ("S256",),
}
USER_TYPES = CLINICIANS | {"Patient", "RelatedPerson", "Person"}
_MISPLACED = "must not stand here: name the variable in client_secret_env"
_TABLES = ("roles", "backend", "export", "cds_hooks", "iss")  # read apart
_KINDS = {bool: "true or false", Mapping[str, Any]: "a table", str: "text", tuple[str, ...]: "a list of texts"}


@dataclass(frozen=True)
class Issuer:
    """One EHR as its administrator registered us there. ``iss`` is its FHIR base in normal form."""

    key: str
    iss: str
    client_id: str
    auth: str = "public"
    authorize: str = "auto"  # auto: by a posted form where the EHR offers that; get: always by an address
    name: str = ""
    client_secret: str = field(default="", repr=False)
    basic_encoding: str = "raw"  # of client_secret_basic; RFC 6749 says form, SMART and most servers mean raw
    key_file: str = ""  # private key in SMARTAPP_KEYS; the newest one there if empty
    key_algorithm: str = ""  # with which of our keys we sign; what the key can if empty
    jku: str = ""  # our JWKS address, only if registered with the EHR
    scopes: str = ""  # instead of our own list
    scope_version: str = "auto"
    refresh: str = "online"
    pkce: str = ""  # S256: the site knows that it takes that, though it publishes no method
    nonce_required: bool = True
    issuer: str = ""  # OpenID issuer, where it must be one certain
    id_token_issuer: str = ""  # iss of its id_tokens, for an EHR whose tokens name another than it publishes
    hosts: tuple[str, ...] = ()  # other origins or hosts of its authorize, token and key addresses
    frame_ancestors: tuple[str, ...] = ()  # origins of EHR pages that may show us in a frame
    chart_link: str = ""  # link into the chart, with {reference} and {patient}
    own_callback: bool = False  # it answers to /callback/<key>, known to no other EHR (mix-up, T2)
    batch: bool = False  # the chart is asked for in one batch, where the EHR declares that it takes any
    standalone: bool = True  # offered on the page for standalone launch
    therapist_qr: bool = False  # a therapist's link is shown as a QR code too, also on the packet
    therapist_forms: bool = False  # coordinators write a therapist's report as QuestionnaireResponse
    therapist_documents: bool = False  # what comes back of a referral is written as DocumentReference
    roles: Roles = field(default_factory=Roles)
    cds_hooks: HookClient | None = None  # how it calls our CDS services; None: it may not
    backend: Backend | None = None
    export: Export | None = None
    site: Mapping[str, Any] = field(default_factory=dict)  # for other rooms: write profile and the like

    @property
    def title(self) -> str:
        return self.name or self.key

    @property
    def by_itself(self) -> "Issuer":
        """As the token address is asked without a person: by our key, under the client_id that is registered for it."""
        named = self.backend.client_id if self.backend else ""
        return replace(self, auth="private_key_jwt", client_id=named or self.client_id)

    @property
    def exporting(self) -> "Issuer":
        """The same for an export, which may be registered apart."""
        named = self.export.client_id if self.export else ""
        return replace(self.by_itself, backend=None, client_id=named or self.by_itself.client_id)

    @property
    def origins(self) -> tuple[str, ...]:
        """Its own, and those the administrator listed."""
        return (origin(self.iss), *map(as_origin, self.hosts))

    def may_reach(self, url: str) -> bool:
        """Whether an address of this EHR's configuration lies on one of its origins."""
        try:
            return origin(url) in self.origins
        except ValueError:
            return False


@dataclass(frozen=True)
class Issuers:
    """All EHRs we may be launched from."""

    all: tuple[Issuer, ...]

    def find(self, iss: str) -> Issuer:
        """The issuer of exactly this address; raises UnknownIssuer without any network call."""
        try:
            wanted = normal_base(iss)
        except ValueError:
            wanted = ""
        if found := next((issuer for issuer in self.all if issuer.iss == wanted), None):
            return found
        raise UnknownIssuer("This launch came from an EHR address that is not in the list of registered EHRs.")

    def __iter__(self) -> Iterator[Issuer]:
        return iter(self.all)


def read_issuers(path: Path, env: Mapping[str, str], dev_loopback: bool = False) -> Issuers:
    """The issuers file; secrets come from the environment or files it names. Raises SettingsError naming each fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"SMARTAPP_ISSUERS: {path} cannot be read: {error.strerror}") from error
    return parse_issuers(text, env, dev_loopback, str(path))


def parse_issuers(text: str, env: Mapping[str, str], dev_loopback: bool = False, name: str = "issuers") -> Issuers:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{name}: {error}") from error
    problems: list[str] = []
    found: list[Issuer] = []
    for key, table in tables.items():
        reader = _Reader(f"{name}: [{key}]", table if isinstance(table, dict) else {}, env, dev_loopback, problems)
        issuer = reader.issuer(key)
        if issuer.iss and any(issuer.iss == other.iss for other in found):
            reader.fault("iss", "is the same as in another table")
        if issuer.cds_hooks and any(is_same_caller(issuer.cds_hooks, other.cds_hooks) for other in found):
            reader.fault("cds_hooks", "has iss and tenant of another table: its calls could be of either EHR")
        found.append(issuer)
    if not found and not problems:
        problems.append(f"{name}: there is no EHR in it")
    if problems:
        raise SettingsError("\n".join(problems))
    return Issuers(tuple(found))


@dataclass
class _Reader:
    """Reads one table and notes every fault; what it returns counts only if there was none."""

    where: str
    table: dict[str, Any]
    env: Mapping[str, str]
    dev_loopback: bool
    problems: list[str]

    def fault(self, key: str, says: str) -> None:
        self.problems.append(f"{self.where} {key} {says}")

    def issuer(self, key: str) -> Issuer:
        kinds = {f.name: f.type for f in fields(Issuer) if f.name not in ("key", "client_secret")}
        for unknown in sorted(set(self.table) - set(kinds) - {"client_secret_env", "client_secret_file"}):
            self.fault(unknown, _MISPLACED if unknown == "client_secret" else "is not a key this file knows")
        values = {n: self.value(n, kind) for n, kind in kinds.items() if n in self.table and n not in _TABLES}
        found = {"client_id": "", **{name: value for name, value in values.items() if value is not None}}
        issuer = Issuer(
            **found,
            key=key,
            iss=self.iss(),
            roles=read_roles(self.table.get("roles", {}), self.fault),
            backend=read_backend(self.table["backend"], self.fault) if "backend" in self.table else None,
            export=read_export(self.table["export"], self.fault) if "export" in self.table else None,
            cds_hooks=self.hooks(),
            client_secret=self.secret(),
        )
        self.check(issuer)
        return issuer

    def value(self, key: str, kind: Any) -> Any:
        """None where it is of another kind."""
        try:
            value = msgspec.convert(self.table[key], kind)
        except msgspec.ValidationError:
            self.fault(key, f"must be {_KINDS[kind]}")
            return None
        if key in CHOICES and value not in CHOICES[key]:
            self.fault(key, f"must be one of {', '.join(CHOICES[key])}")
        for item in value if isinstance(value, tuple) else ():
            try:
                as_origin(item)
            except ValueError as error:
                self.fault(key, f"{item!r} {error}")
        return value

    def iss(self) -> str:
        iss = self.table.get("iss")
        try:
            base = normal_base(iss) if isinstance(iss, str) else ""
        except ValueError as error:
            self.fault("iss", str(error))
            return ""
        if not base:
            self.fault("iss", "is missing: the FHIR base address of the EHR")
        elif not safe_scheme(base, self.dev_loopback):
            self.fault("iss", "must be https (http only on a loopback address with SMARTAPP_DEV_LOOPBACK=1)")
        return base

    def secret(self) -> str:
        names = {key: self.table[key] for key in ("client_secret_env", "client_secret_file") if key in self.table}
        for key, name in names.items():
            if not isinstance(name, str) or "\0" in name:
                self.fault(key, "must be text")
                return ""
        if path := names.get("client_secret_file"):
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self.fault("client_secret_file", "cannot be read")
        if (variable := names.get("client_secret_env", "")) and not self.env.get(variable):
            self.fault("client_secret_env", f"names {variable}, which is not set")
        return self.env.get(variable, "")

    def hooks(self) -> HookClient | None:
        if "cds_hooks" not in self.table:
            return None
        return read_hook_client(self.table["cds_hooks"], self.fault, self.dev_loopback)

    def check(self, issuer: Issuer) -> None:
        if not issuer.client_id:
            self.fault("client_id", "is missing")
        named = {"client_secret_env", "client_secret_file"} & set(self.table)
        if issuer.auth == "client_secret_basic" and not named:
            self.fault("client_secret_env", "is missing: client_secret_basic needs a secret")
        if issuer.auth != "client_secret_basic" and named:
            self.fault(min(named), f"is of no use with auth = {issuer.auth!r}")
        if issuer.key_file and "/" in issuer.key_file:
            self.fault("key_file", "must be a name inside the folder of SMARTAPP_KEYS")
        for key in ("issuer", "jku"):
            if (value := getattr(issuer, key)) and not safe_scheme(value, self.dev_loopback):
                self.fault(key, "must be https")
