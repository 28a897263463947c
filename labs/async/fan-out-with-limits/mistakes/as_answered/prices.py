import asyncio

from sites import PartnerError

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    turns = asyncio.Semaphore(AT_ONCE)

    async def price(partner):
        async with turns:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await ask(partner)
            except (PartnerError, TimeoutError):
                return None

    calls = [price(partner) for partner in partners]
    return [await answer for answer in asyncio.as_completed(calls)]
