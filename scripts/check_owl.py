"""Check that the ontology is OWL 2 DL, consistent, and OWL 2 RL but for listed exceptions.

Three checks over ontology, concepts and alignments as one: the DL profile (OWLAPI's own checker),
consistency and satisfiability of every class (HermiT), and the RL profile against the table of
exceptions in docs/ontology-profile.md. All run through ROBOT, which Maven fetches once into its
own repository; the class path is kept in .cache/robot. Needs Java and Maven, and says which of
the checks it skips without them.

    python scripts/check_owl.py [--required] [--offline] [RDF file …]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from rdflib import OWL, RDF, XSD, Graph, Literal, URIRef

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "robot"
PROFILE_PAGE = ROOT / "docs" / "ontology-profile.md"
ROBOT_VERSION = "1.9.8"
CHECKS = ("OWL 2 DL profile", "consistency and satisfiability (HermiT)", "OWL 2 RL profile")
IRI = URIRef("https://w3id.org/diaspora-kg/ontology")
PREFIXES = {
    "https://w3id.org/diaspora-kg/ontology#": "dkg:",
    "https://w3id.org/diaspora-kg/concept/": "dkgc:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
}
UNKNOWN_TO_HERMIT = {XSD.gYear, XSD.gYearMonth, XSD.date}
EXIT_FINDINGS, EXIT_MISSING_PART = 1, 3

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.w3id.diaspora-kg</groupId>
  <artifactId>owl-check</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.obolibrary.robot</groupId>
      <artifactId>robot-command</artifactId>
      <version>{ROBOT_VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


class MissingPartError(Exception):
    """Java, Maven or ROBOT is not at hand."""


def classpath(offline: bool) -> str:
    """Return the class path of ROBOT, fetching it through Maven if it is not there yet."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise MissingPartError(f"{program} is not installed")
    kept = CACHE / f"classpath-{ROBOT_VERSION}.txt"
    if kept.exists():
        path = kept.read_text("utf-8").strip()
        if all(Path(jar).exists() for jar in path.split(os.pathsep)):
            return path
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "pom.xml").write_text(POM, "utf-8")
    command = [shutil.which("mvn") or "mvn", "-q", "-B", "-f", str(CACHE / "pom.xml")]
    command += ["-o"] if offline else []
    command += ["dependency:build-classpath", f"-Dmdep.outputFile={kept}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not kept.exists():
        said = (done.stdout + done.stderr).strip().splitlines()
        raise MissingPartError(f"Maven could not provide ROBOT: {said[0] if said else 'no reason'}")
    return kept.read_text("utf-8").strip()


def merged(folder: Path, extra: Iterable[Path] = ()) -> tuple[Graph, int]:
    """Return the ontology as one graph with one header, and how many dates were left out of it."""
    graph = Graph()
    for file in [*sorted(folder.rglob("*.ttl")), *extra]:
        graph.parse(file)
    for header in set(graph.subjects(RDF.type, OWL.Ontology)):
        graph.remove((header, OWL.imports, None))
        if header != IRI:
            graph.remove((header, None, None))
    left_out = 0
    for triple in list(graph):
        value = triple[2]
        if isinstance(value, Literal) and value.datatype in UNKNOWN_TO_HERMIT:
            graph.remove(triple)
            left_out += 1
    return graph, left_out


def robot(path: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command of ROBOT."""
    quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # halves what a short run costs
    command = ["java", "-Xmx1500m", *quick, "-cp", path]
    command.append("org.obolibrary.robot.CommandLineInterface")
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """Return what ROBOT said, without its advice on options."""
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return "\n".join(line for line in lines if not line.startswith(("Use the ", "SLF4J")))


def short(axiom: str) -> str:
    """Return an axiom of a profile report as the table of exceptions writes it."""
    axiom = re.sub(r"^.*?\[(.*) in OntologyID\(.*$", r"\1", axiom)
    axiom = re.sub(r"Annotation\((?:[^()\"]|\"[^\"]*\")*\) ?", "", axiom)
    for namespace, prefix in PREFIXES.items():
        axiom = re.sub(rf"<{re.escape(namespace)}([^>]*)>", rf"{prefix}\1", axiom)
    return axiom.strip()


def rl_violations(report: str) -> set[str]:
    """Return the axioms that a report of the RL profile names."""
    lines = report.splitlines()
    return {short(line) for line in lines if " in OntologyID(" in line}


def listed_exceptions(page: str) -> set[str]:
    """Return the axioms in the first column of the table of exceptions."""
    return set(re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE))


def check_dl(path: str, ontology: Path) -> list[str]:
    """Return what breaks the DL profile."""
    report = ontology.with_name("dl.txt")
    done = robot(path, "validate-profile", "--profile", "DL", "-i", ontology, "-o", report)
    if not done.returncode:
        return []
    said = report.read_text("utf-8") if report.exists() else complaint(done)
    return [f"{CHECKS[0]}: {said}"]


def check_consistency(path: str, ontology: Path) -> list[str]:
    """Return why the ontology has no model, or which class has no member in any."""
    done = robot(
        path, "reason", "--reasoner", "HermiT", "--equivalent-classes-allowed", "asserted-only",
        "-i", ontology, "-o", ontology.with_name("reasoned.ttl"),
    )  # fmt: skip
    return [f"{CHECKS[1]}: {complaint(done)}"] if done.returncode else []


def check_rl(path: str, ontology: Path, listed: set[str]) -> list[str]:
    """Return the axioms outside OWL 2 RL that are not listed, and those listed in vain."""
    report = ontology.with_name("rl.txt")
    done = robot(path, "validate-profile", "--profile", "RL", "-i", ontology, "-o", report)
    found = rl_violations(report.read_text("utf-8")) if report.exists() else set()
    if done.returncode and not found:
        return [f"{CHECKS[2]}: {complaint(done)}"]
    findings = [f"{CHECKS[2]}: not listed: {axiom}" for axiom in sorted(found - listed)]
    return findings + [f"{CHECKS[2]}: listed in vain: {axiom}" for axiom in sorted(listed - found)]


def main() -> int:
    """Run the checks and tell what they found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="further RDF, such as accepted facts")
    parser.add_argument("--required", action="store_true", help="a skipped check is a failure")
    parser.add_argument("--offline", action="store_true", help="take ROBOT only from local disk")
    arguments = parser.parse_args()
    try:
        path = classpath(arguments.offline)
    except MissingPartError as error:
        print(f"skipped: {'; '.join(CHECKS)}. {error}.", file=sys.stderr)
        return EXIT_MISSING_PART if arguments.required else 0
    graph, left_out = merged(ROOT / "ontology", arguments.files)
    listed = listed_exceptions(PROFILE_PAGE.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        ontology = Path(folder) / "ontology.ttl"
        graph.serialize(ontology, format="turtle", encoding="utf-8")
        findings = check_dl(path, ontology)
        findings += check_consistency(path, ontology)
        findings += check_rl(path, ontology, listed)
    for finding in findings:
        print(finding)
    if findings:
        return EXIT_FINDINGS
    note = f", {left_out} dates left out, which HermiT does not know" if left_out else ""
    print(f"good: {'; '.join(CHECKS)} ({len(graph)} triples{note})", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
