"""What this folder offers for writing, and how a person lets Vigie in: with a token, or on a page of their server."""

import base64
import hashlib
from collections.abc import Callable
from urllib.parse import urlencode

from vigie.flows.ports.writer import Grant, Invitation, Standing, WriteError, Writer, WriteTools
from vigie.networks.mastodon.network import origin
from vigie.networks.mastodon.writing.entities import Registered, Token
from vigie.networks.mastodon.writing.server import Server
from vigie.networks.mastodon.writing.writer import MastodonWriter

APPLICATION = "Vigie"
SCOPES = "read:accounts read:statuses read:search write:statuses write:media"
SHOWN = "urn:ietf:wg:oauth:2.0:oob"
"""Instead of an address of ours: the server shows the code, and a person copies it."""


class MastodonWriting:
    """Implements `vigie.flows.ports.writer.Writing`."""

    name = "mastodon"
    keeps_edits = True

    def writer(self, grant: Grant, keep: Callable[[Grant], None], tools: WriteTools) -> Writer:
        """Tokens do not change, so nothing is ever kept anew."""
        del keep
        return MastodonWriter(Server(grant.service, grant.secret, tools), tools)

    async def connect(self, service: str, login: str, secret: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """See the port. ``secret``: an access token; the server says whose it is."""
        del login
        server = _server(service)
        writer = MastodonWriter(Server(server, secret.strip(), tools), tools)
        standing = await writer.standing()
        grant = Grant(server, secret.strip(), standing.author.handle, standing.author.id)
        return grant, standing

    async def invite(self, service: str, returns_to: str, tools: WriteTools) -> Invitation:
        """See the port (OAuth 2.0 with PKCE). The application is made known to the server each time."""
        server = _server(service)
        back = returns_to or SHOWN
        asked = {"client_name": APPLICATION, "redirect_uris": back, "scopes": SCOPES}
        registered = await Server(server, "", tools).post("/api/v1/apps", Registered, asked)
        state, verifier = _random(tools), _random(tools)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        page = {
            "response_type": "code",
            "client_id": registered.client_id,
            "redirect_uri": back,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        url = f"{server}/oauth/authorize?{urlencode(page)}"
        return Invitation(server, url, state, back, registered.client_id, registered.client_secret, verifier)

    async def accept(self, invitation: Invitation, code: str, tools: WriteTools) -> tuple[Grant, Standing]:
        """See the port."""
        asked = {
            "grant_type": "authorization_code",
            "code": code.strip(),
            "client_id": invitation.client_id,
            "client_secret": invitation.client_secret,
            "redirect_uri": invitation.returns_to,
            "code_verifier": invitation.verifier,
            "scope": SCOPES,
        }
        try:
            token = await Server(invitation.service, "", tools).post("/oauth/token", Token, asked)
        except WriteError as error:
            if not error.final:
                raise
            raise WriteError("bad-token", error.detail, final=True) from error
        return await self.connect(invitation.service, "", token.access_token, tools)


def _server(service: str) -> str:
    found = origin(service)
    if not found:
        raise WriteError("unreachable", service, final=True)
    return found


def _random(tools: WriteTools) -> str:
    """56 characters that nobody can foretell (RFC 7636 asks for 43 at least)."""
    return "".join(f"{int(tools.chance() * 2**53):014x}" for _ in range(4))


WRITING = MastodonWriting()
