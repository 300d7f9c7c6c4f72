"""Writes everything generated in this folder: python -m fhir_profiles.generate [FOLDER]

With SUSHI at hand (npx) it is compiled as well, where --compile asks for it.
"""

import argparse
from pathlib import Path

from fhir_profiles.generate.folder import HERE, write_compiled, write_folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m fhir_profiles.generate", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=HERE, help="written into; this folder if not given")
    parser.add_argument("--compile", action="store_true", help="compile with SUSHI afterwards (needs npx)")
    options = parser.parse_args()
    write_folder(options.folder)
    if options.compile:
        print(f"{write_compiled(options.folder)} resources compiled")


if __name__ == "__main__":
    main()
