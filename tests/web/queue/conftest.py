"""A house with a few publications, this week and next."""

import pytest

from web.composer.charter import APPROVED
from web.composer.ways import Ways


@pytest.fixture
def ways(site) -> Ways:
    site.write_charter(APPROVED)
    return Ways(site.house)
