"""Who does what a command asks for: a person of the charter, or whoever sits at the machine."""

from typing import Annotated, TypeAlias

import typer

from vigie.app.clock import now
from vigie.app.opened import Opened
from vigie.charter import Charter, CharterError
from vigie.charter.rights import Action, allows
from vigie.cli.charter_problems import print_problems
from vigie.cli.speak import fail
from vigie.flows.drafts import Doing
from vigie.wording import Wording

CONSOLE = "console"
"""Who acts when nobody is named: somebody who can open the home folder."""

As: TypeAlias = Annotated[str, typer.Option("--as", help="Who you are: your id in the charter.")]


def doing(vigie: Opened, who: str, action: Action, w: Wording) -> tuple[Charter | None, Doing]:
    """The charter in force, and the person with the moment. Ends the command when the person may not do it.

    A charter with mistakes stops nothing here: what is wrong on the network does not wait for it to be mended.
    """
    try:
        charter = vigie.charter()
    except CharterError as error:
        print_problems(error, w, "charter.yaml")
        charter = None
    if who and charter is not None:
        person = charter.person(who)
        if person is None:
            fail(w("cli.person.unknown", person=who, people=", ".join(one.id for one in charter.people)), 2)
        if not allows(person.roles, action):
            fail(w("cli.person.may-not", person=person.name), 2)
    return charter, Doing(who or CONSOLE, now(), charter.digest if charter else "")


def zone_of(charter: Charter | None) -> str:
    """The clock that the house's people read."""
    return charter.company.timezone if charter else "UTC"
