"""E-mail through the house's own server."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import Literal

from msgspec import Struct

from vigie.flows.ports.messenger import Answer, Message, NotToldError
from vigie.model import Millis

SECONDS = 20.0
PERMANENT = 500
"""SMTP answers from here on are final (RFC 5321 §4.2.1)."""


class MailServer(Struct, frozen=True):
    """Where mail is handed in. ``security``: ``tls`` from the first byte, ``starttls``, or ``none`` (a relay on this
    machine)."""

    host: str
    port: int
    sender: str
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    password: str = ""


class Email:
    """One letter for each message, plain text."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def send(self, address: str, secret: str, message: Message, now: Millis) -> Answer:
        """See the port."""
        del secret
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self._server.sender, address, message.subject
        letter["Date"] = formatdate(now / 1000)
        letter["Message-ID"] = f"<{message.id}@vigie.{self._server.sender.rpartition('@')[2]}>"
        letter.set_content(f"{message.text}\n\n{message.link}\n")
        try:
            await asyncio.to_thread(self._hand_in, letter)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise NotToldError(said.decode("utf-8", "replace"), status=code, final=code >= PERMANENT) from error
        except smtplib.SMTPResponseException as error:
            said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
            final = error.smtp_code >= PERMANENT
            raise NotToldError(said.decode("utf-8", "replace"), status=error.smtp_code, final=final) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotToldError(f"{type(error).__name__}: {error}") from error
        return Answer()

    def _hand_in(self, letter: EmailMessage) -> None:
        server = self._server
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=SECONDS, context=ssl.create_default_context()
            )
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        with line:
            if server.security == "starttls":
                line.starttls(context=ssl.create_default_context())
            if server.user:
                line.login(server.user, server.password)
            line.send_message(letter)
