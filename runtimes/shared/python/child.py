"""A process of the action. Its stdin, stdout, stderr and descriptor 3 are pipes to here."""

import os
import pickle
import select
import signal

import output
import waiting

_POLL_MILLIS = 10  # where the system cannot wait for a process and for pipes at once
_FIRST_LOOK_MILLIS = 5
_LAST_LOOK_MILLIS = 500
_ANSWER_FD = 3

# What becomes of a program's stdin after the line of a run.
INPUT_STAYS = "stays"
INPUT_ENDS = "ends"
INPUT_ENDS_IF_ASKED_FOR = "ends if it is asked for before the answer"


class Ended(Exception):
    """The process ended before it answered."""

    def __init__(self, status):
        super().__init__(status)
        code = os.waitstatus_to_exitcode(status)
        self.reason = f"exit code {code}" if code >= 0 else f"signal {-code}"
        self.is_clean = code == 0


class _Pipes:
    """Both ends of the four pipes. None is inherited by itself."""

    def __init__(self):
        self.child_input, self.input = os.pipe()
        self.output, self.child_output = os.pipe()
        self.errors, self.child_errors = os.pipe()
        self.answers, self.child_answers = os.pipe()

    def for_child(self):
        return (
            (self.child_input, 0),
            (self.child_output, 1),
            (self.child_errors, 2),
            (self.child_answers, _ANSWER_FD),
        )

    def close_for_child(self):
        for fd, _ in self.for_child():
            os.close(fd)

    def close(self):
        for fd in (self.input, self.output, self.errors, self.answers):
            os.close(fd)


def spawn(path, arguments):
    """Starts the program at once."""
    pipes = _Pipes()
    actions = [(os.POSIX_SPAWN_DUP2, fd, target) for fd, target in pipes.for_child()]
    try:
        # All other descriptors, the wire among them, close by themselves when the program starts.
        pid = os.posix_spawn(
            path, [path, *arguments], os.environ, file_actions=actions, setsigdef=[signal.SIGPIPE]
        )
    except OSError:
        pipes.close()
        raise
    finally:
        pipes.close_for_child()
    return Child(pid, pipes)


class Prepared:
    """A process that is going to be the program. It is there from the init on, so that the server knows it: what
    appears during a run and stays is something that the action left behind."""

    def __init__(self, path):
        self._pipes = _Pipes()
        orders, self._orders = os.pipe()
        self._failure, failure = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                os.close(self._orders)
                self._become(path, orders)
            except OSError as error:
                os.write(failure, b"%d" % error.errno)
            finally:
                os._exit(1)
        os.close(orders)
        os.close(failure)
        self._pipes.close_for_child()

    def _become(self, path, orders):
        with os.fdopen(orders, "rb") as source:
            arguments, environment = pickle.load(source)
        for fd, target in self._pipes.for_child():
            os.dup2(fd, target)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.execve(path, [path, *arguments], environment)

    def start(self, arguments):
        with os.fdopen(self._orders, "wb") as target:
            pickle.dump((arguments, dict(os.environ)), target)
        with os.fdopen(self._failure, "rb") as source:
            failure = source.read()  # nothing: it closes when the program starts
        if failure:
            os.waitpid(self._pid, 0)
            self._pipes.close()
            raise OSError(int(failure), os.strerror(int(failure)))
        return Child(self._pid, self._pipes)


