import asyncio

from sites import PartnerError

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    async def price(partner):
        try:
            async with asyncio.timeout(PATIENCE):
                return await ask(partner)
        except (PartnerError, TimeoutError):
            return None

    found = []
    for start in range(0, len(partners), AT_ONCE):
        async with asyncio.TaskGroup() as group:
            batch = partners[start : start + AT_ONCE]
            tasks = [group.create_task(price(partner)) for partner in batch]
        found += [task.result() for task in tasks]
    return found
