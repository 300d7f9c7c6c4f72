"""The Authorization header of a CDS Hooks call -> which EHR calls, or a refusal that says what was wrong with it.

Every call counts, discovery included. Only what the issuers file names is believed: issuer, address of keys, tenant.
A token is taken once, by whichever worker comes first. No refusal repeats what the token said.
Source: CDS Hooks 2.0, Trusting CDS Clients; RFC 7519, RFC 8725.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from joserfc.errors import JoseError

from smartapp.ehr.issuer_tables import HookClient
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.id_token import LEEWAY, candidates, is_time, token_part
from smartapp.ehr.launch.keys import KeyStore
from smartapp.errors import CallerRefused, EhrError, EhrUnavailable, Who

ALGORITHMS = ("ES384", "RS384")  # those of the specification; never none, never a secret shared by both
LIFETIME = 3600.0  # seconds from iat to exp: some take an hour, most five minutes (ours)
KEYS_DOWN = 10.0  # seconds in which keys that could not be fetched are not asked for again (ours)
_LONGEST_TOKEN, _LONGEST_JTI = 8192, 256  # characters (ours)
_WHAT_TO_SET = (
    "No EHR may call CDS services here: Loadpath's administrator has to name it in the issuers file, "
    'cds_hooks = { iss = "...", jku = "..." } in its table.'
)


class CallerUnchecked(EhrUnavailable):
    """The caller may be right: its keys cannot be had at this moment."""

    title = "The calling EHR's signing keys are not available"


class HookClients:
    """``use_token(issuer, jti, until)`` says whether this token was not taken before, in any worker."""

    def __init__(
        self,
        issuers: Iterable[Issuer],
        keys: KeyStore,
        use_token: Callable[[str, str, float], bool],
        clock: Callable[[], float],
    ):
        self._callers = tuple((each, each.cds_hooks) for each in issuers if each.cds_hooks is not None)
        self._keys, self._use_token, self._clock = keys, use_token, clock
        self._down: dict[str, float] = {}

    def caller(self, authorization: str, url: str) -> Issuer:
        """Who calls ``url``, an address below our own base. Raises CallerRefused, CallerUnchecked."""
        if not self._callers:
            raise CallerRefused(_WHAT_TO_SET, who=Who.SITE)
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(token.strip()) <= _LONGEST_TOKEN:
            raise CallerRefused("The call has no Authorization header with a Bearer token, a JWT signed by the EHR.")
        token = token.strip()
        header, claimed = _part(token, 0), _part(token, 1)
        _check_header(header)
        issuer, client = self._registered(claimed, header.get("jku"))
        claims = self._signed(token, header, client.jku)
        now = self._clock()
        _check_audience(claims.get("aud"), url)
        _check_times(claims, now)
        jti = claims.get("jti")
        if not isinstance(jti, str) or not 0 < len(jti) <= _LONGEST_JTI:
            raise CallerRefused("The token has no jti, or a longer one than is taken: it cannot be told from a copy.")
        if not self._use_token(client.iss, jti, claims["exp"] + LEEWAY):
            raise CallerRefused("The token was used before: each call needs one of its own (jti).")
        return issuer

    def _registered(self, claims: Mapping[str, Any], jku: Any) -> tuple[Issuer, HookClient]:
        """The EHR with these names. An absent jku means keys agreed on beforehand, which the registered ones are."""
        known = [each for each in self._callers if each[1].iss == claims.get("iss")]
        if not known:
            raise CallerRefused("The token's iss is not one that is registered as cds_hooks.iss in the issuers file.")
        known = [each for each in known if each[1].tenant in ("", claims.get("tenant"))]
        if not known:
            raise CallerRefused("The token's tenant is not the one that is registered for this iss.")
        if jku not in (None, known[0][1].jku):
            raise CallerRefused("The token's jku is not the address that is registered for this iss.")
        return known[0]

    def _signed(self, token: str, header: Mapping[str, Any], jku: str) -> dict[str, Any]:
        """The claims, as the key of this kid signed them."""
        from joserfc import jwt  # noqa: PLC0415 -- slow

        algorithm, kid, found = header["alg"], header["kid"], False
        for published in (self._keys.keys, self._keys.newer):
            named = tuple(key for key in self._fetched(published, jku) if key.get("kid") == kid)
            found = found or bool(named)
            for key in candidates(named, algorithm, kid):
                try:
                    return dict(jwt.decode(token, key, algorithms=[algorithm]).claims)
                except (JoseError, ValueError, TypeError):
                    continue
        if not found:
            raise CallerRefused("The token's kid is not among the keys at the registered jku.")
        raise CallerRefused("The token's signature does not fit the key of its kid at the registered jku.")

    def _fetched(
        self, published: Callable[[str], tuple[Mapping[str, Any], ...]], jku: str
    ) -> tuple[Mapping[str, Any], ...]:
        """Whoever sends us tokens must not make us wait for an EHR that is down, call after call."""
        if time.monotonic() < self._down.get(jku, 0.0):
            raise CallerUnchecked("The keys at the registered jku could not be read a moment ago.")
        try:
            return published(jku)
        except EhrError as error:
            self._down[jku] = time.monotonic() + KEYS_DOWN
            raise CallerUnchecked("The keys at the registered jku could not be read.") from error


def _part(token: str, which: int) -> dict[str, Any]:
    try:
        return token_part(token, which)
    except ValueError as error:
        raise CallerRefused("The token is not a signed JWT.") from error


def _check_header(header: Mapping[str, Any]) -> None:
    """What the header says of keys (jwk, x5u, x5c) is never looked at."""
    if header.get("alg") not in ALGORITHMS:
        raise CallerRefused(f"The token's alg must be one of {', '.join(ALGORITHMS)}.")
    if header.get("typ") != "JWT":
        raise CallerRefused("The token's typ must be JWT.")
    if not isinstance(header.get("kid"), str) or not header["kid"]:
        raise CallerRefused("The token has no kid: it does not say which key signed it.")
    if "crit" in header:
        raise CallerRefused("The token demands extensions (crit), and none is known here.")


def _check_audience(audience: Any, url: str) -> None:
    """Exactly the address that is called: a token of another service, or of discovery, is none for this one."""
    if url not in (audience if isinstance(audience, list) else [audience]):
        raise CallerRefused(f"The token's aud must be the address that is called, {url}.")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if not all(is_time(claims.get(name)) for name in ("exp", "iat")) or not is_time(claims.get("nbf", 0)):
        raise CallerRefused("The token's exp and iat must be there, in seconds, and so must nbf be if it is.")
    here = f"the clock here says {time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime(now))} UTC"
    if claims["exp"] <= now - LEEWAY:
        raise CallerRefused(f"The token has expired (exp): {here}.")
    if claims["iat"] > now + LEEWAY:
        raise CallerRefused(f"The token is dated in the future (iat): {here}.")
    if claims.get("nbf", 0) > now + LEEWAY:
        raise CallerRefused(f"The token does not count yet (nbf): {here}.")
    if claims["exp"] - claims["iat"] > LIFETIME:
        raise CallerRefused(f"The token lives longer than {LIFETIME:.0f} seconds from iat to exp.")
