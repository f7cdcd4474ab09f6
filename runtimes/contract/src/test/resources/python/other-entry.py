def main(args):
    return {"from": "main"}


def niam(args):
    return {"from": "niam", "text": args["text"]}
