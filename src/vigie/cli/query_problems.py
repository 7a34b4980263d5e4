"""Prints a query's mistakes under the query, each with a caret at its place."""

from vigie.cli.speak import err
from vigie.query import QueryError
from vigie.wording import Wording


def print_query_problems(error: QueryError, text: str, w: Wording) -> None:
    """The line of the mistake, a caret, the sentence and what to write instead where the parser knows."""
    for problem in error.problems:
        before = text[: problem.start]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        err.print(text.split("\n")[line], markup=False)
        err.print(" " * column + "^" * max(1, problem.end - problem.start), markup=False)
        err.print(w(problem.code, **problem.values), markup=False)
        if problem.hint:
            err.print(w(problem.hint, **problem.values), markup=False)
        if problem.suggestion:
            err.print(w("cli.query.suggestion", suggestion=problem.suggestion), markup=False)
