"""Landlock (Linux 5.13 and later): the kernel refuses writes outside the workspace.

From ABI 4 it also refuses TCP connections, from ABI 6 signals to processes outside. It needs no
rights and no library; it binds this process and all it starts. Constants: linux/landlock.h.
"""

from __future__ import annotations

import ctypes
import os
import struct

CREATE, ADD, RESTRICT = 444, 445, 446
NO_NEW_PRIVS = 38
PATH_BENEATH, NET_PORT = 1, 2
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, TRUNCATE = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14
CONNECT_TCP, SCOPE_SIGNAL = 1 << 1, 1 << 1
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""ABI -> how many of the rights on files it knows."""
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
"""Rights that can be given on something other than a folder."""


def restrict(workspace: str, ports: list[int]) -> int:
    """Allow reading everywhere, writing in the workspace, connecting to these ports of any host.

    Gives the ABI in force, 0 where the kernel has none.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    abi = int(libc.syscall(CREATE, None, 0, 1))
    if abi < 1:
        return 0
    rights = (1 << RIGHTS[min(abi, 5)]) - 1
    ruleset = int(libc.syscall(CREATE, *_attributes(abi, rights), 0))
    if ruleset < 0:
        return 0
    _allow_paths(libc, ruleset, rights, workspace)
    if abi >= 4:
        for port in ports:
            libc.syscall(ADD, ruleset, NET_PORT, struct.pack("=QQ", CONNECT_TCP, port), 0)
    libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    refused = libc.syscall(RESTRICT, ruleset, 0)
    os.close(ruleset)
    return 0 if refused else abi


def _attributes(abi: int, rights: int) -> tuple[bytes, int]:
    fields = [rights]
    if abi >= 4:
        fields.append(CONNECT_TCP)
    if abi >= 6:
        fields.append(SCOPE_SIGNAL)
    packed = struct.pack(f"={len(fields)}Q", *fields)
    return packed, len(packed)


def _allow_paths(libc: ctypes.CDLL, ruleset: int, rights: int, workspace: str) -> None:
    _allow(libc, ruleset, "/", (EXECUTE | READ_FILE | READ_DIR) & rights)
    for folder in (workspace, "/dev/shm"):
        _allow(libc, ruleset, folder, rights)
    for device in DEVICES:
        _allow(libc, ruleset, device, ON_FILES & rights)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return
    libc.syscall(ADD, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    os.close(descriptor)
