"""What every test gets: async tests run, and the learner's own files are out of reach."""

import asyncio
import inspect
from pathlib import Path

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run ``async def`` tests, each in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of the machine change nothing, and nothing is written to them."""
    home = tmp_path_factory.mktemp("nexus-home")
    monkeypatch.setenv("NEXUS_HOME", str(home))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return home
