"""proselint's checks over posts, all of them, in one process: `with_proselint.py POSTS.json` prints one JSON line."""

import json
import sys
import time
from pathlib import Path

from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile


def main() -> None:
    """Prints posts, cpu_s and messages."""
    CheckRegistry().register_many(__register__)
    posts = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    for post in posts[:100]:
        LintFile("post", post).lint()
    begun = time.process_time()
    messages = sum(len(LintFile("post", post).lint()) for post in posts)
    print(json.dumps({"posts": len(posts), "cpu_s": time.process_time() - begun, "messages": messages}))


if __name__ == "__main__":
    main()
