"""The door to the network over real sockets: pooled connections, bounded time and size, nothing kept between users."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest

from smartapp.ehr.answer import NoAnswer
from smartapp.ehr.bulkhead import Budget
from smartapp.ehr.http_client import AddressRefused, HttpClient

from .launching import SETTINGS

HEADERS = {"Accept": "application/json"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        self.server.cookies.append(self.headers.get("Cookie"))  # type: ignore[attr-defined]
        getattr(self, self.path.strip("/"), self.plain)()

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def plain(self, body: bytes = b"{}", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def cookie(self) -> None:
        self.plain(Set_Cookie="session=of-somebody-else; Path=/")

    def redirect(self) -> None:
        self.plain(status=302, Location="/plain")

    def refused(self) -> None:
        self.plain(b"no", status=403)

    def packed(self) -> None:
        """Compressed and in chunks, as most EHRs answer."""
        body = gzip.compress(b'{"a": "' + b"x" * 40_000 + b'"}')
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(body), 30):
            part = body[start : start + 30]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def bomb(self) -> None:
        self.plain(gzip.compress(b" " * 20_000_000), Content_Encoding="gzip")

    def empty(self) -> None:
        self.plain(b"")

    def big(self) -> None:
        self.plain(b"x" * 100_000)

    def hang(self) -> None:
        time.sleep(1.0)
        self.close_connection = True

    def drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self._drip()

    def drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip()

    def _drip(self) -> None:
        self.close_connection = True
        try:
            for _ in range(400):
                self.wfile.write(b"x" * 10)
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            self.server.gone.set()  # type: ignore[attr-defined]

    def cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.write(b"{")
        self.close_connection = True


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.connections, server.cookies = 0, []  # type: ignore[attr-defined]
    server.gone = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def base(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def http_client() -> HttpClient:
    return HttpClient(replace(SETTINGS, read_seconds=0.5, connect_seconds=0.5, answer_bytes=50_000))


def test_one_connection_serves_many_requests(server, base: str, http_client: HttpClient) -> None:
    for path in ("plain", "packed", "empty", "redirect", "packed", "plain"):
        http_client.send("GET", f"{base}/{path}", headers=HEADERS)
    assert server.connections == 1


def test_a_packed_answer_is_unpacked(base: str, http_client: HttpClient) -> None:
    assert http_client.send("GET", f"{base}/packed", headers=HEADERS).object() == {"a": "x" * 40_000}


def test_a_cookie_of_one_answer_is_not_in_the_next_request(server, base: str, http_client: HttpClient) -> None:
    http_client.send("GET", f"{base}/cookie", headers=HEADERS)
    http_client.send("GET", f"{base}/plain", headers=HEADERS)
    assert server.cookies == [None, None]


def test_a_redirect_is_an_answer_not_a_direction(server, base: str, http_client: HttpClient) -> None:
    assert http_client.send("GET", f"{base}/redirect", headers=HEADERS).status_code == 302
    assert len(server.cookies) == 1


@pytest.mark.parametrize(
    ("path", "says"), [("big", "larger"), ("bomb", "larger"), ("hang", "in time"), ("cut", "broke off")]
)
def test_an_answer_is_bounded(base: str, http_client: HttpClient, path: str, says: str) -> None:
    with pytest.raises(NoAnswer, match=says) as failed:
        http_client.send("GET", f"{base}/{path}", headers=HEADERS)
    assert failed.value.sent


@pytest.mark.parametrize("path", ["drip", "drip_headers"])
def test_an_answer_that_drips_in_is_given_up(server, base: str, http_client: HttpClient, path: str) -> None:
    """Each piece comes in time, the whole does not: the server would go on, and finds us gone."""
    with pytest.raises(NoAnswer, match="in time") as failed:
        http_client.send("GET", f"{base}/{path}", headers=HEADERS)
    assert failed.value.sent and server.gone.wait(10)


def test_a_connection_that_was_in_time_is_used_again(server, base: str, http_client: HttpClient) -> None:
    """The deadline of one request is none of the next one's."""
    http_client.send("GET", f"{base}/plain", headers=HEADERS)
    time.sleep(1.1)
    http_client.send("GET", f"{base}/plain", headers=HEADERS)
    assert server.connections == 1


