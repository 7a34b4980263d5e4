"""The incident that an address names."""

from typing import Annotated, Any

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body

from vigie.charter import allows
from vigie.model import Incident
from vigie.web.house import House

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
LONGEST_TITLE = 120
LONGEST_WORDS = 4_000


def there(house: House, id: int) -> Incident:
    """An incident. Raises NotFoundException."""
    found = house.incidents.get(id)
    if found is None:
        raise NotFoundException
    return found


def may_own(house: House) -> list[str]:
    """Ids of the people who may answer for an incident."""
    charter = house.charter()
    return [one.id for one in (charter.people if charter else ()) if allows(one.roles, "handle-incidents")]
