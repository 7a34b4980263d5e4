"""Files: an archive brought along, read once from where the last reading stopped, or played back in its own rhythm."""

from vigie.networks.files.network import NETWORK
from vigie.networks.files.replay import Replay
from vigie.networks.files.source import FileSource, Progress

__all__ = ["NETWORK", "FileSource", "Progress", "Replay"]
