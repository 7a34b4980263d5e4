"""The pages and the API, served by one process."""

from vigie.web.house import House
from vigie.web.site import create_app

__all__ = ["House", "create_app"]
