"""Commands of the test runtime that talk to others."""
import errno
import socket
import struct


def attempt(action):
    """The result of an action, or the name of its error."""
    try:
        return str(action())
    except OSError as e:
        return errno.errorcode.get(e.errno, str(e))
    except MemoryError:
        return "MemoryError"


def connect_unix(value):
    other = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    return attempt(lambda: other.connect(value["path"]))


def connect_tcp(value):
    other = socket.socket(socket.AF_INET6 if ":" in value["host"] else socket.AF_INET, socket.SOCK_STREAM)
    other.settimeout(2)
    if "device" in value:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, value["device"].encode())
    return attempt(lambda: other.connect((value["host"], value["port"])))


def send_udp(value):
    other = socket.socket(socket.AF_INET6 if ":" in value["host"] else socket.AF_INET, socket.SOCK_DGRAM)
    other.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    if "device" in value:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, value["device"].encode())
    if "first" in value:
        other.connect((value["first"], value["firstPort"]))
    return attempt(lambda: other.sendto(b"x", (value["host"], value["port"])))


def exchange(value):
    """Sends a line over TCP and gives what comes back."""
    def talk():
        with socket.create_connection((value["host"], value["port"]), 5) as other:
            other.sendall(value["text"].encode() + b"\n")
            return other.makefile().read()
    return attempt(talk)


def connect_often(value):
    """Opens that many connections and closes them together; gives how many there were."""
    held = []
    def more():
        while len(held) < value["times"]:
            held.append(socket.create_connection((value["host"], value["port"]), 5))
        return len(held)
    outcome = attempt(more)
    for each in held:
        each.close()
    return outcome


def change_network(value):
    """Asks the kernel to flush the policies of the network (NETLINK_XFRM), or to delete its routes (NETLINK_ROUTE)."""
    other = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, value["protocol"])
    other.settimeout(2)
    other.send(struct.pack("=IHHII", 16 + len(bytes.fromhex(value["body"])), value["type"], 5, 1, 0)
               + bytes.fromhex(value["body"]))
    return errno.errorcode.get(-struct.unpack_from("=i", other.recv(1000), 16)[0], "ok")


def except_from_policy(value):
    """Sets a policy of the socket's own (IP_XFRM_POLICY)."""
    other = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    return attempt(lambda: other.setsockopt(socket.IPPROTO_IP, 17, bytes(168)))


def make_socket(value):
    return attempt(lambda: socket.socket(value["family"], value["type"], value.get("protocol", 0)).close())
