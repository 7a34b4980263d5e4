"""Where each character of a value stands in the file: plain, quoted, folded or literal."""

import re

from ruamel.yaml.nodes import ScalarNode

_NAMED = '0abt\tnvfre "/\\N_LP'
_HEX = {"x": 2, "u": 4, "U": 8}
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def positions(text: str, node: ScalarNode) -> list[int]:
    """The position in ``text`` of each character of ``node.value``, and of its end.

    A character made by the notation itself (the space that joins two folded lines) stands where its line ends. When
    the notation cannot be followed, every character stands where the value starts: near enough to find it.
    """
    start, end = node.start_mark.index, node.end_mark.index
    start = _past_properties(text, start, end)
    followed: list[tuple[str, int]] | None
    match node.style:
        case "|" | ">":
            followed = _block(text, start, end)
        case '"':
            followed = _double(text, start, end)
        case "'":
            followed = _single(text, start, end)
        case _:
            followed = _flow_lines(text, start, end)
    return _aligned(node.value, followed or [], start, end)


def _past_properties(text: str, start: int, end: int) -> int:
    """Skips an anchor and a tag: ``&a !!str "words"``."""
    while start < end and text[start] in "&!":
        found = re.compile(r"\S+\s*(?:#[^\n\r]*\s*)?").match(text, start, end)
        if not found:
            break
        start = found.end()
    return start


def _aligned(value: str, followed: list[tuple[str, int]], start: int, end: int) -> list[int]:
    """Pairs the value with what was followed; joints (spaces and line ends that folding makes) may differ in number."""
    places: list[int] = []
    at = 0
    last = start
    for character in value:
        if at < len(followed) and followed[at][0] == character:
            last = followed[at][1]
            at += 1
        elif character in " \n":
            while at < len(followed) and followed[at][0] == "\n":  # a joint written as a line end
                last = followed[at][1]
                at += 1
        else:
            while at < len(followed) and followed[at][0] in " \n":
                at += 1
            if at == len(followed) or followed[at][0] != character:
                return [start] * (len(value) + 1)
            last = followed[at][1]
            at += 1
        places.append(last)
    places.append(min(last + 1, end) if value else start)
    return places


def _block(text: str, start: int, end: int) -> list[tuple[str, int]]:
    header = _BREAK.search(text, start, end)
    if header is None:
        return []
    indent = re.match(r"[|>][+-]?([1-9])?", text[start:end])
    lines = _lines(text, header.end(), end)
    if indent and indent[1]:
        # The number counts from the parent's column, which the least indented line gives away.
        margin = min((_spaces(text, a, b) for a, b in lines if text[a:b].strip(" ")), default=0)
    else:
        margin = next((_spaces(text, a, b) for a, b in lines if text[a:b].strip(" ")), 0)
    characters: list[tuple[str, int]] = []
    for a, b in lines:
        characters.extend((text[i], i) for i in range(min(a + margin, b), b))
        characters.append(("\n", b))
    return characters


def _spaces(text: str, start: int, end: int) -> int:
    line = text[start:end]
    return len(line) - len(line.lstrip(" "))


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of each line, its break left out."""
    lines: list[tuple[int, int]] = []
    while start < end:
        found = _BREAK.search(text, start, end)
        lines.append((start, found.start() if found else end))
        start = found.end() if found else end
    return lines


def _flow_lines(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Lines of a plain or single-quoted value: blanks around line ends do not count."""
    lines = _lines(text, start, end)
    characters: list[tuple[str, int]] = []
    for number, (a, b) in enumerate(lines):
        first = a if number == 0 else b - len(text[a:b].lstrip(" \t"))
        last = b if number == len(lines) - 1 else a + len(text[a:b].rstrip(" \t"))
        characters.extend((text[i], i) for i in range(first, last))
        characters.append(("\n", b))
    return characters[:-1]


def _single(text: str, start: int, end: int) -> list[tuple[str, int]]:
    characters: list[tuple[str, int]] = []
    skip = False
    for character, at in _flow_lines(text, start + 1, end - 1):
        if skip:
            skip = False
            continue
        skip = character == "'"  # two quotes are one
        characters.append((character, at))
    return characters


def _double(text: str, start: int, end: int) -> list[tuple[str, int]]:
    characters: list[tuple[str, int]] = []
    at, last = start + 1, end - 1
    while at < last:
        if text[at] != "\\":
            found = _BREAK.match(text, at, last)
            if found:
                while characters and characters[-1][0] in " \t" and text[characters[-1][1]] in " \t":
                    characters.pop()
                characters.append(("\n", at))
                at = found.end()
                while at < last and text[at] in " \t":
                    at += 1
                continue
            characters.append((text[at], at))
            at += 1
            continue
        made, length = _escape(text, at, last)
        if made:
            characters.append((made, at))
        at += length
        if not made:  # an escaped line end: the next line's blanks do not count
            while at < last and text[at] in " \t":
                at += 1
    return characters


def _escape(text: str, at: int, last: int) -> tuple[str, int]:
    """(character, how many characters were read) of the escape at a backslash; no character for a line end."""
    after = text[at + 1 : at + 2]
    if after in _HEX:
        digits = text[at + 2 : min(at + 2 + _HEX[after], last)]
        return chr(int(digits, 16)), 2 + len(digits)
    if found := _BREAK.match(text, at + 1, last):
        return "", 1 + found.end() - found.start()
    made = dict(zip(_NAMED, '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True)).get(after, after)
    return made, 2
