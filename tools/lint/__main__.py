"""Runs every lint over what git knows or would add: python3 tools/lint. Prints each finding as file:line: what."""

import subprocess
import sys
from pathlib import Path

import awaits
import includes
import links
import packages
import statements
import words

LINTS = (awaits, includes, links, packages, statements, words)


def read(root):
    names = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True, text=True,
    ).stdout.split("\0")
    files = {}
    for name in filter(None, names):
        path = root / name
        if path.is_file() and not path.is_symlink():
            try:
                files[name] = path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                pass  # no text
    return files


def main():
    files = read(Path(__file__).resolve().parents[2])
    findings = [finding for lint in LINTS for finding in lint.problems(files)]
    print("\n".join(findings) if findings else f"lint: {len(files)} files, {len(LINTS)} lints, nothing found")
    return bool(findings)


sys.exit(main())
