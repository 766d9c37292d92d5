"""Only bound parameters: no SQL is built from values. The text of a statement is put together from literals and names
of columns; refused are a quote beside something inserted, a number printed into the text, and calls that run or format
SQL by themselves. Scripts without values go through the one place that may run them."""

import re

from sources import is_source, line_of, without

_RUNS_SCRIPTS = "backends/sql/sqlite/connection.cpp"
_BY_ITSELF = re.compile(r"\bsqlite3_(?:exec|mprintf|vmprintf|snprintf|str_appendf|get_table)\b")
_TEXT_OF_STATEMENT = re.compile(r"\b(?:add|run|execute|statement|script)\(")
_PRINTED = re.compile(r"\b(?:to_string|to_chars|format|format_to)\(")
_LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"')
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WHERE|VALUES|FROM|SET|LIKE|AND|OR|IN|LIMIT)\b")
_NAME = re.compile(r"\+\s*(?:std::string\()?(?:\w+::)*name_of\(")  # of a kind or a member: a fixed word
_QUOTED = re.compile(r"""'\{[^}]*\}'|'%[sd]'""")
_FORMATS = re.compile(r"\b(?:format|format_to|s?n?printf)\([^;\"]*$")


def problems(files):
    for path, text in files.items():
        if is_source(path) and not path.startswith("tests/"):
            found = _in_file(path, without(text, literals=False))
            yield from (f"{path}:{line_of(text, at)}: {what}" for at, what in found)


def _in_file(path, code):
    for match in _BY_ITSELF.finditer(code):
        if (path, match.group()) != (_RUNS_SCRIPTS, "sqlite3_exec"):
            yield match.start(), f"{match.group()}: prepare and bind instead"
    if path.startswith("backends/sql/"):
        for match in _TEXT_OF_STATEMENT.finditer(code):
            if _PRINTED.search(_arguments(code, match.end())):
                yield match.start(), "a value printed into a statement: bind it"
    for match in _LITERAL.finditer(code):
        literal = match.group()[1:-1]
        behind = code[match.end() :].lstrip()
        joined = literal.endswith("'") and behind.startswith("+") and not _NAME.match(behind)
        formatted = _QUOTED.search(literal) and _FORMATS.search(code[: match.start()])
        if _SQL.search(literal) and (joined or formatted):
            yield match.start(), "a value in the text of a statement: bind it"


def _arguments(code, start):
    depth, at = 1, start
    while depth and at < len(code):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        at += 1
    return code[start:at]
