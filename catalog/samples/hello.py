def main(args):
    """A friendly word."""
    return {"payload": f"Hello, {args.get('name', 'stranger')} from {args.get('place', 'somewhere')}!"}
