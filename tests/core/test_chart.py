"""Facts are valid from birth."""

from datetime import date

import pytest

from smartapp.core.dates import Precision, When


def test_a_date_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="cannot end"):
        When(date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("precision", "shown"), [(Precision.DAY, "2025-12-31"), (Precision.MONTH, "2025-12"), (Precision.YEAR, "2025")]
)
def test_a_date_shows_no_more_than_was_recorded(precision, shown):
    assert str(When(date(2025, 1, 1), date(2025, 12, 31), precision)) == shown
