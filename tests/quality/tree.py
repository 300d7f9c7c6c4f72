"""What must never be in the repository: secrets, addresses of package indexes, one machine's paths, vague names.

Each rule turns a file's name and text into the lines that break it. The patterns are put together from pieces, so that
this file does not break its own rules.
"""

import math
import re
import subprocess
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

# Where package indexes and container registries live; the tests of this project must not depend on any one of them.
INDEX_HOSTS = [
    *("pypi" + ".org", "files.python" + "hosted.org", "python" + "hosted.org", "registry.npm" + "js.org"),
    *("npm" + "js.com", "static.crates" + ".io", "crates" + ".io", "proxy.golang" + ".org", "repo1.maven" + ".org"),
    *("repo.maven.apache" + ".org", "deb.debian" + ".org", "security.debian" + ".org", "docker" + ".io"),
    *("gcr" + ".io", "ghcr" + ".io", "quay" + ".io"),
]
MACHINE_PATHS = [
    re.compile(rf"(?<![\w./-])/{name}/[\w.-]") for name in ("work", "root", "home", "Users", "mnt", "workspace")
]
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "service", "processor", "misc", "common"}

PRIVATE_KEY = re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----")
PRIVATE_JWK = re.compile(r'"d"\s*:\s*"[\w-]{20,}"')
SIGNED_TOKEN = re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}")
ATTACHED = re.compile(r'(?<="data": ")([A-Za-z0-9+/=]{32,})(?=")')
# Without "/": a path is long and mixed, too.
LONG_TOKEN = re.compile(r"(?<![\w+=-])[A-Za-z0-9+_-]{32,}={0,2}(?![\w+=-])")
# Bits per character: English and code stay under 4, base64 of random bytes of this length lies above 4.2.
RANDOM_BITS = 4.2


@cache
def tracked() -> tuple[str, ...]:
    """Every file of the repository, also those not yet committed; nothing that is ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


def texts() -> Iterator[tuple[str, str]]:
    for name in tracked():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            yield name, content.decode("utf-8")


def secrets_in(text: str) -> Iterator[str]:
    text = ATTACHED.sub(lambda found: readable(found[1]), text)
    for pattern in (PRIVATE_KEY, PRIVATE_JWK, SIGNED_TOKEN):
        yield from pattern.findall(text)
    yield from (token for token in LONG_TOKEN.findall(text) if looks_random(token))


def readable(attached: str) -> str:
    """A FHIR attachment as the words it holds, in which secrets are looked for as anywhere; else as it stands."""
    try:
        return b64decode(attached, validate=True).decode("utf-8")
    except ValueError:
        return attached


def looks_random(token: str) -> bool:
    """Whether a long word is more likely a key than a name: mixed kinds of character, and many different ones."""
    kinds = sum(any(test(c) for c in token) for test in (str.islower, str.isupper, str.isdigit))
    return kinds == 3 and bits_per_character(token) > RANDOM_BITS


def bits_per_character(token: str) -> float:
    return -sum(n / len(token) * math.log2(n / len(token)) for n in Counter(token).values())


def index_hosts_in(text: str) -> Iterator[str]:
    yield from (host for host in INDEX_HOSTS if re.search(rf"(?<![\w-]){re.escape(host)}\b", text))


def machine_paths_in(text: str) -> Iterator[str]:
    yield from (found.group() for pattern in MACHINE_PATHS for found in pattern.finditer(text))


def vague_name(name: str) -> bool:
    """A unit of systemd ends in ``.service``: that is its kind, not its name."""
    return any(
        part in VAGUE_NAMES
        for word in PurePosixPath(name.removesuffix(".service")).parts
        for part in re.split(r"[._-]", word.lower())
    )
