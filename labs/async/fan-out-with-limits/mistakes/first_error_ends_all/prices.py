import asyncio

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    turns = asyncio.Semaphore(AT_ONCE)

    async def price(partner):
        async with turns:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await ask(partner)
            except TimeoutError:
                return None

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(price(partner)) for partner in partners]
    return [task.result() for task in tasks]
