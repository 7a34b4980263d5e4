"""What the detectors remember."""

from sqlalchemy import Column, LargeBinary, Table, Text

from vigie.store.schema.metadata import METADATA

signal = Table(
    "signal",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("state", LargeBinary, nullable=False),
)
