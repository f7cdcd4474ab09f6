"""The runtime for tests behind HTTP, as images have it: the commands of the launcher, and hostile answers."""
import http.server
import json
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import launcher

END = b"XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX\n"
answers = {}
launcher.reply = lambda number, status, document: answers.setdefault(number, (status, json.dumps(document).encode()))
launcher.COMMANDS["say_and_sleep"] = lambda value: [os.write(1, b"asleep\n"), time.sleep(value["seconds"]), {}][2]
launcher.COMMANDS["end_lines"] = lambda value: [os.write(1, END), os.write(1, b"after\n"), {}][2]
launcher.signal.signal = lambda number, action: None  # only the main thread may, and the first process ignores them


def raw(handler, value):
    """Answers that are none."""
    out = handler.wfile
    handler.close_connection = True
    what = value["http"]
    if what == "huge":
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        while True:
            out.write(bytes(1 << 20))
    if what == "endless":
        out.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            out.write(bytes(1 << 20))
    if what == "endless_headers":
        out.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            out.write(b"X-%d: y\r\n" % time.monotonic_ns() * 1000)
    if what == "chunked":
        out.write(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n')
    if what == "unsized":
        out.write(b'HTTP/1.1 200 OK\r\n\r\n{"a":1}')
    if what == "garbage":
        out.write(b"\x00\xff" * 100 + b"\r\n")
    if what == "short":
        out.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"a":')
    if what == "drip":
        out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            out.write(b" ")
            time.sleep(0.05)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        document = json.loads(self.rfile.read(length))
        number = int(self.headers.get("X-Whirl-Request", 0))
        launcher.current = number
        if "http" in (document["value"] or {}):
            return raw(self, document["value"])
        (launcher.init if self.path == "/init" else launcher.run)(number, document)
        status, body = answers.pop(number)
        if self.path == "/run" or status != 200:
            os.write(1, END)
            os.write(2, END)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


Server((os.environ.get("PROBE_HOST", ""), 8080), Handler).serve_forever()
