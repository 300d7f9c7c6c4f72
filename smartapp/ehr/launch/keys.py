"""Keys of both sides: our files -> client assertions (private_key_jwt) and our JWKS; an EHR's JWKS address -> its keys.

A key of ours is one private JWK in ``<kid>.json``. Rotation without downtime: :func:`make_key` adds one, every worker
that shares the folder publishes it from its next answer on (:class:`KeyFolder`), and it signs only after
:data:`PUBLISHED_FIRST`, because EHRs cache our JWKS; :func:`remove_key` takes one away that signs no more.
Sources: SMART App Launch 2.2, client-confidential-asymmetric; RFC 7523.
"""

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from joserfc.errors import JoseError

from smartapp.ehr.http_client import HttpClient, TtlCache
from smartapp.ehr.issuers import Issuer
from smartapp.errors import NEXT, EhrUnavailable, SettingsError, Who
from smartapp.settings import Settings

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

log = logging.getLogger("smartapp.ehr.launch.keys")

ALGORITHMS = ("RS384", "ES384")
PUBLISHED_FIRST = 24 * 3600.0  # seconds a new key is published before it signs, longer than EHRs cache (ours)
ASSERTION_SECONDS = 240  # the specification allows five minutes at most
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_RSA_BITS = 3072
REFETCH_SECONDS = 60.0  # at most one fetch of an EHR's keys in so long because a token does not fit them (ours)
_MOST_KEYS = 50


@dataclass(frozen=True)
class Key:
    kid: str
    algorithm: str
    made: float  # seconds since the epoch
    private: "RSAKey | ECKey"

    def public(self) -> dict[str, Any]:
        """The JWK an EHR may see: with alg and use (some launchers refuse keys without), never a private member."""
        members = {k: v for k, v in self.private.as_dict(private=False).items() if k not in _PRIVATE}
        members.pop("key_ops", None)
        return {**members, "kid": self.kid, "alg": self.algorithm, "use": "sig"}


class Keys(Protocol):
    """What signs for us and what we publish: a :class:`KeyRing`, or a :class:`KeyFolder` that follows its files."""

    def public_jwks(self) -> dict[str, Any]: ...

    def for_issuer(self, issuer: Issuer, now: float) -> Key: ...


class KeyRing:
    """The private keys of one folder, as they were when it was read."""

    def __init__(self, keys: tuple[Key, ...]):
        self._keys = tuple(sorted(keys, key=lambda key: key.made))

    def public_jwks(self) -> dict[str, Any]:
        return {"keys": [key.public() for key in self._keys]}

    def for_issuer(self, issuer: Issuer, now: float) -> Key:
        """The key to sign with for this EHR. Raises SettingsError if there is none."""
        fit = [key for key in self._keys if issuer.key_algorithm in ("", key.algorithm)]
        if issuer.key_file:
            fit = [key for key in fit if f"{key.kid}.json" == issuer.key_file]
        settled = [key for key in fit if now - key.made >= PUBLISHED_FIRST] or fit[:1]
        if not settled:
            raise SettingsError(f"There is no private key for [{issuer.key}]: make one with “smartapp keys add”.")
        return settled[-1]

    def signing(self, now: float) -> frozenset[str]:
        """kids of the keys that sign now, of each algorithm; the others wait, or are there for what was signed."""
        found = set()
        for algorithm in ALGORITHMS:
            fit = [key for key in self._keys if key.algorithm == algorithm]
            if fit:
                found.add(([key for key in fit if now - key.made >= PUBLISHED_FIRST] or fit[:1])[-1].kid)
        return frozenset(found)

    def described(self, now: float) -> Iterator[str]:
        """Each key in a line: which signs, and from when one that waits will."""
        signing = self.signing(now)
        for key in self._keys:
            waits = key.made + PUBLISHED_FIRST > now
            at = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(key.made + PUBLISHED_FIRST))
            does = "signs" if key.kid in signing else f"is published, signs from {at}" if waits else "may be removed"
            yield f"{key.kid}  {key.algorithm}  {does}"


class KeyFolder:
    """The keys of a folder as they are now: a changed folder is read again, at the price of one look at its files.

    A file that cannot be read, such as one that is being copied in, changes nothing until it can.
    """

    def __init__(self, folder: Path):
        self._folder, self._lock = folder, threading.Lock()
        self._ring, self._seen = read_keys(folder), _look(folder)

    def public_jwks(self) -> dict[str, Any]:
        return self._now().public_jwks()

    def for_issuer(self, issuer: Issuer, now: float) -> Key:
        return self._now().for_issuer(issuer, now)

    def _now(self) -> KeyRing:
        seen = _look(self._folder)
        if seen != self._seen:
            with self._lock:
                try:
                    self._ring, self._seen = read_keys(self._folder), seen
                    log.info("keys were read again", extra={"event": "keys"})
                except SettingsError:
                    log.error("a key file cannot be read; the keys stay as they were", extra={"event": "keys"})
        return self._ring


