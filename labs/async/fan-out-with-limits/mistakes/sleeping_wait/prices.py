import asyncio
import time

from sites import PartnerError

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    under_way = 0

    async def price(partner):
        nonlocal under_way
        while under_way >= AT_ONCE:
            time.sleep(0.05)
        under_way += 1
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask(partner)
        except (PartnerError, TimeoutError):
            return None
        finally:
            under_way -= 1

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(price(partner)) for partner in partners]
    return [task.result() for task in tasks]
