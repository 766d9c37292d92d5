"""clang-tidy over every source of a build folder: python3 tools/lint/tidy.py BUILD [part of a path…].

Most of its time goes into headers, so neighbours are looked at together; where two of them use a name twice, the group is
halved. What was found clean is remembered by its preprocessed text, so that a second run looks at changes alone."""

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
TOGETHER = 6
FOLDERS = ("canonical", "dialects", "backends", "config", "gateway", "benchmarks", "tests")


def flags_of(entry):
    """What the compiler is told, but for the file, its output and whatever runs the compiler."""
    words = shlex.split(entry["command"])
    words = words[next(at for at, word in enumerate(words) if "clang" in Path(word).name) + 1 :]
    output = words.index("-o")
    return tuple(words[:output] + words[output + 2 :])[: -2 if words[-2] == "-c" else None]


def groups_of(entries):
    """Sources of the same flags in the order of their paths, a few at a time: (flags, paths)."""
    by_flags = {}
    for entry in entries:
        by_flags.setdefault(flags_of(entry), []).append(Path(entry["file"]))
    for flags, paths in by_flags.items():
        paths.sort()
        for start in range(0, len(paths), TOGETHER):
            yield flags, paths[start : start + TOGETHER]


def is_wanted(path, parts):
    ours = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in FOLDERS
    return ours and (not parts or any(part in str(path) for part in parts))


class Tidy:
    def __init__(self, build):
        self.build = build
        self.rules = (ROOT / ".clang-tidy").read_bytes() + subprocess.check_output(["clang-tidy", "--version"])
        MEMORY.mkdir(parents=True, exist_ok=True)

    def findings(self, group):
        flags, paths = group
        text = "".join(f'#include "{path.relative_to(ROOT)}"\n' for path in paths)
        source = self.build / "tidy" / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.cpp"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(text)
        clean = MEMORY / self.key(flags, source)
        if clean.exists():
            return []
        if len(paths) > 1 and self.clang(flags, "-fsyntax-only", source).returncode:
            half = len(paths) // 2
            return self.findings((flags, paths[:half])) + self.findings((flags, paths[half:]))
        run = subprocess.run(
            ["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}", source, "--", *flags],
            cwd=ROOT, text=True, capture_output=True,
        )
        if run.returncode:
            return [run.stdout or run.stderr]
        clean.touch()
        return []

    def key(self, flags, source):
        text = self.clang(flags, "-E", "-P", "-C", source).stdout
        return hashlib.sha256(self.rules + text).hexdigest()

    def clang(self, flags, *arguments):
        return subprocess.run(["clang++", *flags, *arguments], cwd=ROOT, capture_output=True)


def main(build, *parts):
    entries = json.loads(Path(build, "compile_commands.json").read_text())
    wanted = [entry for entry in entries if is_wanted(Path(entry["file"]), parts)]
    tidy = Tidy(Path(build).resolve())
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        found = [text for texts in workers.map(tidy.findings, groups_of(wanted)) for text in texts]
    print("\n".join(found) if found else f"clang-tidy: {len(wanted)} sources, nothing found")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
