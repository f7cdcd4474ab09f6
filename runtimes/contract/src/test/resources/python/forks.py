import os
import sys


def main(args):
    child = os.fork()
    if child == 0:
        return {"from": "the child"}
    os.waitpid(child, 0)
    return {
        "from": "the parent",
        "socket": os.environ.get("WHIRL_SOCKET"),
        "loaded": [name for name in ("wire", "logs", "loader", "environment") if name in sys.modules],
    }
