import asyncio
import time

import pytest

from nexus_tui.labs.harness.labkit import Fail, clock


def test_waiting_takes_no_time() -> None:
    async def main() -> str:
        async with asyncio.timeout(100), asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(60))
            group.create_task(asyncio.sleep(20))
        return "done"

    began = time.perf_counter()
    assert clock.run(main()) == ("done", 60.0)
    assert time.perf_counter() - began < 1


def test_deadlock_is_said() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Fail, match="deadlock"):
        clock.run(main())


def test_blocking_sleep_is_said_and_given_back() -> None:
    async def main() -> None:
        time.sleep(60)

    with pytest.raises(Fail, match="stops every other task"):
        clock.run(main())
    time.sleep(0)
