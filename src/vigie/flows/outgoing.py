"""What is handed to a network for one piece of a publication: words, pictures, and what they stand under."""

from msgspec import structs

from vigie.flows.pictures import UnreadablePictureError, prepared
from vigie.flows.ports.media import Media
from vigie.flows.ports.writer import Receipt, Upload, Wanted, WriteError, Writer
from vigie.model import Attachment, Publication, Sent


def next_piece(p: Publication) -> int | None:
    """The first piece that is not known to be on the network; None when all are."""
    return next((index for index, sent in enumerate(p.sent) if not sent.remote_id), None)


def receipt(sent: Sent) -> Receipt:
    """How a piece that is out is referred to."""
    return Receipt(sent.remote_id, sent.version, sent.url)


async def wanted(writer: Writer, media: Media, p: Publication, index: int) -> Wanted:
    """One piece of a claimed publication, whose earlier pieces are out; the same each time.

    It bears the time that was planned, a thousandth of a second later for each piece, so that a thread keeps its order.

    Raises WriteError.
    """
    outgoing = p.outgoing
    parent = root = quotes = None
    if outgoing.answers is not None:
        parent, root = await writer.resolve(outgoing.answers)
    if index:
        parent, root = receipt(p.sent[index - 1]), root or receipt(p.sent[0])
    elif outgoing.quotes is not None:
        quotes, _ = await writer.resolve(outgoing.quotes)
    pictures = tuple(_upload(media, attachment) for attachment in outgoing.pieces[index].media)
    return structs.replace(named(p, index), media=pictures, parent=parent, root=root, quotes=quotes)


def named(p: Publication, index: int) -> Wanted:
    """The same piece without what it stands under and shows: enough to ask for it by its key."""
    return Wanted(p.sent[index].key, p.outgoing.pieces[index].text, p.due + index, p.outgoing.language)


def _upload(media: Media, attachment: Attachment) -> Upload:
    content = media.get(attachment.id)
    if content is None:
        raise WriteError("picture-missing", attachment.id, final=True)
    try:
        return prepared(content, attachment.type, attachment.alt)
    except UnreadablePictureError as error:  # what it may tell of people's lives cannot be taken out of it
        raise WriteError("unsupported", str(error), final=True) from error
