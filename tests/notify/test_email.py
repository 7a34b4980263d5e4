"""Letters, on a real mail server."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from vigie.flows.ports.messenger import Message, NotToldError
from vigie.notify import MailServer
from vigie.notify.email import Email

NOW = 1_783_200_000_123


class Post:
    """The server's side."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], EmailMessage]] = []

    async def handle_RCPT(  # noqa: N802 - the server finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 no such person"
        if address.startswith("later"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type]
        self.letters.append((envelope.rcpt_tos, letter))  # type: ignore[arg-type]
        return "250 OK"


def let_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (b"vigie", b"a@b"), handled=False)  # type: ignore[attr-defined]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def post() -> Iterator[tuple[Post, MailServer]]:
    taken = Post()
    server = Controller(
        taken,
        "127.0.0.1",
        free_port(),
        authenticator=let_in,
        auth_require_tls=False,
        auth_required=True,
        ready_timeout=10,
    )
    server.start()
    yield taken, MailServer("127.0.0.1", server.port, "vigie@brulerie.example", "none", "vigie", "a@b")
    server.stop()


async def test_a_letter_arrives_whole(post: tuple[Post, MailServer], message: Message) -> None:
    taken, server = post
    await Email(server).send("maelle@brulerie.example", "", message, NOW)
    ((to, letter),) = taken.letters
    assert to == ["maelle@brulerie.example"]
    assert (letter["Subject"], letter["From"]) == ("Brûlerie : incident 4", "vigie@brulerie.example")
    assert letter["Message-ID"] == "<notice-7@vigie.brulerie.example>"
    assert letter.get_content().split() == ["Une", "publication", "inconnue.", "http://vigie.example/incidents/4"]


@pytest.mark.parametrize(("who", "status", "final"), [("nobody", 550, True), ("later", 451, False)])
async def test_what_the_server_refuses(
    post: tuple[Post, MailServer], message: Message, who: str, status: int, *, final: bool
) -> None:
    with pytest.raises(NotToldError) as refused:
        await Email(post[1]).send(f"{who}@brulerie.example", "", message, NOW)
    assert (refused.value.status, refused.value.final) == (status, final)


async def test_a_wrong_password_is_final_and_not_repeated_in_words(
    post: tuple[Post, MailServer], message: Message
) -> None:
    server = MailServer("127.0.0.1", post[1].port, "vigie@brulerie.example", "none", "vigie", "wrong-secret")
    with pytest.raises(NotToldError) as refused:
        await Email(server).send("maelle@brulerie.example", "", message, NOW)
    assert refused.value.final
    assert "wrong-secret" not in refused.value.detail


async def test_no_server_is_no_reason_to_give_up(message: Message) -> None:
    with pytest.raises(NotToldError) as refused:
        await Email(MailServer("127.0.0.1", 9, "v@brulerie.example", "none")).send("m@x.example", "", message, NOW)
    assert not refused.value.final
