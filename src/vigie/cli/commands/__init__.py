"""One file per command: a docstring whose first line is the command's summary, and ``run`` or ``app``."""
