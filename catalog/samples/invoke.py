import base64
import json
import os
import urllib.request


def main(args):
    """Calls /whisk.system/utils/date by the key that this was called with, and waits for the answer."""
    address = os.environ["__OW_API_HOST"] + "/api/v1/namespaces/whisk.system/actions/utils/date?blocking=true&result=true"
    key = base64.b64encode(os.environ["__OW_API_KEY"].encode()).decode()
    request = urllib.request.Request(
        address, data=b"{}", headers={"Authorization": "Basic " + key, "Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        result = json.load(answer)
    print("It is now " + result["date"])
    return result
