"""Turns pyproject.toml and constraints.txt into a ready ``.venv``, once; a second call sees the stamp and returns.

    python3 deploy/environment.py app          what running Loadpath needs
    python3 deploy/environment.py dev          that and what its tests need
    .venv/bin/python deploy/environment.py pin     writes constraints.txt from what is installed now

It must start on whatever ``python3`` is there, so that an old one gets a sentence instead of a syntax error: standard
library only, and nothing newer than Python 3.6 outside the functions that run after the version check.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
CONSTRAINTS = os.path.join(ROOT, "constraints.txt")
PYPROJECT = os.path.join(ROOT, "pyproject.toml")
OLDEST = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")

CONSTRAINTS_HEADER = """\
# Every package Loadpath or its tests install, each at one version; no addresses, so any index or mirror will do.
# Written by "make pin" from an environment in which "make test" passed; the ranges we accept are in pyproject.toml.
"""


def main(arguments):
    if arguments not in (["app"], ["dev"], ["pin"]):
        return "usage: environment.py app | dev | pin"
    if sys.version_info < OLDEST:
        return continue_with_newer_python(arguments)
    if arguments == ["pin"]:
        return write_constraints()
    return prepare(arguments[0])


def continue_with_newer_python(arguments):
    """Hands over to a newer Python if the machine has one; otherwise the sentence that says so."""
    for name in NEWER_NAMES:
        found = shutil.which(name)
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([found, os.path.abspath(__file__), *arguments])
    have = "%d.%d" % sys.version_info[:2]
    return (
        "Loadpath needs Python 3.11 or newer, and this is %s. Install a newer one, or name it: make PYTHON=..." % have
    )


def prepare(kind):
    wanted = requirements(kind)
    stamp = os.path.join(VENV, "loadpath-%s.stamp" % kind)
    fingerprint = describe(wanted)
    if read(stamp) == fingerprint:
        return 0
    say("Setting up Loadpath (once; needs a package index, about a minute)")
    problem = make_venv()
    if problem:
        return problem
    say("  installing %d packages and what they need, at the versions in constraints.txt" % len(wanted))
    if not pip_install(wanted):
        return "Installing packages failed: see the lines above. Is a package index reachable? Then run it again."
    if not pip_install(["--no-build-isolation", "--no-deps", "--editable", ROOT]):
        return "Installing Loadpath itself failed: see the lines above."
    # Once here instead of at each start where Python may not write beside its sources.
    subprocess.call(
        [VENV_PYTHON, "-m", "compileall", "-q", os.path.join(ROOT, "smartapp"), os.path.join(ROOT, "launch")]
    )
    with open(stamp, "w") as file:
        file.write(fingerprint)
    say("  ready")
    return 0


def make_venv():
    """Creates ``.venv`` if there is none; returns a sentence if that cannot be done."""
    if os.path.exists(VENV_PYTHON) and subprocess.call([VENV_PYTHON, "-c", ""], stderr=subprocess.DEVNULL) == 0:
        return None
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "Python's venv module is missing here. On Debian or Ubuntu: apt-get install python3-venv"
    say("  creating .venv with Python %d.%d.%d" % sys.version_info[:3])
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        return "Creating .venv failed: see the lines above."
    return None


def pip_install(arguments):
    """Runs pip, shows one line of progress for every package, and everything pip said if it fails."""
    command = [VENV_PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--progress-bar", "off", "--constraint", CONSTRAINTS, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said, seen = [], 0
    for line in process.stdout:
        said.append(line)
        if line.startswith("Collecting "):
            seen += 1
            progress("  %3d %s" % (seen, re.split(r"[^\w.-]", line.split()[1])[0]))
        elif line.startswith("Installing collected"):
            progress("  unpacking")
    end_progress()
    if process.wait() == 0:
        return True
    sys.stdout.write("".join(said[-25:]))
    return False


def write_constraints():
    """Pins everything that the declared requirements reach in the environment running this."""
    lines = ["%s==%s\n" % pair for pair in sorted(reached(requirements("dev")).items())]
    with open(CONSTRAINTS, "w") as file:
        file.write(CONSTRAINTS_HEADER + "".join(lines))
    say("constraints.txt: %d packages" % len(lines))
    return 0


def reached(wanted):
    """Every package, by canonical name with its installed version, that the requirements ``wanted`` lead to."""
    from importlib.metadata import distribution

    from packaging.requirements import Requirement

    versions, walked, waiting = {}, set(), [Requirement(text) for text in wanted]
    while waiting:
        requirement = waiting.pop()
        step = (canonical(requirement.name), frozenset(requirement.extras))
        if step in walked:
            continue
        walked.add(step)
        found = distribution(requirement.name)
        versions[step[0]] = found.version
        for child in map(Requirement, found.requires or ()):
            environments = [{"extra": extra} for extra in ("", *requirement.extras)]
            if child.marker is None or any(map(child.marker.evaluate, environments)):
                waiting.append(child)
    return versions


def requirements(kind):
    """What pyproject.toml asks for: to build, to run and, for ``dev``, to test."""
    import tomllib

    with open(PYPROJECT, "rb") as file:
        declared = tomllib.load(file)
    wanted = declared["build-system"]["requires"] + declared["project"]["dependencies"]
    return wanted + declared["project"]["optional-dependencies"]["dev"] if kind == "dev" else wanted


def describe(wanted):
    """Changes whenever the environment must be made again: a requirement, a pin, a command, the Python or this file."""
    parts = [repr(wanted), "".join(pins()), "%d.%d" % sys.version_info[:2], ROOT, str(read(__file__))]
    scripts = re.search(r"\[project\.scripts\][^\[]*", read(PYPROJECT) or "")
    return hashlib.sha256("\n".join([*parts, scripts.group() if scripts else ""]).encode()).hexdigest()


def pins():
    return [line for line in (read(CONSTRAINTS) or "").splitlines(True) if "==" in line]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def say(text):
    print(text, flush=True)


def progress(text):
    """One line that rewrites itself on a terminal, plain lines elsewhere."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        sys.stdout.write("\r" + text[:width].ljust(width))
        sys.stdout.flush()
    else:
        say(text)


def end_progress():
    if sys.stdout.isatty():
        sys.stdout.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
        sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("\nStopped; run it again to go on.")
