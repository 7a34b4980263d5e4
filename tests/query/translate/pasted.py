"""The queries of the sample files: written for these tests, each in the way that people write for that product."""

from pathlib import Path

from vigie.query.translate import VENDORS, Vendor

HERE = Path(__file__).parent
QUERIES: dict[Vendor, list[str]] = {
    vendor: (HERE / f"{vendor}.txt").read_text("utf-8").rstrip("\n").split("\n%%\n") for vendor in VENDORS
}
EVERY = [(vendor, query) for vendor, queries in QUERIES.items() for query in queries]
