import asyncio

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    turns = asyncio.Semaphore(AT_ONCE)

    async def price(partner):
        async with turns, asyncio.timeout(PATIENCE):
            return await ask(partner)

    calls = [price(partner) for partner in partners]
    return await asyncio.gather(*calls, return_exceptions=True)
