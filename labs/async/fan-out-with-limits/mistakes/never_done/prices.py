import asyncio

from sites import PartnerError

AT_ONCE = 4
PATIENCE = 3


async def prices(partners, ask):
    queue = asyncio.Queue()
    found = {}
    for partner in partners:
        queue.put_nowait(partner)

    async def worker():
        while True:
            partner = await queue.get()
            try:
                found[partner] = await asyncio.wait_for(ask(partner), PATIENCE)
            except (PartnerError, TimeoutError):
                found[partner] = None

    workers = [asyncio.create_task(worker()) for _ in range(AT_ONCE)]
    await queue.join()
    for each in workers:
        each.cancel()
    return [found[partner] for partner in partners]
