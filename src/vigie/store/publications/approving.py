"""What people answered about drafts that wait for approval."""

import msgspec
from sqlalchemy import insert, select

from vigie.model import Act, Approval, Remark
from vigie.store.acts import append_act
from vigie.store.publications.chapter import Chapter
from vigie.store.schema import approval

_remarks = msgspec.json.Decoder(tuple[Remark, ...]).decode
_FIELDS = Approval.__struct_fields__
_COLUMNS = [approval.c[name] for name in _FIELDS]


class Approving(Chapter):
    """The port's approvals."""

    def approve(self, given: Approval, act: Act) -> None:
        """See the port."""
        row = msgspec.structs.asdict(given) | {"remarks": msgspec.json.encode(given.remarks).decode()}
        with self._database.writing(durable=True) as tx:
            tx.execute(insert(approval), row)
            append_act(tx, act)

    def approvals(self, draft: int) -> list[Approval]:
        """See the port."""
        wanted = select(*_COLUMNS).where(approval.c.draft == draft).order_by(approval.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [Approval(**{**row, "remarks": _remarks(row["remarks"])}) for row in rows]
