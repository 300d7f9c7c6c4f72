"""What the tests of this folder share."""

import pytest

from launch.sandbox.signing import SigningKey


@pytest.fixture(scope="session")
def signing_key() -> SigningKey:
    """Making an RSA key is the slowest part of starting a sandbox; these tests share one."""
    return SigningKey.generate()
