import asyncio

from sites import PartnerError

AT_ONCE = 4


async def prices(partners, ask):
    turns = asyncio.Semaphore(AT_ONCE)

    async def price(partner):
        async with turns:
            try:
                return await ask(partner)
            except PartnerError:
                return None

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(price(partner)) for partner in partners]
    return [task.result() for task in tasks]
