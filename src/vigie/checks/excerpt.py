"""The beginning of a post, by which people know which one is meant."""


def beginning(text: str, most: int) -> str:
    r"""Its first whole words on one line, at most so many characters before the sign that more follows.

    >>> beginning("La rue du Four\nrouvre", 30), beginning("La rue du Four rouvre", 14)
    ('La rue du Four rouvre', 'La rue du…')
    """
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"