def _look(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, time and size of every key file."""
    found = []
    for path in sorted(folder.glob("*.json")):
        with suppress(OSError):  # taken away meanwhile
            about = path.stat()
            found.append((path.name, about.st_mtime_ns, about.st_size))
    return tuple(found)


def read_keys(folder: Path) -> KeyRing:
    """All keys of the folder; an absent folder has none. Raises SettingsError naming the file."""
    return KeyRing(tuple(_read(path) for path in sorted(folder.glob("*.json"))))


def make_key(folder: Path, algorithm: str, now: float, signs_at_once: bool = False) -> Path:
    """Write a new private key that only its owner may read; returns its file."""
    from joserfc.jwk import ECKey, RSAKey  # noqa: PLC0415 -- slow

    key = RSAKey.generate_key(_RSA_BITS) if algorithm == "RS384" else ECKey.generate_key("P-384")
    kid = f"{time.strftime('%Y%m%d', time.gmtime(now))}-{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{kid}.json"
    made = int(now - PUBLISHED_FIRST) if signs_at_once else int(now)
    text = json.dumps({**key.as_dict(private=True), "kid": kid, "alg": algorithm, "made": made})
    being_made = folder / f".{kid}"  # in its place at once and whole: other processes look at the folder
    being_made.touch(mode=0o600, exist_ok=False)
    being_made.write_text(text, encoding="utf-8")
    return being_made.rename(path)


def remove_key(folder: Path, kid: str, now: float) -> None:
    """Take a key away that does not sign. Raises SettingsError for one that does, or is not there."""
    ring = read_keys(folder)
    if kid not in {key["kid"] for key in ring.public_jwks()["keys"]}:
        raise SettingsError(f"There is no key {kid} in {folder}.")
    if kid in ring.signing(now):
        raise SettingsError(f"The key {kid} signs at present: add another, and remove this one once that one signs.")
    (folder / f"{kid}.json").unlink()


def replace_key(folder: Path, kid: str, now: float) -> Path:
    """For a key that others may have: a new one signs from now on and the old one is gone. Raises SettingsError.

    An EHR that keeps our key set for a while may refuse us until it fetches it anew; that is the price.
    """
    found = next((key for key in read_keys(folder).public_jwks()["keys"] if key["kid"] == kid), None)
    if found is None:
        raise SettingsError(f"There is no key {kid} in {folder}.")
    made = make_key(folder, found["alg"], now, signs_at_once=True)
    (folder / f"{kid}.json").unlink()
    return made


def client_assertion(key: Key, issuer: Issuer, token_url: str, now: float) -> str:
    """A signed JWT for exactly this token address; every call has its own jti, so a retry is never a replay."""
    from joserfc import jwt  # noqa: PLC0415 -- slow

    header = {"alg": key.algorithm, "kid": key.kid, "typ": "JWT", **({"jku": issuer.jku} if issuer.jku else {})}
    claims = {
        "iss": issuer.client_id,
        "sub": issuer.client_id,
        "aud": token_url,
        "iat": int(now),
        "exp": int(now) + ASSERTION_SECONDS,
        "jti": secrets.token_urlsafe(24),
    }
    return jwt.encode(header, claims, key.private, algorithms=[key.algorithm])


def _read(path: Path) -> Key:
    from joserfc.jwk import ECKey, RSAKey  # noqa: PLC0415 -- slow

    kinds: Mapping[str, type[RSAKey] | type[ECKey]] = dict(zip(ALGORITHMS, (RSAKey, ECKey), strict=True))
    try:
        jwk = json.loads(path.read_text(encoding="utf-8"))
        algorithm, made = jwk.pop("alg"), float(jwk.pop("made", 0))
        key = kinds[algorithm].import_key(jwk)
        if not key.is_private or jwk.get("kid") != path.stem:
            raise ValueError("it must be a private key whose kid is the file's name")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise SettingsError(f"SMARTAPP_KEYS: {path.name} is not a private key made by “smartapp keys add”.") from error
    return Key(path.stem, algorithm, made, key)


class KeysUnreadable(EhrUnavailable):
    """Something else than keys lies where the EHR says they are; waiting does not mend that."""

    status = 502
    title = "The EHR's signing keys cannot be used"
    who = Who.EHR
    next_step = NEXT[who]


class KeyStore:
    """The EHRs' public keys, by JWKS address."""

    def __init__(self, http_client: HttpClient, settings: Settings, clock: Callable[[], float] = time.monotonic):
        self._http_client = http_client
        self._cache: TtlCache[tuple[Mapping[str, Any], ...]] = TtlCache(settings.discovery_seconds, clock)
        self._half = settings.discovery_seconds / 2
        self._clock = clock
        self._doubted: dict[str, float] = {}  # when the keys of an address were last fetched out of turn

    def keys(self, url: str, *, renew: bool = False) -> tuple[Mapping[str, Any], ...]:
        """Raises EhrUnavailable where they cannot be had and none are kept."""
        return self._cache.get(url, lambda: self._fetch(url), self._half if renew else None)

    def newer(self, url: str) -> tuple[Mapping[str, Any], ...]:
        """Fetched anew because a token does not fit those kept: the EHR may have changed them, also under the old name.

        Asked for once in REFETCH_SECONDS, whether it succeeds or not: whoever sends us wrong tokens must not be able to
        make us ask the EHR without end. In between, what is kept; a launch that comes during the fetch waits for it.
        """
        return self._cache.get(url, lambda: self._fetch_out_of_turn(url), fresher_than=-1.0)

    def _fetch_out_of_turn(self, url: str) -> tuple[Mapping[str, Any], ...]:
        now = self._clock()
        if url in self._doubted and now - self._doubted[url] < REFETCH_SECONDS:
            raise EhrUnavailable("The EHR's signing keys were fetched a moment ago.")
        self._doubted[url] = now
        return self._fetch(url)

    def _fetch(self, url: str) -> tuple[Mapping[str, Any], ...]:
        answer = self._http_client.send("GET", url, headers={"Accept": "application/json"}, most_bytes=1024 * 1024)
        if answer.status_code >= 500:
            raise EhrUnavailable(f"The EHR's signing keys could not be read (HTTP {answer.status_code}).")
        try:
            keys = answer.object().get("keys") if answer.status_code == 200 else None
        except ValueError:
            keys = None
        if not isinstance(keys, list):
            raise KeysUnreadable(f"The EHR's signing keys could not be read (HTTP {answer.status_code}).")
        return tuple(key for key in keys[:_MOST_KEYS] if isinstance(key, dict))
