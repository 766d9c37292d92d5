"""The project speaks of itself alone: no path or host of the machine that somebody wrote it on, nothing put off."""

import re

from sources import line_of

_FORBIDDEN = [
    (re.compile(r"(?<![\w.~-])/(?:work|tmp|root|home)/[\w.]"), "a path of somebody's machine"),
    (re.compile(r"\bshared/(?:design|models|front-end|reference|prototypes|seeds)\b"), "a paper that is not in the project"),
    (re.compile(r"\b(?:deb|security|ftp)\.debian\.[a-z]+|\bpypi\.|\bregistry\.npm|\bcrates\.io\b|\bproxy\.golang\b"), "a package host"),
    (re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b"), "something put off"),
]


def problems(files):
    for path, text in files.items():
        for pattern, what in _FORBIDDEN:
            for match in pattern.finditer(text):
                yield f"{path}:{line_of(text, match.start())}: {what}: {match.group()}"
