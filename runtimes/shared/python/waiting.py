"""Tells whether a program waits for more input than it got."""

import fcntl
import os
import struct
import termios

_READS = {"x86_64": {0, 19, 3, 145}, "aarch64": {63, 65}, "riscv64": {63, 65}}  # read and readv; of 32 bits too
_READS_ELSEWHERE = {3, 145}


def is_asked_for(writing_end):
    """Whether all that was written to this pipe has been read and somebody is blocked reading on. None if the system
    does not tell what processes do."""
    if struct.unpack("i", fcntl.ioctl(writing_end, termios.FIONREAD, bytes(4)))[0] > 0:
        return False
    pipe = os.readlink(f"/proc/self/fd/{writing_end}")
    found = None
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        if int(pid) != os.getpid():
            answer = _reads(pid, pipe)
            if answer:
                return True
            found = answer if found is None else found
    return found


def _reads(pid, pipe):
    """Whether a thread of that process is blocked reading from the pipe; None if it may not be looked at."""
    reads = _READS.get(os.uname().machine, _READS_ELSEWHERE)
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/syscall") as file:
                call = file.read().split()  # number and arguments, or a word if it is not blocked
            if len(call) > 2 and int(call[0]) in reads and os.readlink(f"/proc/{pid}/fd/{int(call[1], 16)}") == pipe:
                return True
        return False
    except OSError:  # another user's, or gone by now
        return None
