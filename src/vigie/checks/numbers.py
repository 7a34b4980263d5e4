"""Numbers that carry their own proof: account, card and insurance numbers whose check digits come out."""

from vigie.checks.tables import table

_CARD_LENGTHS = {"3": (14, 15), "4": (16,), "5": (16,), "6": (16,), "2": (16,)}
_FEW = 2
"""Different digits of a number that is only an example: 4242 4242 4242 4242."""


def is_iban(text: str) -> bool:
    """Whether an account number, spaces aside, has the length of its country and the right check digits (ISO 13616).

    >>> is_iban("GB82 WEST 1234 5698 7654 32"), is_iban("GB83 WEST 1234 5698 7654 32")
    (True, False)
    """
    code = text.replace(" ", "").upper()
    if table("personal-data")["iban_lengths"].get(code[:2]) != len(code) or not code.isascii() or not code.isalnum():
        return False
    return int("".join(str(int(char, 36)) for char in code[4:] + code[:4])) % 97 == 1


def is_card(digits: str) -> bool:
    """Whether digits are a payment card's: an issuer's beginning, its length, and Luhn's check digit (ISO 7812).

    >>> is_card("5105105105105100"), is_card("5105105105105101"), is_card("4242424242424242")
    (False, False, False)
    >>> is_card("4539148803436467")
    True
    """
    if len(digits) not in _CARD_LENGTHS.get(digits[:1], ()) or len(set(digits)) <= _FEW + 1:
        return False
    return _luhn(digits)


def _luhn(digits: str) -> bool:
    total = sum(int(one) for one in digits[-1::-2])
    return (total + sum(sum(divmod(2 * int(one), 10)) for one in digits[-2::-2])) % 10 == 0


def is_nir(text: str) -> bool:
    """Whether 15 characters are a French social security number: its key is 97 less the rest by 97 (Insee).

    >>> is_nir("255081416802538"), is_nir("255081416802539"), is_nir("2550814168025")
    (True, False, False)
    """
    code = text.upper().replace("2A", "19", 1) if text[5:7].upper() == "2A" else text.upper().replace("2B", "18", 1)
    if len(code) != 15 or not (code.isascii() and code.isdigit()) or code[0] not in "123478":  # noqa: PLR2004
        return False
    return 97 - int(code[:13]) % 97 == int(code[13:])
