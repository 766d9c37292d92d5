"""One co_await per statement, and nothing beside it that GCC 12 miscompiles: a condition (&& || ?), an aggregate in
braces or a lambda. Name the aggregate or the lambda, or the awaited value, in a statement before."""

import re

from sources import is_source, line_of, without

_TOKEN = re.compile(r"[A-Za-z_]\w*|\[\[|\]\]|&&|\|\||->|::|[(){}\[\];?=,:<>]|\S")
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
_PAIRS = {"(": ")", "{": "}", "[": "]", "[[": "]]"}
_BEFORE_BLOCK = {")", "else", "do", "try", "const", "noexcept", "override", "final", "mutable", ":", ";", "{}"}
_DEFINES = {"namespace", "struct", "class", "enum", "union", "extern", "concept"}


def problems(files):
    for path, text in files.items():
        if is_source(path):
            code = _DIRECTIVE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), without(text))
            yield from (f"{path}:{line_of(text, at)}: {what}" for at, what in _block(_tree(code)))


def _tree(code):
    """Tokens as (position, text), groups in brackets as (position, bracket, items)."""
    stack = [(0, "", [])]
    for match in _TOKEN.finditer(code):
        token, at = match.group(), match.start()
        if token == "]]" and stack[-1][1] == "[":  # a[b[i]]
            for _ in range(2):
                if len(stack) > 1:
                    stack.pop()
        elif token in _PAIRS:
            group = (at, token, [])
            stack[-1][2].append(group)
            stack.append(group)
        elif token in _PAIRS.values():
            if len(stack) > 1:
                stack.pop()
        else:
            stack[-1][2].append((at, token))
    return stack[0][2]


def _word(item):
    """What an item is to its neighbour: the token, or the closing bracket of the group."""
    return item[1] if len(item) == 2 else "{}" if item[1] == "{" else _PAIRS[item[1]]


def _block(items):
    statement = []
    for item in items:
        if _word(item) == ";":
            yield from _statement(statement)
            statement = []
        elif _word(item) == "{}" and _opens_block(statement):
            yield from _statement(statement)
            yield from _block(item[2])
            statement = []
        else:
            statement.append(item)
    yield from _statement(statement)


def _opens_block(before):
    words = [_word(item) for item in before]
    if not words or words[-1] in _BEFORE_BLOCK or _lambda_before(before):
        return True
    if "=" not in words and _DEFINES & set(words):
        return True
    return "->" in words and ")" in words[: words.index("->")] and "=" not in words[words.index("->") :]


def _lambda_before(items):
    """Whether a brace that comes now is the body of a lambda: [captures] (parameters) specifiers -> type."""
    at = len(items)
    while at and _word(items[at - 1]) not in ("]", ")", "=", ",", "{}", ";", "return", "co_return"):
        at -= 1  # over specifiers and the trailing type
    if at and _word(items[at - 1]) == ")":
        at -= 1
        if at and _word(items[at - 1]) == ">":  # template parameters
            while at and _word(items[at - 1]) != "<":
                at -= 1
            at = max(at - 1, 0)
    return bool(at) and _word(items[at - 1]) == "]" and _is_capture(items, at - 1)


def _is_capture(items, at):
    """Whether the group in square brackets at that place begins a lambda: no subscript, no structured binding."""
    if not at:
        return True
    before = _word(items[at - 1])
    if before in ("&", "&&") and at > 1:
        before = _word(items[at - 2])
    return before in ("return", "co_return", "co_await") or not re.fullmatch(r"\w+|\)|\]|\]\]|\}|\"", before)


def _statement(items):
    awaits, beside, blocks = [], [], []
    _look(items, awaits, beside, blocks)
    for block in blocks:
        yield from _block(block)
    for at in awaits[1:]:
        yield at, "a second co_await in one statement"
    if awaits:
        for what in sorted(set(beside)):
            yield awaits[0], f"co_await beside {what} in one statement"


def _look(items, awaits, beside, blocks):
    for index, item in enumerate(items):
        word = _word(item)
        if len(item) == 2:
            if word == "co_await":
                awaits.append(item[0])
            elif word in ("||", "?") or word == "&&" and not (index and _word(items[index - 1]) == "auto"):
                beside.append(word)
        elif item[1] == "{" and _lambda_before(items[:index]):
            blocks.append(item[2])
        elif item[1] != "[[":
            if item[1] == "{":
                beside.append("an unnamed aggregate {")
            elif item[1] == "[" and _is_capture(items, index):
                beside.append("a lambda [")
            _look(item[2], awaits, beside, blocks)
