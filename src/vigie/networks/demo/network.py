"""The demo as a network among the others."""

from vigie.flows.ports.network import Directory, Source, SourceDownError, Tools
from vigie.model import SourceSpec
from vigie.networks.demo import options
from vigie.networks.demo.source import DemoSource


class Demo:
    """Needs no account and fetches nothing. Its posts name the networks that they pretend to come from."""

    name = "demo"
    needs_token = False

    def problems(self, spec: SourceSpec) -> list[tuple[str, str, str]]:
        return options.problems(spec)

    def open(self, spec: SourceSpec, tools: Tools) -> Source:
        """Raises SourceDownError for a source that has problems."""
        wrong = options.problems(spec)
        if wrong:
            _, code, detail = wrong[0]
            raise SourceDownError(code, detail, final=True)
        return DemoSource(options.read(spec), tools.clock, tools.folder)

    def directory(self, spec: SourceSpec, tools: Tools) -> Directory | None:
        """Nobody to ask."""
        del spec, tools
        return None


NETWORK = Demo()
