"""From characters, as Python counts them, to UTF-16 units, as browsers do."""

from bisect import bisect_left


class Units:
    """Places of one text. Characters beyond the first 65,536 count twice in a browser.

    >>> units = Units("un 🌊 bleu")
    >>> units[3], units[4]
    (3, 5)
    """

    def __init__(self, text: str) -> None:
        self._wide = [index for index, sign in enumerate(text) if sign > "\uffff"]

    def __getitem__(self, index: int) -> int:
        return index + bisect_left(self._wide, index)
