"""The compiled matcher's inner loop: from UTF-8 bytes to (post, query) pairs in one pass, without the interpreter.

For each post: read it (`vigie.query.reading`), then try only the queries that are filed under a word that was met
(`vigie.query.trying`). What the arrays hold is told in `vigie.query.program` and `vigie.query.memory`.

``post`` is what is known of the post being read, the last six members of the memory:

* ``seen`` has 1 per id that the current post has: what is common stands together there, near the processor.
  ``met`` has each id once, to visit and to clear.
* ``spots`` has the occurrences in reading order, in threes: id, place, next occurrence of the same id or -1. ``ends``,
  the first and last occurrence of each id, and the third of ``spots`` are only made for posts that need them.
* ``used``: how many of ``spots`` and ``met``, and whether ``ends`` was made. ``cursors``: room to follow a phrase.
"""

from typing import Any

import numpy as np

from vigie.query.native import Bytes, Ints, Long, Longs, compiled, pointers
from vigie.query.reading import Post, fold, list_hashes, look_up, note
from vigie.query.trying import ACCEPT, passes, try_first, visit, wider

NOTHING = -1
"""In a column of field values: none that a query knows. Below it, ``-2 - place`` of a set in the array of sets."""

_FACTS = 4  # that reading sees


def _note_fields(index: Long, facts: Long, asked: Ints, fields: Any, post: Post) -> None:
    """What the network says of a post, as known words without a place of their own."""
    columns, rows, posts, sets = fields
    for bit in range(_FACTS):
        if facts >> bit & 1 and asked[bit] >= 0:
            note(np.int64(asked[bit]), np.int64(0), post)
    for row in range(rows):
        value = np.int64(columns[row * posts + index])
        if value >= 0:
            note(value, np.int64(0), post)
        elif value < NOTHING:
            at = NOTHING - 1 - value
            for item in range(at + 1, at + 1 + sets[at]):
                note(np.int64(sets[item]), np.int64(0), post)


def _match(buffer: Bytes, offsets: Longs, columns: Ints, sets: Ints, program: Any, memory: Any) -> tuple[Ints, Ints]:
    """(posts, queries) of every match, posts ascending.

    ``program`` and ``memory`` are the members of `vigie.query.program.Program` and `vigie.query.memory.Memory`, in
    their order. The memory goes from call to call: ``number`` is the last post that was numbered, ``matched`` the last
    one that each query matched; numbers only grow, so ``matched`` is never cleared.
    """
    fields = pointers((columns, columns.shape[0], columns.shape[1], sets))
    sieve_mask, stem_mask = np.uint64(program[3].shape[0] * 8 - 1), np.uint64(program[4].shape[0] - 1)
    slot_mask, anchored = np.uint64(program[6].shape[0] - 1), np.int64(program[8].shape[0] - 1)
    program, memory, (data,) = pointers(program), pointers(memory), pointers((buffer,))
    tables, (sieve, stems, gap, slots, bits, firsts, filed, code, shapes, asked) = program[:3], program[3:]
    number, matched, left, text, bounds, hashes, places, ranges = memory[:8]
    post = memory[8:]
    seen, _, _, met, used, _ = post
    prefixes, known, listed = (
        (stems, stem_mask),
        (slots, slot_mask, np.uint64(bits)),
        (sieve, sieve_mask, hashes, places),
    )
    posts, queries, count = np.empty(1024, np.int32), np.empty(1024, np.int32), 0
    latest = number[0]
    for index in range(offsets.shape[0] - 1):
        latest += 1
        used[0] = used[1] = used[2] = 0
        note(0, 0, post)
        start, end = np.uint64(offsets[index]), np.uint64(offsets[index + 1] - 1)
        words, facts = fold(data, start, end, tables, text, bounds)
        size, facts = list_hashes(text, bounds, words, facts, prefixes, gap, ranges, listed)
        look_up(hashes, places, size, known, post)
        note_fields(index, facts, asked, fields, post)
        lists = visit(firsts, anchored, filed, met, used[1], ranges)
        for candidate in range(try_first(filed, ranges, lists, code, seen, left)):
            query, pc = np.int64(left[2 * candidate]), np.int64(left[2 * candidate + 1])
            if (pc == ACCEPT or passes(pc, code, shapes, post)) and matched[query] != latest:
                matched[query] = latest
                if count == posts.shape[0]:
                    posts, queries = wider(posts), wider(queries)
                posts[count] = index
                queries[count] = query
                count += 1
        for word in range(used[1]):
            seen[met[word]] = 0
    number[0] = latest
    return posts[:count], queries[:count]


note_fields = compiled(_note_fields)
match = compiled(_match, inside=False)