class Child:
    def __init__(self, pid, pipes):
        self._pid = pid
        self._input, self._answers = pipes.input, pipes.answers
        for fd in (pipes.input, pipes.output, pipes.errors, pipes.answers):
            os.set_blocking(fd, False)
        self._output = output.Output(pipes.output, 1, holds_last=True)
        self._errors = output.Output(pipes.errors, 2, holds_last=False)
        self._ended = watch(pid)
        self._status = None
        self._is_new = True
        self._unwritten = memoryview(b"")
        self._answer, self._has_answer = bytearray(), False

    def exchange(self, line, after_line, is_ack=lambda line: False):
        """Writes a line to its stdin, returns the line that it writes to descriptor 3. Its output is passed on."""
        while not self._is_new and output.read(self._answers):
            pass  # what it wrote after its last answer must not become the next one
        self._is_new = False
        self._unwritten = memoryview(line)
        self._answer, self._has_answer = bytearray(), False
        poll = self._poll()
        look = _Look() if after_line == INPUT_ENDS_IF_ASKED_FOR else None
        while True:
            ready = {fd for fd, _ in poll.poll(self._wait_millis(look))}
            if self._input in ready and self._write_input():
                poll.unregister(self._input)
                if after_line == INPUT_ENDS:
                    self._close_input()
            for stream in (self._output, self._errors):
                if stream.fd in ready and not stream.read():
                    poll.unregister(stream.fd)
            if self._answers in ready and not self._read_answer():
                poll.unregister(self._answers)
            has_ended = (self._ended is None or self._ended in ready) and self._reap()
            for answer in self._complete_answers():
                if not is_ack(answer):
                    self.finish_output()
                    return answer
            if has_ended:
                raise Ended(self._status)
            if look is not None and not ready and self._is_deaf(look):
                self._close_input()
                look = None

    def _wait_millis(self, look):
        if look is not None:
            return look.wait_millis
        return None if self._ended is not None else _POLL_MILLIS

    def _is_deaf(self, look):
        """Whether it reads on without having written anything to descriptor 3: nobody does that who answers there.
        What it wrote before it read on is here when that is seen."""
        return not self._unwritten and look.sees_reader(self._input) and not self._answer and not self._read_answer()

    def is_in_step(self):
        """Whether it has taken all of its last input, so that the next line will be the next request."""
        return not self._unwritten and self._input >= 0

    def take_last_line(self, is_result):
        """The last line of its output if it is a result, which is then no longer part of its logs; else None."""
        return self._output.take_last_line(is_result)

    def finish_output(self):
        self._output.finish()
        self._errors.finish()

    def close(self):
        """Ends it if it has not ended."""
        if self._status is None:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        self._close_input()
        for fd in (self._output.fd, self._errors.fd, self._answers):
            os.close(fd)
        if self._ended is not None:
            os.close(self._ended)

    def _poll(self):
        poll = select.poll()
        poll.register(self._input, select.POLLOUT)
        for fd in (self._output.fd, self._errors.fd, self._answers, self._ended):
            if fd is not None:
                poll.register(fd, select.POLLIN)
        return poll

    def _write_input(self):
        """Writes what fits; true when there is nothing left to write."""
        try:
            self._unwritten = self._unwritten[os.write(self._input, self._unwritten) :]
        except BlockingIOError:
            pass
        except OSError:
            self._unwritten = self._unwritten[:0]  # it does not read its input
        return not self._unwritten

    def _read_answer(self):
        """False if there is nothing more now or for ever."""
        part = output.read(self._answers) or b""
        self._answer += part
        self._has_answer = self._has_answer or b"\n" in part
        return bool(part)

    def _complete_answers(self):
        while self._has_answer:
            line, _, self._answer = self._answer.partition(b"\n")
            self._has_answer = b"\n" in self._answer
            yield bytes(line)

    def _reap(self):
        pid, status = os.waitpid(self._pid, os.WNOHANG)
        if pid == 0:
            return False
        self._status = status
        for read in (self._output.read, self._errors.read, self._read_answer):
            while read():
                pass
        return True

    def _close_input(self):
        if self._input >= 0:
            os.close(self._input)
            self._input = -1


class _Look:
    """Looks whether a program reads on, less and less often."""

    def __init__(self):
        self.wait_millis = _FIRST_LOOK_MILLIS

    def sees_reader(self, pipe):
        """Where it can't be seen, one that is silent for half a second counts as reading."""
        self.wait_millis = min(2 * self.wait_millis, _LAST_LOOK_MILLIS)
        is_asked = waiting.is_asked_for(pipe)
        return self.wait_millis == _LAST_LOOK_MILLIS if is_asked is None else is_asked


def watch(pid):
    """A descriptor that can be read when the process has ended; None where the system has none."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None
