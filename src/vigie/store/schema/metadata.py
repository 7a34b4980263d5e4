"""The one collection of tables."""

from sqlalchemy import MetaData

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_by_%(column_0_N_name)s",
        "uq": "%(table_name)s_once_%(column_0_N_name)s",
        "pk": "%(table_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s",
    },
)
