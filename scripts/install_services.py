"""Fetch Apache Jena Fuseki for the tests, through Maven, into .cache/fuseki.

The Oxigraph server comes with the dev extra; Virtuoso is a package of Debian. Tests of a service
that is not there are skipped by name.

    python scripts/install_services.py
"""

import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "fuseki"
VERSION = "4.10.0"  # the last that runs on Java 11
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
EXIT_MISSING_PART = 3


def main() -> int:
    """Fetch Fuseki if it is not there yet, and say what was done."""
    jar = CACHE / f"jena-fuseki-server-{VERSION}.jar"
    if jar.is_file():
        print(f"Fuseki is there: {jar.name}")
        return 0
    maven = shutil.which("mvn")
    if maven is None:
        print("Fuseki is not there, and Maven is not installed to fetch it.", file=sys.stderr)
        return EXIT_MISSING_PART
    CACHE.mkdir(parents=True, exist_ok=True)
    artifact = f"-Dartifact=org.apache.jena:jena-fuseki-server:{VERSION}"
    command = [maven, "-q", "-B", PLUGIN, artifact, f"-DoutputDirectory={CACHE}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not jar.is_file():
        said = (done.stdout + done.stderr).strip().splitlines() or ["no reason given"]
        print(f"Maven could not fetch Fuseki: {said[0]}", file=sys.stderr)
        return EXIT_MISSING_PART
    print(f"Fuseki was fetched: {jar.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
