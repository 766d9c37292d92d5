"""Only bound parameters: no SQL is built from values. A statement's text may be put together from literals and names
of columns; a quote beside something inserted, or a call that runs or formats SQL by itself, is refused."""

import re

from sources import is_source, line_of, without

_LITERAL = r'"(?:\\.|[^"\\\n])*"'
_BANNED = re.compile(r"\bsqlite3_(?:exec|mprintf|vmprintf|snprintf|str_appendf|get_table)\b")
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WHERE|VALUES|FROM|SET|LIKE|AND|OR|IN|LIMIT)\b")
_QUOTED = re.compile(rf"""'\{{[^}}]*\}}'|'%[sd]'""")


def problems(files):
    for path, text in files.items():
        if not is_source(path) or path.startswith("tests/"):
            continue
        code = without(text, literals=False)
        for match in _BANNED.finditer(code):
            yield f"{path}:{line_of(code, match.start())}: {match.group()}: prepare and bind instead"
        for match in re.finditer(_LITERAL, code):
            literal = match.group()[1:-1]
            before, after = code[: match.start()].rstrip()[-1:], code[match.end() :].lstrip()[:1]
            joined = after == "+" and literal.endswith("'") or before == "+" and literal.startswith("'")
            if _QUOTED.search(literal) and _SQL.search(literal) or joined and _SQL.search(literal):
                yield f"{path}:{line_of(code, match.start())}: a value in the text of a statement: bind it"
