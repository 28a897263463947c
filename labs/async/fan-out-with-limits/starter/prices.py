async def prices(partners, ask):
    return [await ask(partner) for partner in partners]
