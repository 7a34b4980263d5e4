"""Prints a charter's mistakes, each with its place and how to mend it."""

from vigie.charter import CharterError
from vigie.cli.speak import err
from vigie.wording import Wording


def print_problems(error: CharterError, w: Wording, name: str) -> None:
    """One line a mistake, as compilers do: ``file:line:column: sentence``."""
    for problem in error.problems:
        sentence = w(problem.code, **problem.values)
        err.print(f"{name}:{problem.line}:{problem.column}: {sentence}", markup=False)
        if problem.hint:
            err.print(f"    {problem.hint}", markup=False)
