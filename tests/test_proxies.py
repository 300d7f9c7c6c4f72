"""The proxies of deploy/, run as they stand there before the real server: what reaches it, comes back and is logged."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from requests.adapters import HTTPAdapter

from tests.journey.live import _free_port

pytestmark = pytest.mark.slow
DEPLOY = Path(__file__).parents[1] / "deploy"
NAME = "loadpath.example"
CLIENT = "127.0.0.2"  # the proxy itself calls from 127.0.0.1
WITHIN = 60.0


class From(HTTPAdapter):
    """Connections from an address that is not the proxy's, to the site's name wherever it runs."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(
            *args, **kwargs, source_address=(CLIENT, 0), server_hostname=NAME, assert_hostname=NAME
        )


@dataclass(frozen=True)
class Site:
    tls: int  # port
    clear: int
    app: int
    folder: Path
    environment: dict[str, str]

    def get(self, path: str, method: str = "GET", **more) -> requests.Response:
        session = requests.Session()
        session.mount("https://", From())
        headers = {"Host": NAME, **more.pop("headers", {})}
        url, trusted = f"https://127.0.0.1:{self.tls}{path}", str(self.folder / "fullchain.pem")
        return session.request(method, url, headers=headers, allow_redirects=False, timeout=30, verify=trusted, **more)

    def in_clear(self, path: str) -> requests.Response:
        url = f"http://127.0.0.1:{self.clear}{path}"
        return requests.get(url, headers={"Host": NAME}, allow_redirects=False, timeout=30)


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return chain, private


def nginx(site: Site, told: str) -> list[str]:
    for said, here in (("listen 443", f"listen {site.tls}"), ("listen 80;", f"listen {site.clear};")):
        assert said in told
        told = told.replace(said, here)
    whole = site.folder / "nginx.conf"
    (site.folder / "loadpath.conf").write_text(told, encoding="utf-8")
    whole.write_text(
        f"daemon off; pid {site.folder}/pid; error_log {site.folder}/error.log;\n"
        f"events {{}}\nhttp {{ include {site.folder}/loadpath.conf; }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-p", str(site.folder), "-c", str(whole)]


def caddy(site: Site, told: str) -> list[str]:
    own = f"{{\n\tadmin off\n\thttp_port {site.clear}\n\thttps_port {site.tls}\n\tauto_https disable_certs\n}}\n"
    (site.folder / "Caddyfile").write_text(own + told, encoding="utf-8")
    return ["caddy", "run", "--adapter", "caddyfile", "--config", str(site.folder / "Caddyfile")]


PROXIES = {"nginx": ("nginx.conf", nginx), "caddy": ("Caddyfile", caddy)}


@pytest.fixture(scope="module", params=PROXIES)
def site(request, tmp_path_factory) -> Iterator[Site]:
    """The server and one of the proxies, its file changed only in name of files, address and ports."""
    if not shutil.which(request.param):
        pytest.skip(f"no {request.param}: install Debian's package")
    folder = tmp_path_factory.mktemp(request.param)
    app = _free_port()
    (folder / "issuers.toml").write_text(
        '[ehr]\niss = "https://ehr.example/fhir"\nclient_id = "loadpath"\nauth = "public"\n', encoding="utf-8"
    )
    environment = os.environ | {
        "SMARTAPP_SECRET": "a secret long enough for the tests", "SMARTAPP_BASE_URL": f"https://{NAME}",
        "SMARTAPP_TRUSTED_PROXIES": "1", "SMARTAPP_ISSUERS": str(folder / "issuers.toml"),
        "SMARTAPP_DATABASE": str(folder / "loadpath.db"), "SMARTAPP_KEYS": str(folder / "keys"),
        "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder),
    }  # fmt: skip
    made = Site(_free_port(), _free_port(), app, folder, environment)
    chain, private = certificate(folder)
    file, command = PROXIES[request.param]
    told = (DEPLOY / file).read_text(encoding="utf-8")
    for said, here in (
        ("/etc/ssl/loadpath/fullchain.pem", chain), ("/etc/ssl/loadpath/privkey.pem", private),
        ("127.0.0.1:8080", f"127.0.0.1:{app}"), (f"/var/log/{request.param}/", f"{folder}/"),
    ):  # fmt: skip
        assert said in told, said
        told = told.replace(said, str(here))
    serve = [sys.executable, "-m", "smartapp", "serve", "--port", str(app)]
    with running(serve, made, "serve"), running(command(made, told), made, "proxy"):
        ready(made)
        yield made


