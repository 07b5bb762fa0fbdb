"""Run the sessions in README.md and docs/tutorial.md, and put their real output under them.

    python scripts/run_docs.py            rewrite the output of every session
    python scripts/run_docs.py --check    say where the output has become another, and fail

A session is a block fenced as ``console``: lines that begin with ``$ `` are run by the shell, what
follows is their output. ``console lines=9`` keeps so many lines of each output. A block fenced as
``yaml file=NAME`` (or ``text file=NAME``) is written to that file before the next session.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def main(arguments: list[str]) -> int:
    """Run all pages; rewrite or compare them."""
    stale = []
    for page in PAGES:
        text = page.read_text("utf-8")
        with tempfile.TemporaryDirectory(prefix="diaspora-kg-docs-") as folder:
            played = play(text, Path(folder))
        if played != text:
            stale.append(page)
            if "--check" not in arguments:
                page.write_text(played, "utf-8")
    for page in stale:
        print(f"{page.relative_to(ROOT)}: the output of a session is another now", file=sys.stderr)
    return 1 if stale and "--check" in arguments else 0


def play(text: str, folder: Path) -> str:
    """Return a page with the output that its sessions have in a folder."""
    home = Path(sys.executable).parent

    def replace(match: re.Match[str]) -> str:
        info, body = match["info"], match["body"]
        name = re.search(r"\bfile=(\S+)", info)
        if name:
            target = folder / name.group(1)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body, "utf-8")
        if not info.startswith("console"):
            return match.group()
        limit = re.search(r"\blines=(\d+)", info)
        most = int(limit.group(1)) if limit else 40
        commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
        played = "".join(f"$ {c}\n{output(c, folder, home, most)}" for c in commands)
        return f"```{info}\n{played}```"

    return BLOCK.sub(replace, text)


def output(command: str, folder: Path, home: Path, most: int) -> str:
    """Return what a command prints, standard error included, cut to some lines."""
    environment = {
        **os.environ,
        "PATH": f"{home}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
        "COLUMNS": "96",
        "XDG_CACHE_HOME": str(folder / ".cache"),
    }
    environment.pop("DIASPORA_KG", None)
    program = f'"{sys.executable}" -m diaspora_kg'
    done = subprocess.run(
        re.sub(r"(?<![\w/.-])diaspora-kg(?= )", lambda _: program, command),
        cwd=folder,
        shell=True,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    lines = done.stdout.decode("utf-8").replace(str(folder) + os.sep, "").splitlines()
    shown = [line.rstrip() for line in lines]
    if len(shown) > most:
        shown = [*shown[:most], "…"]
    return "".join(line + "\n" for line in shown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
