"""From trees of numbers to the tests that the kernel runs, and the queries filed under each leaf.

``nodes`` and ``weights`` are as `vigie.query.filing` says; the last three of ``nodes`` are where to go from it when it
holds, where when not, and its first test. ``made`` are the arrays being filled: code, shapes, how much of both is in
use, and the final numbers of the leaves.
"""

# ruff: noqa: C901, PLR1714, SIM109 (compiled, not interpreted)

from typing import Any, TypeAlias

import numpy as np

from vigie.query.filing import (
    AND,
    NEAR,
    NOT,
    ONEAR,
    OR,
    PHRASE,
    Nodes,
    Weights,
    after,
    cheapest,
    list_nodes,
    rarest,
    side,
    weigh,
)
from vigie.query.native import Floats, Ints, Long, Longs, compiled
from vigie.query.trying import A_NEARNESS, A_PHRASE, ACCEPT, REJECT

Made: TypeAlias = tuple[Ints, Ints, Longs, Ints]  # code, shapes, used, numbers

INLINE = 32
"""A test of so many leaves at most is copied to where a query is filed, which saves going to where it stands."""

_NO_TEST, _NODE = -3, -10


def _ordered(nodes: Nodes, parent: Long, chances: Floats) -> Ints:
    """A node's children, the least likely first."""
    sizes = nodes[2]
    children, count, child = np.empty(sizes[parent] - 1, np.int32), 0, parent + 1
    while child < parent + sizes[parent]:
        children[count] = child
        count += 1
        child += sizes[child]
    gap = count
    while gap > 1:
        gap = max(1, gap * 5 // 11)  # Shell's sort
        for place in range(gap, count):
            moved, back = children[place], place
            while back >= gap and chances[children[back - gap]] > chances[moved]:
                children[back] = children[back - gap]
                back -= gap
            children[back] = moved
    return children[:count]


def _lay_shape(trees: Ints, at: Long, shares: Floats, made: Made) -> Any:
    """Lays out where a leaf or phrase stands, its rarest leaf first; returns where that begins."""
    _, shapes, used, numbers = made
    begin, best = used[1], rarest(trees, at, shares)
    single = trees[at] >= 0
    parts = 1 if single else (np.int64(trees[at + 1]) - at - 3) // 2
    shapes[begin], shapes[begin + 1], shapes[begin + 2] = A_PHRASE, 1 if single else trees[at + 2], parts
    shapes[begin + 3], shapes[begin + 4] = numbers[trees[best]], 0 if single else trees[best + 1]
    to = begin + 5
    if not single:
        for part in range(at + 3, trees[at + 1], 2):
            if part != best:
                shapes[to], shapes[to + 1] = numbers[trees[part]], trees[part + 1]
                to += 2
    used[1] = to
    return begin


def _lay_test(size: Long, yes: Long, no: Long, made: Made) -> Any:
    """Begins a test of so many numbers; returns where they go."""
    code, _, used, _ = made
    at = used[0]
    code[at], code[at + 1], code[at + 2] = size, yes, no
    used[0] += 3 + max(1, size)
    return at + 3


def _lay_phrase(trees: Ints, at: Long, yes: Long, no: Long, shares: Floats, made: Made) -> Any:
    """A phrase, tried only when its rarest leaf is there at all; returns where its tests begin."""
    code, _, used, numbers = made
    first = lay_test(1, used[0] + 4, no, made)
    code[first] = numbers[trees[rarest(trees, at, shares)]]
    stands = lay_test(0, yes, no, made)
    code[stands] = lay_shape(trees, at, shares, made)
    return first - 3


def _lay_nearness(trees: Ints, at: Long, yes: Long, no: Long, shares: Floats, made: Made) -> Any:
    """A nearness, tried only when each side has a leaf there that it cannot do without."""
    code, shapes, used, numbers = made
    sides, counts = np.empty(trees[at + 1] - at, np.int32), np.zeros(2, np.int32)
    begin, end, total = used[0], at + 3, 0
    for which in range(2):
        part, end, _ = side(trees, end, shares)
        test = lay_test(0, 0, no, made)
        used[0] -= 1
        while part < end:
            code[used[0]] = numbers[trees[rarest(trees, part, shares)]]
            used[0] += 1
            sides[total] = lay_shape(trees, part, shares, made)
            total += 1
            counts[which] += 1
            part = after(trees, part)
        code[test - 3], code[test - 2] = counts[which], used[0]
    stands, to = lay_test(0, yes, no, made), used[1]
    shapes[to], shapes[to + 1], shapes[to + 2] = A_NEARNESS, trees[at + 2], trees[at] == ONEAR
    shapes[to + 3], shapes[to + 4] = counts[0], counts[1]
    for index in range(total):
        shapes[to + 5 + index] = sides[index]
    used[1] += 5 + total
    code[stands] = to
    return begin


def _lay_group(trees: Ints, nodes: Nodes, node: Long, without: Long, weights: Weights, made: Made) -> None:
    """Says where to go from each child of an AND or OR, and lays out one test for all leaves of an OR."""
    places, _, _, _, yeses, noes, firsts = nodes
    code, _, used, numbers = made
    yes, no = np.int64(yeses[node]), np.int64(noes[node])
    children, both = ordered(nodes, node, weights[1]), trees[places[node]] == AND
    test: Long = -1
    if not both:
        for child in children[::-1]:
            if trees[places[child]] >= 0:
                if test < 0:
                    test = np.int64(lay_test(0, yes, no, made)) - 3
                    used[0] -= 1
                code[used[0]] = numbers[trees[places[child]]]
                used[0] += 1
                code[test] += 1
                firsts[child] = _NO_TEST
    last: Long = -1
    for child in children if both else children[::-1]:
        if child == without or firsts[child] == _NO_TEST:
            continue
        yeses[child], noes[child] = yes, no
        if last >= 0 and both:
            yeses[last] = _NODE - child
        elif last >= 0:
            noes[last] = _NODE - child
        elif test >= 0:
            code[test + 2] = _NODE - child
        else:
            firsts[node] = _NODE - child
        last = np.int64(child)
    if test >= 0:
        firsts[node] = test
    elif last < 0:  # of nothing: AND holds always, OR never
        firsts[node] = lay_test(1, yes if both else no, no, made) - 3
        code[firsts[node] + 3] = 0


def _lay_query(trees: Ints, nodes: Nodes, count: Long, without: Long, weights: Weights, made: Made) -> Any:
    """Lays out a query's tests, as if one child of its root were not there; returns where they begin.

    Where to go is first said by node, as `_NODE` less its number, and by place once every node has its tests.
    """
    places, _, sizes, _, yeses, noes, firsts = nodes
    code, _, used, numbers = made
    begin = used[0]
    node: Long = 0
    yeses[0], noes[0] = ACCEPT, REJECT
    firsts[:count] = 0
    while node < count:
        at = np.int64(places[node])
        op, yes, no = trees[at], np.int64(yeses[node]), np.int64(noes[node])
        if node == without:
            node += np.int64(sizes[node])
            continue
        if op == AND or op == OR:
            lay_group(trees, nodes, node, without, weights, made)
        elif op == NOT:
            yeses[node + 1], noes[node + 1], firsts[node] = no, yes, _NODE - (node + 1)
        elif op == PHRASE:
            firsts[node] = lay_phrase(trees, at, yes, no, weights[0], made)
        elif op <= NEAR:
            firsts[node] = lay_nearness(trees, at, yes, no, weights[0], made)
        elif firsts[node] != _NO_TEST:
            firsts[node] = lay_test(1, yes, no, made) - 3
            code[firsts[node] + 3] = numbers[op]
        node += 1
    for node in range(count - 1, -1, -1):
        if firsts[node] <= _NODE:
            firsts[node] = firsts[_NODE - firsts[node]]
    at = begin
    while at < used[0]:
        for way in range(at + 1, at + 3):
            if code[way] <= _NODE:
                code[way] = firsts[_NODE - code[way]]
        at += 3 + max(np.int64(1), np.int64(code[at]))
    return np.int64(firsts[0])


def _lay_all(
    trees: Ints, begins: Ints, firsts: Ints, anchors: Ints, nodes: Nodes, weights: Weights, made: Made
) -> Ints:
    """Lays out the tests of every query; returns for each anchor where they begin once that is met.

    When the anchor by itself proves its side of a query's AND, that side is not tested again.
    """
    places, _, sizes = nodes[:3]
    entries, proves = np.empty(anchors.shape[0], np.int32), np.full(weights[0].shape[0], -1, np.int32)
    for query in range(begins.shape[0] - 1):
        if firsts[query] == firsts[query + 1]:
            continue
        count = list_nodes(trees, np.int64(begins[query]), np.int64(begins[query + 1]), nodes)
        weigh(trees, nodes, count, weights)
        group = np.int64(cheapest(nodes, 0, weights[2])) if trees[places[0]] == AND and count > 1 else 0
        child = group + 1 if trees[places[group]] == OR else group
        while child < group + sizes[group]:
            if trees[places[child]] >= 0:
                proves[trees[places[child]]] = query
            child += np.int64(sizes[child])
        whole = rest = np.int64(_NO_TEST)
        for place in range(firsts[query], firsts[query + 1]):
            if proves[anchors[place]] == query:
                if rest == _NO_TEST:
                    rest = np.int64(lay_query(trees, nodes, count, group, weights, made)) if group else np.int64(ACCEPT)
                entries[place] = rest
            else:
                if whole == _NO_TEST:
                    whole = np.int64(lay_query(trees, nodes, count, -1, weights, made))
                entries[place] = whole
    return entries


def _inlined(code: Ints, entry: Long) -> Any:
    """How many leaves of a test are copied to where its query is filed; by fours, the last one more than once."""
    return (code[entry] + 3) // 4 * 4 if entry >= 0 and code[entry] <= INLINE else 0


def _file(firsts: Ints, anchors: Ints, entries: Ints, anchored: Long, made: Made) -> tuple[Ints, Ints]:
    """(per id where its queries begin, the queries of all ids): query, where to go, where else, fours, leaves."""
    code, _, _, numbers = made
    begins = np.zeros(anchored + 1, np.int32)
    for place in range(anchors.shape[0]):
        begins[numbers[anchors[place]] + 1] += 4 + inlined(code, np.int64(entries[place]))
    for id in range(anchored):
        begins[id + 1] += begins[id]
    filed, free = np.empty(begins[anchored], np.int32), begins.copy()
    for query in range(firsts.shape[0] - 1):
        for place in range(firsts[query], firsts[query + 1]):
            id, entry = numbers[anchors[place]], np.int64(entries[place])
            size, to = np.int64(inlined(code, entry)), free[id]
            free[id] += 4 + size
            filed[to], filed[to + 1], filed[to + 2], filed[to + 3] = query, entry, entry, size // 4
            if size > 0:
                filed[to + 1], filed[to + 2] = code[entry + 1], code[entry + 2]
                for item in range(size):
                    filed[to + 4 + item] = code[entry + 3 + min(item, code[entry] - 1)]
    return begins, filed


ordered, lay_shape, lay_test, lay_phrase = map(compiled, (_ordered, _lay_shape, _lay_test, _lay_phrase))
lay_nearness, lay_group, lay_query, inlined = map(compiled, (_lay_nearness, _lay_group, _lay_query, _inlined))
lay_all, file = (compiled(function, inside=False) for function in (_lay_all, _file))
