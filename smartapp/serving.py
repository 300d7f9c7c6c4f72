"""``smartapp serve``: the application in one or several processes of Waitress on one socket.

A process that is asked to end (SIGTERM, Ctrl-C) takes no new connection, finishes what it is answering, and goes; a
process that dies is replaced. Which server, and why: docs/decisions/0008.
"""

import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from waitress.server import create_server  # type: ignore[import-untyped]

from smartapp import create_app
from smartapp.errors import LoadpathError
from smartapp.logs import log_to_stderr
from smartapp.settings import Settings

DRAIN_SECONDS = 25.0  # to finish what runs; Kubernetes kills after 30 (ours)
# Of a request, before anything of it is looked at; a form's own limit is smaller (application.BODY_BYTES). All ours.
HEADER_BYTES = 32 * 1024
BODY_BYTES = 256 * 1024
CONNECTIONS = 1000  # open at once in one worker
SILENT_SECONDS = 60  # a connection that says nothing, or takes nothing, for so long is closed
_UNUSABLE = 3  # exit status of a worker that could not start: another one could not either
_AGAIN_AFTER = 1.0  # seconds before a dead worker is replaced; ours
_STEP = 0.2
_ENDS = (signal.SIGTERM, signal.SIGINT)


def serve(
    host: str,
    port: int,
    threads: int,
    workers: int = 1,
    drain_seconds: float = DRAIN_SECONDS,
    metrics: tuple[str, int] | None = None,
) -> int:
    """Serve until a signal ends it; exit status. ``metrics``: host and port on which a process of its own answers
    Prometheus. Raises LoadpathError where the settings cannot be used, and OSError where nothing can listen there."""
    log_to_stderr(os.environ.get("SMARTAPP_LOG_LEVEL", "info"))
    with ExitStack() as until, _listening(host, port) as listener:
        if metrics:  # named before anything of the app is made: each worker writes its counters there
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = until.enter_context(TemporaryDirectory(prefix="loadpath-metrics-"))
        if workers == 1 and metrics is None:
            _work(listener, threads, drain_seconds, said=f"Loadpath: http://{host}:{port}")
            return 0
        sys.stdout.write(f"Loadpath: http://{host}:{port} ({workers} workers)\n")
        sys.stdout.flush()
        return _Foreman(listener, threads, drain_seconds, metrics).oversee(workers)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    return socket.create_server((host, port), family=family, backlog=1024)


def _work(listener: socket.socket, threads: int, drain_seconds: float, said: str = "") -> None:
    """One worker: until it is asked to end, and then until what it is answering is answered."""
    settings = Settings.from_env(os.environ)
    app = create_app(settings)
    channels: dict[int, Any] = {}
    server = create_server(
        app,
        map=channels,
        sockets=[listener],
        threads=threads,
        ident="loadpath",
        max_request_header_size=HEADER_BYTES,
        max_request_body_size=max(settings.hook_bytes, BODY_BYTES),
        connection_limit=CONNECTIONS,
        channel_timeout=SILENT_SECONDS,
        cleanup_interval=SILENT_SECONDS // 2,
        # Waitress drops X-Forwarded headers of nobody it knows; how many of them are believed is the app's to say.
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
    )
    ending: list[int] = []

    def end(number: int, _: FrameType | None) -> None:
        ending.append(number)
        server.pull_trigger()  # wakes the loop

    for number in _ENDS:
        signal.signal(number, end)
    if said:
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()
    while not ending:
        server.asyncore.loop(timeout=1.0, use_poll=True, map=channels, count=1)
    server.del_channel(channels)  # no new connection; those that are open go on
    listener.close()
    give_up = time.monotonic() + drain_seconds
    while _is_answering(server) and time.monotonic() < give_up:
        server.asyncore.loop(timeout=_STEP, use_poll=True, map=channels, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def _answer_scraper(host: str, port: int) -> None:
    from smartapp.metrics import serve_metrics  # noqa: PLC0415 -- only where somebody measures

    serve_metrics(host, port)


def _as_child(act: Callable[[], None]) -> int:
    """Exit status of this in a process of its own."""
    for number in _ENDS:
        signal.signal(number, signal.SIG_DFL)  # until it has its own: the foreman's are not for it
    try:
        act()
    except LoadpathError as error:
        sys.stderr.write(f"{error}\n")
        return _UNUSABLE
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stderr.flush()
    return 0


def _is_answering(server: Any) -> bool:
    return any(channel.requests or channel.total_outbufs_len for channel in list(server.active_channels.values()))


class _Foreman:
    """Keeps workers running, and one that answers the scraper; ends them all when it is asked to end."""

    def __init__(
        self, listener: socket.socket, threads: int, drain_seconds: float, metrics: tuple[str, int] | None = None
    ):
        self._listener, self._metrics = listener, metrics
        self._work = partial(_work, listener, threads, drain_seconds)
        self._running: dict[int, Callable[[], None]] = {}  # process: what it does
        self._ending = False

    def oversee(self, workers: int) -> int:
        """Exit status: 0 when it was asked to end, that of a worker which could not start."""
        for number in _ENDS:
            signal.signal(number, self._end)
        for _ in range(workers):
            self._start(self._work)
        if self._metrics:
            self._start(partial(_answer_scraper, *self._metrics))
        while self._running:
            try:
                ended, status = os.wait()
            except ChildProcessError:
                break
            act = self._running.pop(ended, self._work)
            self._forget(ended)
            code = os.waitstatus_to_exitcode(status)
            if code == _UNUSABLE and not self._ending:
                self._end(signal.SIGTERM, None)
                while self._running:
                    self._running.pop(os.wait()[0], None)
                return _UNUSABLE
            if not self._ending:
                sys.stderr.write(f"Process {ended} ended by itself ({code}); another one is started.\n")
                time.sleep(_AGAIN_AFTER)
                self._start(act)
        return 0

    def _forget(self, worker: int) -> None:
        """What it held at its end is held no more; what it counted stays counted."""
        if self._metrics:
            for file in Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).glob(f"gauge_live*_{worker}.db"):
                file.unlink(missing_ok=True)

    def _start(self, act: Callable[[], None]) -> None:
        if self._ending:
            return
        child = os.fork()  # before anything of the app is made: each worker has connections and threads of its own
        if child:
            self._running[child] = act
            if self._ending:  # asked to end in this very moment
                os.kill(child, signal.SIGTERM)
            return
        os._exit(_as_child(act))  # a worker never becomes a second foreman

    def _end(self, _: int, __: FrameType | None) -> None:
        self._ending = True
        self._listener.close()  # or whoever comes now would wait for nobody
        for child in self._running:
            os.kill(child, signal.SIGTERM)
