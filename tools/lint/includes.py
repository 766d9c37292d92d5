"""Who may know whom: nobody includes upwards, a dialect knows no other dialect, and below the backends nobody knows a
socket."""

import re
from pathlib import PurePosixPath

from sources import is_source, line_of, without

MAY_KNOW = {
    "canonical": {"canonical"},
    "dialects": {"canonical", "dialects"},
    "config": {"canonical", "dialects", "config"},
    "backends": {"canonical", "dialects", "backends"},
    "gateway": {"canonical", "dialects", "config", "backends", "gateway"},
}
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.M)
_SOCKETS = {
    "canonical": ("boost/asio", "boost/beast", "sys/socket"),
    "dialects": ("boost/asio", "boost/beast", "sys/socket"),
    "config": ("boost/asio", "boost/beast", "sys/socket"),
    "backends": ("boost/beast",),
}


def problems(files):
    for path, text in files.items():
        parts = PurePosixPath(path).parts
        if not is_source(path) or parts[0] not in MAY_KNOW:
            continue
        for match in _INCLUDE.finditer(without(text, literals=False)):
            reason = _reason(parts, match.group(1))
            if reason:
                yield f"{path}:{line_of(text, match.start())}: includes {match.group(1)}: {reason}"


def _reason(parts, included):
    top, target = parts[0], PurePosixPath(included).parts
    if any(included.startswith(library) for library in _SOCKETS.get(top, ())):
        return f"{top} knows no such library"
    if target[0] in MAY_KNOW and target[0] not in MAY_KNOW[top]:
        return f"{top} does not know {target[0]}"
    if top == target[0] == "dialects" and len(parts) > 2 and target[1] not in ("engine", parts[1]):
        return f"the dialect {parts[1]} does not know {target[1]}"
    return None
