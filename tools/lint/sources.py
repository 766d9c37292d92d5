"""C++ text as the lints see it: comments and literals blanked out, so that only code is looked at."""

import re

SOURCE = (".cpp", ".hpp")

_SKIPPED = re.compile(
    r"""//[^\n]* | /\*.*?\*/                                # comments
      | R"(?P<tag>[^()\s\\"]{0,16})\(.*?\)(?P=tag)"         # raw strings
      | "(?:\\.|[^"\\\n])*" | (?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'
    """,
    re.X | re.S,
)


def is_source(path):
    return path.endswith(SOURCE)


def without(text, literals=True):
    """The text with its comments (and the insides of its literals) as blanks; every line keeps its place."""

    def blank(match):
        found = match.group()
        if found[0] == "/":
            return re.sub(r"[^\n]", " ", found)
        return '"' + re.sub(r"[^\n]", " ", found)[2:] + '"' if literals else found

    return _SKIPPED.sub(blank, text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1
