"""Each code that the store and the home folder give has its sentence in both languages."""

import re
from pathlib import Path

import pytest

from vigie.home import errors as home_errors
from vigie.store import check
from vigie.store import errors as store_errors
from vigie.wording import Wording

CODE = re.compile(r"``([a-z0-9-]+)``")
CODES = [
    *(f"store.error.{code}" for code in ["full", *CODE.findall(store_errors.StoreError.__doc__ or "")]),
    *(
        f"store.check.{code}"
        for code in CODE.findall((check.problems.__doc__ or "").rpartition("``store.check.CODE``")[2])
    ),
    *(f"store.home.{code}" for code in CODE.findall(home_errors.HomeError.__doc__ or "")),
]


def test_the_docstrings_name_every_code_that_is_raised() -> None:
    raised = set()
    for room in ("store", "home"):
        for path in (Path(__file__).parents[2] / "src/vigie" / room).rglob("*.py"):
            raised |= {
                f"{room}.{code}" for code in re.findall(r'(?:Store|Home)Error\("([a-z0-9-]+)"', path.read_text("utf-8"))
            }
    known = {code.replace("store.home.", "home.").replace("store.error.", "store.") for code in CODES}
    assert raised <= known


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_each_code_has_its_sentence(code: str, lang: str) -> None:
    sentence = Wording(lang)(code, detail="/home/vigie")
    assert code not in sentence
    assert sentence.endswith(".")
