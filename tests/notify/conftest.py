"""What these tests share."""

from notify.receiving import message, receiver

__all__ = ["message", "receiver"]
