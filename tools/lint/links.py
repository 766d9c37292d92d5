"""Links from one text of the project to another lead to something that is there."""

import posixpath
import re

from sources import line_of

_LINK = re.compile(r"\[[^\]\n]*\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def problems(files):
    folders = {posixpath.dirname(path) for path in files}
    for path, text in files.items():
        if not path.endswith(".md"):
            continue
        for match in _LINK.finditer(text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match.group(1)))
            if "://" not in match.group(1) and target not in files and target not in folders:
                yield f"{path}:{line_of(text, match.start())}: leads nowhere: {match.group(1)}"
