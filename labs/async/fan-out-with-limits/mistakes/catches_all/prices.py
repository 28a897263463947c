import asyncio

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    waiting = list(enumerate(partners))
    found = [None] * len(partners)

    async def worker():
        while waiting:
            at, partner = waiting.pop(0)
            try:
                async with asyncio.timeout(PATIENCE):
                    found[at] = await ask(partner)
            except:
                found[at] = None

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(worker())
    return found
