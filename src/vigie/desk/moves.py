"""What every state machine of the desk shares: the error that tells why a move is not made."""


class MoveError(Exception):
    """The state does not allow it; nothing is changed. ``code`` is a word of the machine's own, told in its file."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
