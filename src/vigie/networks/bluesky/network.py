"""Bluesky among the networks: what a source of it may say, how it is read, whom to ask about people."""

from vigie.flows.ports.network import Directory, Source, SourceDownError, Tools
from vigie.model import SourceSpec
from vigie.networks.bluesky import address
from vigie.networks.bluesky.directory import AppView
from vigie.networks.bluesky.reader import Reader


class Bluesky:
    """The `Network` of this folder."""

    name = "bluesky"
    needs_token = False

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        return address.problems(spec)

    def open(self, spec: SourceSpec, tools: Tools) -> Source:
        """Raises SourceDownError for a source that has problems."""
        wrong = address.problems(spec)
        if wrong:
            _, code, detail = wrong[0]
            raise SourceDownError(code, detail, final=True)
        return Reader(address.place(spec), tools)

    def directory(self, spec: SourceSpec, tools: Tools) -> Directory | None:
        return AppView(str(spec.options.get("appview", address.APPVIEW)), tools)


NETWORK = Bluesky()
