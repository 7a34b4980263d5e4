"""What each query is filed under: the cheapest leaves of which every post that matches has one at least.

The queries come as trees of numbers. A tree is laid out parent first. A number from 0 up is a leaf: a word, a pair of
neighbouring words or a field value. `AND`, `OR` and `NOT` are followed by where their children end, then by the
children. `PHRASE` is followed by its end, its length in words, and pairs (leaf, words before it) for leaves that make
it up; `NEAR` and `ONEAR` by their end, the words between, and two sides, each a leaf, a phrase, or an OR of these.

One query at a time is worked on, as a list of its nodes, parents first. ``nodes`` are arrays with a number for each:
where it stands in the tree; its parent; how many nodes it and all below are; 1 under an even number of NOT, else 0;
then three for `vigie.query.layout`. ``weights`` are the shares of posts that hold each leaf (below zero where no query
shall be filed under it); then, for each node, how likely it holds, and the share of posts that its anchors let through.
"""

# ruff: noqa: PLR1714, SIM109 (compiled, not interpreted)

from typing import Any, TypeAlias

import numpy as np

from vigie.query.native import Floats, Ints, Long, compiled

Nodes: TypeAlias = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints]  # at, parent, size, positive, yes, no, first
Weights: TypeAlias = tuple[Floats, Floats, Floats]  # shares, chances, costs

AND, OR, NOT, PHRASE, NEAR, ONEAR = range(-1, -7, -1)

_NEVER = np.float32(np.inf)


def _after(trees: Ints, at: Long) -> Any:
    """Where the node after one begins."""
    return at + 1 if trees[at] >= 0 else np.int64(trees[at + 1])


def _rarest(trees: Ints, at: Long, shares: Floats) -> Any:
    """The place of the leaf, of a leaf or phrase, that fewest posts have."""
    if trees[at] >= 0:
        return at
    best = at + 3
    for part in range(at + 5, trees[at + 1], 2):
        if abs(shares[trees[part]]) < abs(shares[trees[best]]):
            best = part
    return best


def _side(trees: Ints, at: Long, shares: Floats) -> tuple[Any, Any, Any]:
    """(first part, where the parts end, expected share of posts that have one) of a side of a nearness."""
    part = at + 2 if trees[at] == OR else at
    first, end, share = part, after(trees, at), np.float32(0)
    while part < end:
        share += abs(shares[trees[rarest(trees, part, shares)]])
        part = after(trees, part)
    return first, end, share


def _list_nodes(trees: Ints, begin: Long, end: Long, nodes: Nodes) -> Any:
    """Lists a query's nodes; phrases and nearnesses count as one. Returns how many."""
    places, parents, sizes, positive = nodes[:4]
    at: Long = begin
    parent: Long = -1
    count = 0
    while at < end:
        while parent >= 0 and at >= trees[places[parent] + 1]:
            parent = np.int64(parents[parent])
        places[count], parents[count], sizes[count] = at, parent, 1
        positive[count] = 1
        if parent >= 0:
            positive[count] = positive[parent] ^ (trees[places[parent]] == NOT)
        op = trees[at]
        if op == AND or op == OR or op == NOT:
            parent = count
            at += 2
        else:
            at = np.int64(after(trees, at))
        count += 1
    for node in range(count - 1, 0, -1):
        sizes[parents[node]] += sizes[node]
    return count


def _weigh(trees: Ints, nodes: Nodes, count: Long, weights: Weights) -> None:
    """Fills in chances and costs. A cost is infinite where a post may match without any leaf of the node."""
    places, parents, _, positive = nodes[:4]
    shares, chances, costs = weights
    for node in range(count):
        op = trees[places[node]]
        needed = (op == AND) == (positive[node] == 1)  # every child is
        chances[node], costs[node] = np.float32(op == AND), _NEVER if needed or op == NOT else np.float32(0)
    for node in range(count - 1, -1, -1):
        at, parent = np.int64(places[node]), parents[node]
        op = trees[at]
        if op >= 0:
            chances[node], costs[node] = abs(shares[op]), shares[op] if shares[op] >= 0 else _NEVER
        elif op == PHRASE:
            share = abs(shares[trees[rarest(trees, at, shares)]])
            chances[node], costs[node] = share / 2, share
        elif op <= NEAR:
            _, other, one = side(trees, at + 3, shares)
            _, _, two = side(trees, other, shares)
            chances[node], costs[node] = min(one, two) / 4, min(one, two)
        elif op == AND:
            chances[node] /= 2
        else:
            chances[node] = min(np.float32(1), chances[node])
        if op >= 0 or op <= PHRASE:
            costs[node] = costs[node] if positive[node] else _NEVER
        if parent >= 0:
            above = trees[places[parent]]
            if above == NOT:
                chances[parent], costs[parent] = 1 - chances[node], costs[node]
            else:
                chances[parent] = (
                    min(chances[parent], chances[node]) if above == AND else chances[parent] + chances[node]
                )
                needed = (above == AND) == (positive[parent] == 1)
                costs[parent] = min(costs[parent], costs[node]) if needed else costs[parent] + costs[node]


