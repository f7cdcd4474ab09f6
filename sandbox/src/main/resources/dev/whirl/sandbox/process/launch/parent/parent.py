"""A warm parent: keeps a runtime's launcher loaded, and forks a sandbox out of itself when the server asks for one.

It talks with the server in lines, over its standard input and output:

    to the server      ready | failed <why>             once, after a trial
                       started <pid outside> <pid>      a new sandbox's process waits to be let go
                       failed <why>                     instead of that
                       ended <pid> <status>             a sandbox's first process has ended
    from the server    {"folder", "user", "environment"}   a new sandbox
                       go | stop                        after `started`

No code of a function runs here, and nothing that a function can reach leads here. It is in a process namespace whose
first process dies with the server, and so does everything in namespaces further down, which sandboxes have."""

import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import box  # noqa: E402
import kernel  # noqa: E402

del sys.path[0]

_OUTER_PROCESSES, _RUN_FOLDER, _FILTER = 7, 8, 9  # open from the beginning
_FIRST_FREE = 3
_BROKEN = 125
_CALM_MILLIS = 20  # without a request, until a process is made that waits for the next one
_MOST_CALM_MILLIS = 10_000  # the same after several that could not be made, or ended before they were wanted
_CHUNK_BYTES = 64 * 1024


class Sandbox:
    """What the server asked for."""

    def __init__(self, request):
        self.folder = request["folder"]
        self.user = request["user"]
        self.environment = request["environment"]

    def connect(self):
        """Opens what leads to the server while that can be seen: output, errors, the socket, which it gives."""
        box.take_group(self.user)
        self._open_pipe("stderr", 2)
        self._open_pipe("stdout", 1)
        nothing = os.open("/dev/null", os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(f"/proc/self/fd/{_RUN_FOLDER}/{self.folder}/wire/wire.sock")
        return connection

    def _open_pipe(self, name, number):
        """For both directions first: opening it for writing alone waits for a reader, who may be gone."""
        path = f"{self.folder}/{name}"
        both = os.open(path, os.O_RDWR, dir_fd=_RUN_FOLDER)
        os.dup2(os.open(path, os.O_WRONLY, dir_fd=_RUN_FOLDER), number)
        os.close(both)


class Parent:
    def __init__(self, settings, launcher):
        self._settings = settings
        self._launcher = launcher
        self._received = b""
        self._children = set()
        self._spare = None
        self._calm_millis = _CALM_MILLIS
        self._own_processes = os.open("/proc/self/ns/pid", os.O_RDONLY)
        self._wakeups, wakeup = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)

    def serve(self):
        """Until the server closes its end."""
        self._say(self._trial())
        poll = select.poll()
        poll.register(0, select.POLLIN)
        poll.register(self._wakeups, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll(None if self._spare else self._calm_millis)}
            if not ready:
                self._make_spare()
            if self._wakeups in ready:
                self._reap()
            if 0 in ready:
                self._start(self._line())
            while b"\n" in self._received:  # came with the end of the one before
                self._start(self._line())

    def _fork(self):
        """As fork, into a process namespace of its own. The way back is for this process' next child."""
        kernel.unshare(kernel.CLONE_NEWPID)
        pid = None
        try:
            pid = os.fork()
        finally:
            if pid != 0:  # also if there is none: from a namespace without a process the kernel makes no other
                kernel.enter_namespace(self._own_processes, kernel.CLONE_NEWPID)
        return pid

    def _trial(self):
        """Whether boxes can be made here: one is, and nothing runs in it."""
        try:
            why, said = os.pipe()
            pid = self._fork()
        except OSError as error:
            return f"failed {error}"
        if pid == 0:
            try:
                os.dup2(said, 2)
                box.make(self._settings)
                box.enter(self._settings, 0)
                os._exit(0)
            except BaseException as error:
                _complain(error)
        os.close(said)
        with open(why, errors="replace") as text:
            reason = text.read().strip().replace("\n", " ")
        _, status = os.waitpid(pid, 0)
        return "ready" if status == 0 else f"failed {reason or status}"

    def _new_child(self):
        """A process in an empty box; gives its number and what it is told its sandbox by."""
        told, tell = os.pipe()
        try:
            pid = self._fork()
        except OSError:
            os.close(told)
            os.close(tell)
            return None
        if pid == 0:
            try:
                os.close(tell)
                self._become(told)
            except BaseException as error:
                _complain(error)
        os.close(told)
        self._children.add(pid)
        return pid, tell

    def _make_spare(self):
        self._spare = self._new_child()
        if self._spare is None:
            self._calm_down()

    def _calm_down(self):
        """Else a machine that has no room for a process would be asked for one for ever."""
        self._calm_millis = min(2 * self._calm_millis, _MOST_CALM_MILLIS)

    def _start(self, request):
        if self._spare:
            self._calm_millis = _CALM_MILLIS
        child = self._spare or self._new_child()
        self._spare = None
        if child is None:
            self._say("failed no process could be made")
            return
        try:
            os.write(child[1], request + b"\n")
            os.write(child[1], self._line() + b"\n")  # once the server has heard of it from the child
        except BrokenPipeError:
            self._say("failed the process has ended")
        os.close(child[1])

    def _become(self, told):
        """Makes the box around itself, waits for its sandbox and its control group, and becomes the launcher."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        numbers = f"{os.readlink('self', dir_fd=_OUTER_PROCESSES)} {os.readlink('/proc/self')}"
        box.make(self._settings)
        with open(told, "rb") as lines:
            sandbox = Sandbox(json.loads(lines.readline() or os._exit(0)))
            self._say(f"started {numbers}")
            if lines.readline() != b"go\n":
                os._exit(_BROKEN)
        connection = sandbox.connect()
        box.enter(self._settings, sandbox.user)
        _close_all_but(connection.fileno())
        os.setsid()
        self._launch(sandbox.environment, connection)

    def _launch(self, environment, connection):
        """Nothing of this parent is left in sight of the code."""
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        for name in ("box", "kernel"):
            del sys.modules[name]
        sys.modules["__main__"] = self._launcher
        sys.argv = [self._launcher.__file__]
        gc.enable()
        self._launcher.start(connection)
        os._exit(0)

    def _reap(self):
        while True:
            try:
                os.read(self._wakeups, _CHUNK_BYTES)
            except BlockingIOError:
                break
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            self._children.discard(pid)
            if self._spare and self._spare[0] == pid:
                os.close(self._spare[1])
                self._spare = None
                self._calm_down()
            self._say(f"ended {pid} {os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)}")

    def _line(self):
        while b"\n" not in self._received:
            chunk = os.read(0, _CHUNK_BYTES)
            if not chunk:
                os._exit(0)
            self._received += chunk
        line, self._received = self._received.split(b"\n", 1)
        return line

    @staticmethod
    def _say(line):
        rest = (line + "\n").encode()
        while rest:
            rest = rest[os.write(1, rest) :]


def _close_all_but(kept):
    os.closerange(_FIRST_FREE, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _complain(error):
    try:
        os.write(2, f"the sandbox could not be made: {type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(_BROKEN)


def _load(path):
    """As a module: it is started in the child only."""
    spec = importlib.util.spec_from_file_location("launcher", path)
    module = importlib.util.module_from_spec(spec)
    sys.argv = [path]
    spec.loader.exec_module(module)
    return module


def _read_filter():
    with open(_FILTER, "rb") as file:
        return file.read()


if __name__ == "__main__":
    gc.disable()
    settings = box.Settings(json.loads(sys.argv[1]), _read_filter())
    parent = Parent(settings, _load(sys.argv[2]))
    gc.collect()
    gc.freeze()  # what is there now is never looked at again, so that its pages stay shared
    parent.serve()