@contextmanager
def running(command: list[str], site: Site, log: str) -> Iterator[None]:
    with (site.folder / log).open("ab") as out:
        process = subprocess.Popen(command, env=site.environment, stdout=out, stderr=out)
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def ready(site: Site) -> None:
    give_up = time.monotonic() + WITHIN
    while True:
        try:
            if site.get("/readyz").ok:
                return
        except requests.RequestException:
            pass
        told = "\n".join((site.folder / name).read_text() for name in ("serve", "proxy"))
        assert time.monotonic() < give_up, told
        time.sleep(0.2)


def test_a_page_comes_as_over_https_with_all_its_headers_once(site):
    page = site.get("/about")
    assert page.status_code == 200 and "Strict-Transport-Security" in page.headers
    for name in ("Content-Type", "Content-Security-Policy", "Strict-Transport-Security"):
        assert len(page.raw.headers.getlist(name)) == 1, name
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "frame-ancestors" in page.headers["Content-Security-Policy"] and "X-Frame-Options" not in page.headers
    assert not {"nginx/", "Caddy"} & {page.headers.get("Server", "")}


def test_whoever_calls_is_named_in_the_trail_and_not_whom_they_say_they_are(site):
    """An issuer nobody registered is refused, and that is noted with the address."""
    refused = site.get("/launch?iss=https://nobody.example&launch=x", headers={"X-Forwarded-For": "203.0.113.9"})
    assert 400 <= refused.status_code < 500
    command = [sys.executable, "-m", "smartapp", "audit", "export"]
    trail = subprocess.run(command, env=site.environment, capture_output=True, text=True, timeout=120, check=True)
    told = "\n".join(line for line in trail.stdout.splitlines() if json.loads(line)["resourceType"] == "AuditEvent")
    assert CLIENT in told and "203.0.113.9" not in told


def test_a_request_has_an_id_from_the_proxy_by_which_its_line_is_found(site):
    page = site.get("/launch?iss=https://nobody.example&launch=x", headers={"X-Request-Id": "chosen-by-the-client"})
    told = (site.folder / "serve").read_text(encoding="utf-8")
    assert "chosen-by-the-client" not in told and "chosen-by-the-client" not in page.text


@pytest.mark.parametrize(("path", "size", "passes"), [("/launch", 300_000, False), ("/cds-services/x", 300_000, True)])
def test_what_is_too_large_is_refused_at_the_door_but_a_prefetch_passes(site, path, size, passes):
    status = site.get(path, "POST", data=b"x" * size).status_code
    assert (status in (413, 502)) is not passes  # 502: Caddy 2.6, which calls it an error of what stands behind it


def test_in_clear_only_a_typed_address_is_led_to_https(site):
    page = site.in_clear("/about")
    assert page.status_code in (301, 308) and page.headers["Location"].startswith(f"https://{NAME}")


def test_the_log_of_the_proxy_opens_nothing(site):
    for path in (
        "/l/SECRETLAUNCH/sign",
        "/t/SECRETLINK",
        "/calendar/SECRETFEED.ics",
        "/callback?code=SECRETCODE&state=s",
    ):
        site.get(path)
    give_up = time.monotonic() + WITHIN
    while "/callback" not in (told := (site.folder / "loadpath.log").read_text(encoding="utf-8")):
        assert time.monotonic() < give_up, told
        time.sleep(0.1)
    assert "SECRET" not in told and "/l/..." in told


def test_the_unit_starts_what_there_is():
    """systemd's own checker where there is one; the command line by the app's own parser."""
    unit = (DEPLOY / "loadpath.service").read_text(encoding="utf-8")
    (command,) = (line.partition("=")[2].split() for line in unit.splitlines() if line.startswith("ExecStart="))
    asked = subprocess.run([sys.executable, "-m", "smartapp", *command[1:], "--help"], capture_output=True, check=False)
    assert asked.returncode == 0 and "%" not in unit
