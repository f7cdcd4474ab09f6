"""Puts the calling process, the first one of a fresh process namespace, into its box.

What it starts from: a user namespace in which it may do everything, whose users are those of the server's sandboxes,
and the file system that bubblewrap made for the parent, which is that of all sandboxes but for what is mounted here."""

import fcntl
import os
import resource
import socket
import struct

import kernel

# that of processes was made before; those of control groups and users come last
_NAMESPACES = kernel.CLONE_NEWNS | kernel.CLONE_NEWIPC | kernel.CLONE_NEWUTS
_USER = 1000
_OUT_OF_MEMORY_SCORE = b"500"
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


class Settings:
    """What is the same for all boxes of a server."""

    def __init__(self, values, program):
        self.has_own_network = values["ownNetwork"]
        self.temporary_bytes = values["temporaryBytes"]
        self.shared_memory_bytes = values["sharedMemoryBytes"]
        self.open_files = values["openFiles"]
        self.processes = values["processes"]  # zero: something else bounds them
        self.program = program


def make(settings):
    """Makes the box around this process: what does not depend on whose it will be."""
    network = kernel.CLONE_NEWNET if settings.has_own_network else 0
    kernel.unshare(_NAMESPACES | network)
    if settings.has_own_network:
        _start_loopback()
    _mount(settings)


def enter(settings, user):
    """From here on the process is as powerless as what it will run.

    @param user its number in the parent's user namespace; zero where all sandboxes have the server's
    """
    kernel.unshare(kernel.CLONE_NEWCGROUP)  # its root is the group that the server has put it into
    _become(user)
    with open("/proc/sys/user/max_user_namespaces", "wb", buffering=0) as limit:
        limit.write(b"0")
    with open("/proc/self/oom_score_adj", "wb", buffering=0) as score:
        score.write(_OUT_OF_MEMORY_SCORE)
    _limit(settings)
    kernel.drop_capabilities()
    kernel.forbid_new_privileges()
    kernel.filter_calls(settings.program)


def take_group(user):
    """So that the sandbox's folder can be passed through: before `enter`, while what is in it must still be opened."""
    if user != 0:
        os.setgroups([])
        os.setresgid(user, user, user)


def _start_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack_from("16xH", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request))[0]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))


def _mount(settings):
    """Over the parent's own, which nobody can uncover without capabilities."""
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("proc", "/proc", flags | kernel.MS_NOEXEC)
    kernel.mount("tmpfs", "/dev/shm", flags, f"mode=1777,size={settings.shared_memory_bytes}")
    kernel.mount("tmpfs", "/tmp", flags, f"mode=1777,size={settings.temporary_bytes}")
    os.chdir("/tmp")


def _become(user):
    if user != 0:
        os.setresuid(user, user, user)
        kernel.show_in_proc()
    kernel.unshare(kernel.CLONE_NEWUSER)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{_USER} {user} 1"), ("gid_map", f"{_USER} {user} 1")):
        with open(f"/proc/self/{name}", "wb", buffering=0) as file:
            file.write(text.encode())


def _limit(settings):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (settings.open_files, settings.open_files))
    if settings.processes:
        resource.setrlimit(resource.RLIMIT_NPROC, (settings.processes, settings.processes))
