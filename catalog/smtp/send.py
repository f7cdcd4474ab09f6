import base64
import binascii
import smtplib
import socket
import ssl
import threading
import time
from email.message import EmailMessage
from email.utils import formataddr, getaddresses, localtime, make_msgid

CONNECT_SECONDS = 10
DEFAULT_MILLIS = 45_000
MOST_MILLIS = 55_000
MOST_RECIPIENTS = 100
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Misuse(Exception):
    pass


class Late(Exception):
    pass


class Deadline:
    """Cuts a connection when its time is over: a server that answers letter by letter would keep it for ever.

    `has_cut` tells whether there was one to cut.
    """

    def __init__(self, millis):
        self.millis = millis
        self.has_cut = False
        self._is_over = False
        self._end = time.monotonic() + millis / 1000
        self._lock = threading.Lock()
        self._line = None
        self._timer = threading.Timer(millis / 1000, self._cut)
        self._timer.daemon = True

    def __enter__(self):
        self._timer.start()
        return self

    def left(self):
        """Seconds; a TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left

    def watch(self, connection):
        """Has to be told of a connection before the first word."""
        with self._lock:
            if self._is_over:
                connection.close()
                raise TimeoutError("timed out")
            self._line = connection.dup()  # the same one, whoever wraps it later

    def _cut(self):
        with self._lock:
            self._is_over = True
            if self._line:
                self.has_cut = True
                try:
                    self._line.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass  # the server was faster

    def __exit__(self, *_):
        self._timer.cancel()
        with self._lock:
            if self._line:
                self._line.close()
                self._line = None


class Conversation(smtplib.SMTP):
    """With a server, up to a deadline; encrypted from the first word if there is a context."""

    def __init__(self, host, port, deadline, context=None):
        self._deadline = deadline
        self._context = context
        super().__init__(host, port)

    def connect(self, host="localhost", port=0, source_address=None):
        connection = connected(host, port, self._deadline)
        self._deadline.watch(connection)
        connection.settimeout(None)  # the deadline is for all that follows
        self.sock = self._context.wrap_socket(connection, server_hostname=host) if self._context else connection
        self.file = None
        return self.getreply()


def connected(host, port, deadline):
    """With the first address of a host that answers. Each has its time, as far as the deadline leaves it some."""
    problem = OSError("it has no address")
    # looking it up takes what the system allows
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        connection = None
        try:
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(min(CONNECT_SECONDS, deadline.left()))
            connection.connect(address)
            return connection
        except OSError as failed:
            if connection:
                connection.close()
            problem = failed
    raise problem


def main(args):
    """Sends one message. Whoever could not be sent to is told with the reason; if nobody could, that is an error."""
    try:
        message, recipients = read(args)
        refused = send(args, message, recipients)
    except smtplib.SMTPRecipientsRefused as problem:
        return {"error": "The server takes the message for nobody: " + told(problem.recipients)}
    except smtplib.SMTPResponseException as problem:
        return {"error": f"The server answered {problem.smtp_code}: {text(problem.smtp_error)}"}
    except (smtplib.SMTPException, Misuse, Late) as problem:
        return {"error": str(problem)}
    except (OSError, ssl.SSLError) as problem:
        return {"error": f"{args['host']} could not be reached: {problem}"}
    return {
        "messageId": message["Message-ID"],
        "sent": [each for each in recipients if each not in refused],
        "refused": {each: f"{code} {text(reason)}" for each, (code, reason) in refused.items()},
    }


def read(args):
    for name in ("host", "from", "to"):
        if not args.get(name):
            raise Misuse(f"{name} is required.")
    if not args.get("text") and not args.get("html"):
        raise Misuse("text or html is required.")
    lists = {name: addresses(args.get(name), name) for name in ("to", "cc", "bcc")}
    recipients = list(dict.fromkeys(mail for each in lists.values() for _, mail in each))
    if len(recipients) > MOST_RECIPIENTS:
        raise Misuse(f"A message may have {MOST_RECIPIENTS} recipients.")
    sender = addresses(args["from"], "from")
    if len(sender) != 1:
        raise Misuse("from must be one address.")
    try:
        return composed(args, sender, lists), recipients
    except ValueError as problem:  # a line break in a header
        raise Misuse(f"The message can't be written: {problem}") from problem


def addresses(value, name):
    """Names and addresses of a text with commas, or of a list of such texts."""
    given = value if isinstance(value, list) else [value] if value else []
    if not all(isinstance(each, str) for each in given):
        raise Misuse(f"{name} must be an address, or a list of them.")
    if any(c in each for each in given for c in "\r\n"):
        raise Misuse(f"{name} must have no line break.")
    found = getaddresses(given)
    wrong = next((mail or name for name, mail in found if mail.count("@") != 1 or any(c in mail for c in " \r\n\t<>")), None)
    if wrong is not None:
        raise Misuse(f"'{wrong}' in {name} is no address.")
    return found


def composed(args, sender, lists):
    message = EmailMessage()
    message["From"] = formataddr(sender[0])
    for header, name in (("To", "to"), ("Cc", "cc")):  # those in bcc are in no header
        if lists[name]:
            message[header] = ", ".join(formataddr(each) for each in lists[name])
    if args.get("replyTo"):
        message["Reply-To"] = ", ".join(formataddr(each) for each in addresses(args["replyTo"], "replyTo"))
    message["Subject"] = str(args.get("subject", ""))
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=sender[0][1].split("@")[1])
    if args.get("text"):
        message.set_content(str(args["text"]))
        if args.get("html"):
            message.add_alternative(str(args["html"]), subtype="html")
    else:
        message.set_content(str(args["html"]), subtype="html")
    for each in args.get("attachments") or []:
        attach(message, each)
    return message


def attach(message, attachment):
    """A file: its name, and its content as text or in Base64."""
    if not isinstance(attachment, dict) or not attachment.get("name"):
        raise Misuse("An attachment needs a name, and content or base64.")
    kind, _, subkind = attachment.get("contentType", "application/octet-stream").partition("/")
    try:
        content = (
            base64.b64decode(attachment["base64"], validate=True)
            if "base64" in attachment
            else str(attachment.get("content", "")).encode()
        )
    except binascii.Error as problem:
        raise Misuse(f"base64 of {attachment['name']} is no Base64.") from problem
    message.add_attachment(content, maintype=kind, subtype=subkind or "octet-stream", filename=attachment["name"])


def send(args, message, recipients):
    security = args.get("security") or "starttls"
    if security not in PORTS:
        raise Misuse("security must be starttls, tls or none.")
    port = int(args.get("port") or PORTS[security])
    context = ssl.create_default_context(cadata=args.get("ca") or None)
    with Deadline(millis_of(args)) as deadline:
        try:
            with_tls = context if security == "tls" else None
            server = Conversation(args["host"], port, deadline, with_tls)
            try:
                if security == "starttls":
                    server.starttls(context=context)
                return delivered(server, args, message, recipients)
            finally:
                server.close()
        except (smtplib.SMTPException, OSError, ValueError) as problem:
            if deadline.has_cut:
                raise Late(
                    f"{args['host']} did not take the message within {deadline.millis} ms: whether it will arrive is not known."
                ) from problem
            raise


def millis_of(args):
    millis = args.get("timeout") or DEFAULT_MILLIS
    if not isinstance(millis, int) or not 1 <= millis <= MOST_MILLIS:
        raise Misuse(f"timeout must be 1 to {MOST_MILLIS} milliseconds.")
    return millis


def delivered(server, args, message, recipients):
    """Whom the server did not take it for, each with its reason."""
    if args.get("user"):
        server.login(args["user"], args.get("password", ""))
    refused = server.send_message(message, to_addrs=recipients)
    farewell(server)
    return refused


def farewell(server):
    """Whatever the server says to it: the message was taken before."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        pass


def told(refused):
    return ", ".join(f"{each}: {code} {text(reason)}" for each, (code, reason) in refused.items())


def text(reason):
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
