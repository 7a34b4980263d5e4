"""The built-in checks. A file here is a check: ``look``, and ``Options`` where there is more to tune."""
