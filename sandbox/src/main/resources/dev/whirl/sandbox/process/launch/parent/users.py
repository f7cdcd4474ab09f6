"""Becomes the root of a user namespace that has the numbers of all sandboxes, and then another program.

    users.py <first number> <how many> <program> <argument>...

Run by root: nobody else may map more than one number."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import kernel  # noqa: E402


def _map(pid, first, count):
    for name in ("gid_map", "uid_map"):
        with open(f"/proc/{pid}/{name}", "w") as file:
            file.write(f"0 {first} {count}")


def _enter(first, count):
    """Only a process outside may write the map: a child made before."""
    gate = os.pipe()
    pid = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(gate[1])
        if os.read(gate[0], 1):
            _map(pid, first, count)
        os._exit(0)
    kernel.unshare(kernel.CLONE_NEWUSER)
    os.write(gate[1], b"g")
    _, status = os.waitpid(child, 0)
    if status != 0:
        sys.exit("the numbers of the sandboxes could not be mapped")
    for each in gate:
        os.close(each)


if __name__ == "__main__":
    os.setgroups([])
    _enter(int(sys.argv[1]), int(sys.argv[2]))
    os.setresgid(0, 0, 0)
    os.setresuid(0, 0, 0)
    os.execv(sys.argv[3], sys.argv[3:])
