"""Two `listen` never run for one home folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from vigie.app.alone import NotAloneError, alone, taken

HOLD = """
import sys
from pathlib import Path
from vigie.app.alone import alone
with alone(Path(sys.argv[1]), "listen"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_is_refused_until_the_first_has_ended_however_it_ended(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(NotAloneError), alone(folder, "listen"):
            pass
        with alone(folder, "work"):
            pass
        assert (taken(folder, "listen"), taken(folder, "work")) == (True, False)
        first.kill()
    with alone(folder, "listen"):
        pass