def test_a_chart_has_a_budget_that_its_requests_share(base: str, http_client: HttpClient) -> None:
    budget = Budget(45_000)
    http_client.send("GET", f"{base}/packed", headers=HEADERS, spend=budget.spend)
    with pytest.raises(NoAnswer, match="whole chart is larger") as failed:
        http_client.send("GET", f"{base}/packed", headers=HEADERS, spend=budget.spend)
    assert failed.value.timed_out, "it is not asked again"


# -- files of an export


def patient_for(seconds: float, to_next: float = 10.0) -> HttpClient:
    """One that lets a file be larger, and take longer, than an answer. ``to_next``: seconds to the next piece of it."""
    limits = {"export_file_bytes": 1_000_000, "export_seconds": seconds}
    return HttpClient(replace(SETTINGS, read_seconds=to_next, connect_seconds=0.5, answer_bytes=50_000, **limits))


@pytest.fixture
def patient() -> HttpClient:
    return patient_for(30.0)


def download(http_client: HttpClient, url: str, file: BytesIO, spend: Callable[[int], None] = lambda size: None) -> int:
    return http_client.download(url, file, headers=HEADERS, spend=spend).status_code


@pytest.mark.parametrize(("path", "size"), [("big", 100_000), ("packed", 40_009)])
def test_a_file_may_be_larger_than_an_answer_and_is_never_whole_in_memory(
    base: str, patient: HttpClient, path: str, size: int
) -> None:
    file, pieces = BytesIO(), list[int]()
    assert download(patient, f"{base}/{path}", file, pieces.append) == 200
    assert len(file.getvalue()) == sum(pieces) == size and max(pieces) <= 64 * 1024


@pytest.mark.parametrize(
    ("path", "limits", "says"),
    [("bomb", (30.0,), "larger"), ("hang", (30.0, 0.5), "in time"), ("drip", (1.5,), "in time"),
     ("cut", (30.0,), "broke off")],
)  # fmt: skip
def test_a_file_is_bounded_too(base: str, path: str, limits: tuple[float, ...], says: str) -> None:
    """In size, in the time to the next piece, and in all."""
    with pytest.raises(NoAnswer, match=says):
        download(patient_for(*limits), f"{base}/{path}", BytesIO())


def test_what_is_no_file_is_not_written(base: str, patient: HttpClient) -> None:
    file = BytesIO()
    assert download(patient, f"{base}/redirect", file) == 302
    assert patient.download(f"{base}/refused", file, headers=HEADERS, spend=lambda size: None).body == b"no"
    assert file.getvalue() == b""


def test_where_nobody_listens_nothing_was_sent(http_client: HttpClient) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(NoAnswer) as failed:
            http_client.send("GET", f"http://127.0.0.1:{deaf.getsockname()[1]}/plain", headers=HEADERS)
    assert not failed.value.sent


@pytest.mark.parametrize(
    "url", ["http://ehr.example/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "//127.0.0.1/x", "http:///x", ""]
)
def test_only_https_or_this_machine(http_client: HttpClient, url: str) -> None:
    with pytest.raises(AddressRefused):
        http_client.send("GET", url, headers=HEADERS)


def test_without_the_flag_not_even_this_machine(base: str, server) -> None:
    strict = HttpClient(replace(SETTINGS, dev_loopback=False, base_url="https://loadpath.example"))
    with pytest.raises(AddressRefused):
        strict.send("GET", f"{base}/plain", headers=HEADERS)
    assert server.connections == 0


def test_the_machines_netrc_does_not_replace_our_token(
    base: str, http_client: HttpClient, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    seen: list[str | None] = []
    monkeypatch.setattr(Handler, "plain", lambda self: (seen.append(self.headers["Authorization"]), _empty(self)))
    http_client.send("GET", f"{base}/plain", headers={"Authorization": "Bearer ours"})
    assert seen == ["Bearer ours"]


def _empty(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
