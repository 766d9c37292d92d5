"""clang-tidy over every source of a build folder: python3 tools/lint/tidy.py BUILD [part of a path…]. What was found
clean once is remembered by what the preprocessor makes of it, so that a second run looks at changes alone."""

import hashlib
import json
import os
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dragoman-tidy"


def ours(entry, parts):
    path = Path(entry["file"])
    if not path.is_relative_to(ROOT) or path.is_relative_to(ROOT / "build") or path.is_relative_to(ROOT / "cmake"):
        return False
    return not parts or any(part in str(path.relative_to(ROOT)) for part in parts)


def key(entry, rules):
    command = shlex.split(entry["command"])
    command = command[1:] if Path(command[0]).name == "ccache" else command
    output = command.index("-o")
    command[output : output + 2] = []
    made = subprocess.run([*command, "-E", "-P", "-C"], cwd=entry["directory"], check=True, capture_output=True).stdout
    return hashlib.sha256(rules + made).hexdigest()


def findings(entry, build, rules):
    clean = MEMORY / key(entry, rules)
    if clean.exists():
        return ""
    run = subprocess.run(["clang-tidy", "--quiet", "-p", build, entry["file"]], text=True, capture_output=True)
    if run.returncode == 0:
        clean.touch()
        return ""
    return run.stdout or run.stderr


def main(build, *parts):
    MEMORY.mkdir(parents=True, exist_ok=True)
    rules = (ROOT / ".clang-tidy").read_bytes() + subprocess.check_output(["clang-tidy", "--version"])
    entries = [entry for entry in json.loads(Path(build, "compile_commands.json").read_text()) if ours(entry, parts)]
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        found = list(filter(None, workers.map(lambda entry: findings(entry, build, rules), entries)))
    print("\n".join(found) if found else f"clang-tidy: {len(entries)} sources, nothing found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