def _cheapest(nodes: Nodes, parent: Long, costs: Floats) -> Any:
    """The child that lets fewest posts through."""
    sizes = nodes[2]
    child = best = parent + 1
    while child < parent + sizes[parent]:
        if costs[child] < costs[best]:
            best = child
        child += sizes[child]
    return best


def _gather(trees: Ints, nodes: Nodes, count: Long, weights: Weights, anchors: Ints, found: Long) -> Any:
    """Adds the leaves of the cheapest necessary set of a query; returns how many there are then."""
    places, parents, _, positive, chosen = nodes[:5]
    shares, _, costs = weights
    for node in range(count):
        at, parent = np.int64(places[node]), parents[node]
        if parent < 0:
            chosen[node] = 1
        elif chosen[parent] == 0:
            chosen[node] = 0
        elif trees[places[parent]] == NOT or (trees[places[parent]] == AND) != (positive[parent] == 1):
            chosen[node] = 1
        else:
            chosen[node] = node == cheapest(nodes, np.int64(parent), costs) if chosen[parent] == 1 else 0
        if chosen[node] == 0:
            continue
        if trees[at] >= 0 or trees[at] == PHRASE:
            anchors[found] = trees[rarest(trees, at, shares)]
            found += 1
        elif trees[at] <= NEAR:
            first, end, one = side(trees, at + 3, shares)
            other, stop, two = side(trees, end, shares)
            part, end = (other, stop) if two < one else (first, end)
            while part < end:
                anchors[found] = trees[rarest(trees, part, shares)]
                found += 1
                part = after(trees, part)
    return found


def _choose(trees: Ints, begins: Ints, nodes: Nodes, weights: Weights) -> tuple[Ints, Ints]:
    """(where each query's anchors begin, the anchors of all): the leaves that each query is filed under.

    The cheapest set of leaves of which every matching post has one at least: of an AND the cheapest side, of an OR all
    sides, of a phrase its rarest leaf, of a NEAR its cheaper side. Leaf 0, that every post has, where there is no such
    set.
    """
    queries, count = begins.shape[0] - 1, 0
    firsts, anchors = np.zeros(queries + 1, np.int32), np.empty(trees.shape[0] + queries, np.int32)
    last = np.full(weights[0].shape[0], -1, np.int32)
    for query in range(queries):
        size = list_nodes(trees, np.int64(begins[query]), np.int64(begins[query + 1]), nodes)
        weigh(trees, nodes, size, weights)
        anchors[count] = 0
        found = count + 1
        if weights[2][0] != _NEVER:
            found = gather(trees, nodes, size, weights, anchors, count)
        for place in range(count, found):
            leaf = anchors[place]
            if last[leaf] != query:
                last[leaf] = query
                anchors[count] = leaf
                count += 1
        firsts[query + 1] = count
    return firsts, anchors[:count]


def _asked(trees: Ints, count: Long) -> Any:
    """Which of so many leaves stand in some query."""
    found = np.zeros(count, np.bool_)
    at: Long = 0
    while at < trees.shape[0]:
        op = trees[at]
        if op == PHRASE:
            for part in range(at + 3, trees[at + 1], 2):
                found[trees[part]] = True
            at = np.int64(trees[at + 1])
            continue
        if op >= 0:
            found[op] = True
        at += 1 if op >= 0 else 3 if op <= NEAR else 2
    return found


after, rarest, side, list_nodes, weigh = map(compiled, (_after, _rarest, _side, _list_nodes, _weigh))
cheapest, gather = map(compiled, (_cheapest, _gather))
choose, asked = (compiled(function, inside=False) for function in (_choose, _asked))
