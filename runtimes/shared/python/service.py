"""Serves one action to the server: an init with its code, then runs, one at a time. Languages whose code runs in a
process of its own add how code becomes a program."""

import base64
import json
import os

import archive
import environment
import output
import wire

OK = 200
FORBIDDEN = 403
FAILED = 502
NO_DICTIONARY = "The action did not return a dictionary or array."
_INITIALIZED_TWICE = "Cannot initialize the action more than once."
_NOT_INITIALIZED = "The action has not been initialized."
_NO_CODE = "Missing main/no code to execute."
_MAX_REASON = 16 * 1024  # characters in an answer; the logs have all of it


class CodeError(Exception):
    """A sentence for the author of the action."""


def error(status, sentence):
    return status, json.dumps({"error": sentence}).encode()


class Code:
    """The code of an init, with a folder of its own, which is then the working directory, and its variables."""

    def __init__(self, value, variables):
        self.variables = variables
        self.text = value["code"]
        self.main = value.get("main") or "main"
        self.is_binary = value.get("binary", False)
        self.folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), "action-" + os.urandom(6).hex())
        os.mkdir(self.folder, 0o700)
        os.chdir(self.folder)

    def content(self):
        """As bytes: of a text or an archive."""
        if self.is_binary:
            return base64.b64decode(self.text)
        return self.text.encode(errors="surrogatepass")

    def path(self, name):
        return os.path.join(self.folder, name)

    def unpack(self, file_name):
        """Writes a text into that file, an archive into the folder."""
        if self.is_binary:
            archive.unpack(self.content(), self.folder)
        else:
            self.write(file_name, self.content())

    def write(self, file_name, content):
        os.makedirs(os.path.dirname(self.path(file_name)), exist_ok=True)
        with open(self.path(file_name), "wb") as file:
            file.write(content)


class Built:
    """The one file that a language makes of source code. The server may know it from an earlier init of the same code,
    or want to know it."""

    def __init__(self, known, tell):
        self.known = known or None
        self._tell = tell

    def keep(self, path):
        """Tells the server what was made, if it asked."""
        if self._tell is not None:
            with open(path, "rb") as file:
                self._tell(file.read())


class Action:
    """`load(code, built)` gives something with `run(document)`, which gives status and document of the answer."""

    def __init__(self, load):
        self._load = load
        self._was_initialized = False
        self._program = None

    def init(self, document, built):
        if self._was_initialized:
            return error(FORBIDDEN, _INITIALIZED_TWICE)
        value = json.loads(document).get("value") or {}
        if not value.get("code"):
            return error(FORBIDDEN, _NO_CODE)
        self._was_initialized = True
        try:
            variables = environment.initialize(value.get("env") or {})
            self._program = self._load(Code(value, variables), built)
            return OK, b'{"ok":true}'
        except (CodeError, archive.ArchiveError, ValueError, OSError) as problem:
            output.say(str(problem))
            return error(FAILED, f"Initialization has failed due to: {problem}"[:_MAX_REASON])

    def run(self, document):
        return self._program.run(document) if self._program else error(FORBIDDEN, _NOT_INITIALIZED)


def connect():
    """What leads to the server: its socket, or HTTP in a container."""
    path = os.environ.pop("WHIRL_SOCKET", None)
    if path is not None:
        return wire.connect(path)
    import http_wire  # only here: in a sandbox of a server's own it is of no use

    return http_wire.listen(output)


def serve(connection, name, load, compiles=False):
    """Until the server is gone."""
    ready = {"runtime": name, "concurrent": False, "compiles": compiles}
    connection.ready(json.dumps(ready).encode())
    action = Action(load)
    built = Built(None, None)
    while True:
        frame = connection.receive()
        if frame is None:
            os._exit(0)  # there is nobody to wait for
        kind, number, document = frame
        if kind == wire.BUILT:
            built = Built(document, None if document else lambda content: connection.built(number, content))
            continue
        output.begin(number)
        if kind == wire.RUN:
            answer = action.run(document)
        else:
            answer = action.init(document, built)
            built = Built(None, None)
        connection.reply(number, *answer)
