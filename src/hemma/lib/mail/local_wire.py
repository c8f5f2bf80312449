"""IMAP's words on the wire (RFC 3501, section 4): atoms, strings, literals, lists, number sets."""

import asyncio
import re
from collections.abc import Iterable

Token = str | list["Token"]

LITERAL = re.compile(rb"\{(\d{1,9})(\+?)\}$")
WORD = re.compile(r'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]*\[[^\]]*\][^\s()]*|[^\s()"]+))')
LARGEST_LITERAL = 1_000_000


class BadSyntax(Exception):  # named as the protocol's answer: BAD
    """The client said something that is no IMAP."""


async def read_command(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str | None:
    """One command as text, literals as quoted strings in place; None when the client has gone."""
    command = ""
    while True:
        line = await reader.readline()
        if not line.endswith(b"\n"):
            return None
        line = line.rstrip(b"\r\n")
        literal = LITERAL.search(line)
        if not literal:
            return command + line.decode("utf-8", "replace")
        size = int(literal[1])
        if size > LARGEST_LITERAL:
            raise BadSyntax("literal too large")
        if not literal[2]:
            writer.write(b"+ go on\r\n")
            await writer.drain()
        data = (await reader.readexactly(size)).decode("utf-8", "replace")
        command += line[: literal.start()].decode("utf-8", "replace") + quoted(data)


def quoted(text: str) -> str:
    """An IMAP quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def tokens(text: str) -> list[Token]:
    """The words of a command's arguments, parentheses as lists."""
    stack: list[list[Token]] = [[]]
    position, text = 0, text.rstrip()
    while position < len(text):
        match = WORD.match(text, position)
        if not match or match.end() == position:
            raise BadSyntax(f"cannot read {text[position : position + 20]!r}")
        position = match.end()
        if match[1]:
            stack.append([])
        elif match[2]:
            inner = stack.pop()
            if not stack:
                raise BadSyntax("a parenthesis too many")
            stack[-1].append(inner)
        elif match[3] is not None:
            stack[-1].append(re.sub(r"\\(.)", r"\1", match[3]))
        else:
            stack[-1].append(match[4])
    if len(stack) != 1:
        raise BadSyntax("a parenthesis is missing")
    return stack[0]


def word(token: Token) -> str:
    """The token as one word."""
    if isinstance(token, list):
        raise BadSyntax("a word was expected")
    return token


def words(token: Token) -> list[str]:
    """The token as a flat list of words."""
    return [word(t) for t in token] if isinstance(token, list) else [token]


def numbers(text: str, known: Iterable[int]) -> set[int]:
    """Those of `known` that a set like '1:4,7,9:*' names; '*' is the largest."""
    pool = set(known)
    largest = max(pool, default=0)
    chosen: set[int] = set()
    for piece in text.split(","):
        ends = [largest if end == "*" else int(end) for end in piece.split(":") if _is_number(end)]
        if len(ends) not in {1, 2} or len(ends) != piece.count(":") + 1:
            raise BadSyntax(f"no number set: {text!r}")
        low, high = min(ends), max(ends)
        chosen |= {number for number in pool if low <= number <= high}
    return chosen


def _is_number(text: str) -> bool:
    return text == "*" or (text.isascii() and text.isdigit() and len(text) < 11)
