import base64
import binascii
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, getaddresses, localtime, make_msgid

TIMEOUT_SECONDS = 30
MOST_RECIPIENTS = 100
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Misuse(Exception):
    pass


def main(args):
    """Sends one message. Whoever could not be sent to is told with the reason; if nobody could, that is an error."""
    try:
        message, recipients = read(args)
        refused = send(args, message, recipients)
    except smtplib.SMTPRecipientsRefused as problem:
        return {"error": "The server takes the message for nobody: " + told(problem.recipients)}
    except smtplib.SMTPResponseException as problem:
        return {"error": f"The server answered {problem.smtp_code}: {text(problem.smtp_error)}"}
    except (smtplib.SMTPException, Misuse) as problem:
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
    server = connect(args["host"], port, security, context)
    try:
        if args.get("user"):
            server.login(args["user"], args.get("password", ""))
        refused = server.send_message(message, to_addrs=recipients)
        farewell(server)
        return refused
    finally:
        server.close()


def farewell(server):
    """Whatever the server says to it: the message was taken before."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        pass


def connect(host, port, security, context):
    if security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    if security == "starttls":
        server.starttls(context=context)
    return server


def told(refused):
    return ", ".join(f"{each}: {code} {text(reason)}" for each, (code, reason) in refused.items())


def text(reason):
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
