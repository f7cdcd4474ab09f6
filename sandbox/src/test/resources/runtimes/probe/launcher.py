"""A runtime for tests. A run's document is {"value": {"do": <command>, ...}}; the commands are the functions below.

It is hostile where a test wants it to be, so it keeps its socket where its commands can use it.
"""
import ctypes
import errno
import json
import mmap
import os
import random
import signal
import socket
import struct
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from network import *  # its commands are commands here
from network import attempt
del sys.path[0]

INIT, RUN, READY, REPLY = 1, 2, 3, 4
wire_path = os.environ.pop("WHIRL_SOCKET", "/whirl/wire/wire.sock")
wire = None
libc = ctypes.CDLL(None, use_errno=True)
initialized = False
kept = []
here = threading.local()  # the number of the request that this thread works on


def receive(count):
    parts = []
    while count > 0:
        part = wire.recv(min(count, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def send(kind, number, payload):
    wire.sendall(struct.pack(">IBI", 5 + len(payload), kind, number) + payload)


def reply(number, status, document):
    send(REPLY, number, struct.pack(">H", status) + json.dumps(document).encode())


def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments)
    return "ok" if result >= 0 else errno.errorcode[ctypes.get_errno()]


def mark(number, text, micros=None):
    micros = time.time_ns() // 1000 if micros is None else micros
    return b"\x1e%d:%d\x1f%s\n" % (number, micros, text.encode())


# what a run can do; each takes its arguments and gives its result

def echo(value):
    return value


def draw(value):
    """Numbers that nobody else should draw."""
    import secrets
    import ssl
    import tempfile
    import uuid
    return {"random": random.random(), "bits": random.getrandbits(64), "bytes": os.urandom(16).hex(),
            "secrets": secrets.token_hex(16), "uuid1": str(uuid.uuid1()), "uuid4": str(uuid.uuid4()),
            "ssl": ssl.RAND_bytes(16).hex(), "file": tempfile.mktemp()}


def environment(value):
    return dict(os.environ)


def descriptors(value):
    found = {}
    for name in sorted(os.listdir("/proc/self/fd"), key=int):
        try:
            found[int(name)] = os.readlink("/proc/self/fd/" + name)
        except OSError:
            pass  # that of the list itself
    return str(found)


def sleep(value):
    time.sleep(value["seconds"])
    return {}


def spin(value):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def leave(value):
    os._exit(value.get("status", 0))


def write(value):
    sys.stdout.flush()
    os.write(2 if value.get("stderr") else 1, value["text"].encode("utf-8", "surrogateescape"))
    return {}


def marked(value):
    for line in value["lines"]:
        time.sleep(line.get("after", 0))
        os.write(2 if line.get("stderr") else 1, mark(line.get("number", here.number), line["text"], line.get("micros")))
    return {}


def flood(value):
    data = (value.get("text", "x" * 99) + "\n").encode() * value.get("times", 1)
    end = time.monotonic() + value["seconds"]
    written = 0
    while time.monotonic() < end:
        written += os.write(1, data)
    return {"written": written}


def allocate(value):
    block = bytearray(value["mebibytes"] << 20)
    for i in range(0, len(block), 4096):
        block[i] = 1
    time.sleep(value.get("holdSeconds", 0))
    return {"allocated": len(block)}


def allocate_in_child(value):
    pid = os.fork()
    if pid == 0:
        allocate(value)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    if status != 0:
        raise RuntimeError("the child ended with %d" % status)
    return {"status": status}


def helper(value):
    """A process that takes too much memory once a file appears."""
    if os.fork() == 0:
        while not os.path.exists(value["path"]):
            time.sleep(0.01)
        allocate(value)
        os._exit(0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return {}


def map_file(value):
    """Makes a file and has all of it in memory through a mapping too."""
    size = value["mebibytes"] << 20
    f = open(value["path"], "w+b")
    f.truncate(size)
    view = mmap.mmap(f.fileno(), size)
    for i in range(0, size, 4096):
        view[i] = 1
    kept.append(view)
    time.sleep(value.get("holdSeconds", 0))
    return {"mapped": size}


def fork_bomb(value):
    count = 0
    while True:
        try:
            pid = os.fork()
        except OSError as e:
            return {"children": count, "error": errno.errorcode[e.errno]}
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        count += 1


def endless_forks(value):
    while True:
        try:
            if os.fork() == 0:
                continue
        except OSError:
            pass


def daemonize(value):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            wire.close() if value.get("closesWire") else None
            time.sleep(60)
        os._exit(0)
    os.wait()
    return {}


def short_child(value):
    """A child that is still ending when the run is over."""
    if os.fork() == 0:
        time.sleep(0.002)
        os._exit(0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    return {}


def answer_later(value):
    """A thread that keeps the socket and answers for a run that is still to come."""
    def later():
        time.sleep(value["seconds"])
        reply(value["number"], 200, {"forged": True})
    threading.Thread(target=later, daemon=True).start()
    return {}


def child_with_socket(value):
    """A process that keeps the socket and answers for whatever comes next."""
    if os.fork() == 0:
        os.setsid()
        while True:
            length, kind, number = struct.unpack(">IBI", receive(9))
            receive(length - 5)
            reply(number, 200, {"forged": True})
    return {}


def send_raw(value):
    wire.sendall(bytes.fromhex(value["hex"]))
    if "endlessZeros" in value:
        while True:
            wire.sendall(bytes(1 << 16))
    if value.get("hang"):
        time.sleep(60)
    return {}


def big(value):
    return {"text": "x" * value["bytes"]}


def connect_again(value):
    again = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    return attempt(lambda: again.connect(wire_path))


def read_file(value):
    return attempt(lambda: open(value["path"], "rb").read(100))


def list_folder(value):
    return attempt(lambda: sorted(os.listdir(value["path"])))


def write_file(value):
    def put():
        with open(value["path"], "w") as f:
            f.write(value.get("text", "x"))
        return "ok"
    return attempt(put)


def fill(value):
    """Writes into a folder until that fails."""
    block = b"x" * (1 << 20)
    written = 0
    try:
        with open(os.path.join(value["path"], "fill"), "wb", buffering=0) as f:
            while written < value["maxMebibytes"] << 20:
                written += f.write(block)
    except OSError as e:
        return {"written": written, "error": errno.errorcode[e.errno]}
    return {"written": written, "error": "none"}


def fill_files(value):
    """Makes empty files until that fails."""
    for i in range(value["max"]):
        try:
            os.close(os.open("%s/f%d" % (value["path"], i), os.O_CREAT | os.O_WRONLY))
        except OSError as e:
            return {"files": i, "error": errno.errorcode[e.errno]}
    return {"files": value["max"], "error": "none"}


def open_files(value):
    count = 0
    try:
        while True:
            kept.append(open("/dev/null"))
            count += 1
    except OSError as e:
        name = errno.errorcode[e.errno]
        while kept:
            kept.pop().close()
        return {"opened": count, "error": name}


def kill(value):
    return attempt(lambda: os.kill(value["pid"], value.get("signal", 0)))


def reach_everybody(value):
    """Looks whom a signal could reach, of all numbers but the own ones, without sending one."""
    own = {int(name) for name in os.listdir("/proc/self/task")} | {1}
    taken = [pid for pid in range(2, value["most"]) if pid not in own and attempt(lambda: os.kill(pid, 0)) != "ESRCH"]
    return {"taken": taken, "all": attempt(lambda: os.kill(-1, 0))}


def processes(value):
    found = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                found[name] = open("/proc/%s/cmdline" % name).read().replace("\0", " ")
            except OSError:
                pass
    return found


def system_call(value):
    return call(value["number"], *value.get("arguments", []))


def identity(value):
    return {"uid": os.getuid(), "status": open("/proc/self/status").read(), "map": open("/proc/self/uid_map").read()}


def writable_folders(value):
    found = []
    for folder, folders, _ in os.walk("/"):
        if folder.startswith("/proc"):
            folders.clear()
        elif os.access(folder, os.W_OK):
            found.append(folder)
    return {"folders": found}


def stop_reading(value):
    """Answers and never reads from the socket again."""
    reply(here.number, 200, {})
    time.sleep(60)


COMMANDS = {name: function for name, function in globals().items() if callable(function)}


def run(number, document):
    here.number = number
    value = document["value"]
    try:
        result = COMMANDS[value["do"]](value)
        reply(number, 200, result if isinstance(result, dict) else {"result": result})
    except Exception as e:
        reply(number, 502, {"error": str(e)})


def init(number, document):
    global initialized
    value = document["value"]
    if initialized:
        return reply(number, 403, {"error": "Cannot initialize the action more than once."})
    initialized = True
    if value.get("do"):
        run(number, {"value": value})
    else:
        reply(number, 200, {"ok": True, "size": len(json.dumps(document))})


def main():
    send(READY, 0, json.dumps({"runtime": "probe", "version": "1", "concurrent": True}).encode())
    while True:
        length, kind, number = struct.unpack(">IBI", receive(9))
        document = json.loads(receive(length - 5))
        if kind == INIT:
            init(number, document)
        elif document["value"].get("inThread"):
            threading.Thread(target=run, args=(number, document), daemon=True).start()
        else:
            run(number, document)


def start(connection):
    """What a warm parent calls."""
    global wire
    wire = connection
    main()


if __name__ == "__main__":
    direct = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    direct.connect(wire_path)
    start(direct)
