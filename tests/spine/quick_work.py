"""The role `work` as it is, but with less patience: an answer that takes longer than so many seconds is in doubt."""

import asyncio
import os
import sys

from vigie.app.alone import alone
from vigie.app.logs import set_up_logs
from vigie.app.opened import opened
from vigie.app.working import work
from vigie.settings import read_settings

if __name__ == "__main__":
    settings = read_settings(os.environ)
    set_up_logs("work", settings.log)
    with opened(settings, "work") as vigie, alone(vigie.run_folder, "work"):
        vigie.answers_within_s = float(sys.argv[1])
        asyncio.run(work(vigie, supervised=False))
