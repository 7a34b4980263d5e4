"""Makes a home folder ready: its key, its database and the owner's account, whose password is printed once."""

from typing import Annotated

import typer

from vigie.app.first_run import NotEmptyError, prepare
from vigie.charter import CharterError
from vigie.cli.charter_problems import print_problems
from vigie.cli.house import house
from vigie.cli.speak import fail, out, settings
from vigie.wording import Wording


def run(
    demo: Annotated[bool, typer.Option("--demo", help="With the demo workspace, a fictional coffee roaster.")] = False,  # noqa: FBT002
) -> None:
    """Makes a home folder ready: its key, its database and the owner's account, whose password is printed once."""
    chosen = settings()
    w = Wording(chosen.lang)
    with house(chosen) as vigie:
        try:
            first = prepare(vigie, demo=demo)
        except NotEmptyError:
            fail(w("cli.init.not-empty", home=str(chosen.home)))
        except CharterError as error:
            print_problems(error, w, str(vigie.home.path / "charter.yaml"))
            raise typer.Exit(1) from error
    address = chosen.base_url or f"http://{chosen.host}:{chosen.port}"
    out.print(w("cli.init.address", address=address), markup=False)
    if first.demo:
        out.print(w("cli.init.demo"), markup=False)
    if first.password:
        out.print(w("cli.init.login", login=first.login, password=first.password), markup=False)
    else:
        out.print(w("cli.init.known", login=first.login), markup=False)
