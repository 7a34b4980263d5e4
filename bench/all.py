"""Runs every benchmark in turn, each in a process of its own. Figures are lines `name value unit`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ORDER = ("start.py", "pipeline.py", "matcher_alone.py", "cost.py", "preview.py", "composing.py", "live.py")


def main() -> int:
    """Status 1 when one of them failed; the others run all the same."""
    failed = []
    with tempfile.TemporaryDirectory() as cache:
        env = os.environ | {"NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", cache)}
        for name in sys.argv[1:] or ORDER:
            print(f"# {name}", flush=True)
            if subprocess.run([sys.executable, HERE / name], env=env, check=False).returncode:
                failed.append(name)
    if failed:
        print(f"# failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
