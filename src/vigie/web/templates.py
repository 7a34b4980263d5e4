"""The pages' templates: the shell's own, and each page's beside its handlers (``listening/page.html``)."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vigie.web.assets import Assets
from vigie.web.said import safe_link
from vigie.web.visitor import initials
from vigie.wording.alerts import happened, incident_title, pause_why, seconds, told

_HERE = Path(__file__).parent


def environment(assets: Assets) -> Environment:
    """Everything is escaped; a value that is missing is an error, never an empty string."""
    env = Environment(
        loader=FileSystemLoader([_HERE / "shell", _HERE / "pages"]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(asset=assets.url, initials=initials, sprite=assets.url("icons.svg"))
    env.globals.update(
        safe_link=safe_link,
        incident_title=incident_title,
        happened=happened,
        notice_says=told,
        seconds=seconds,
        pause_why=pause_why,
    )
    return env
