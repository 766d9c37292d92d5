"""README.md names the packages of tools/packages, each with the same reason."""

import re

_ROW = re.compile(r"^\| `([^`|]+)` \| ([a-z,]+) \| (.+?) \|$", re.M)
_ENTRY = re.compile(r"^([^#\s]\S*)\s+([a-z,]+)\s+(.+?)$", re.M)


def problems(files):
    wanted = _ENTRY.findall(files["tools/packages"])
    shown = _ROW.findall(files["README.md"])
    for row in wanted:
        if row not in shown:
            yield "README.md: missing or different: | `{}` | {} | {} |".format(*row)
    for row in shown:
        if row not in wanted:
            yield f"README.md: not in tools/packages: {row[0]}"
