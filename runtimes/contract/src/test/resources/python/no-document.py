def main(args):
    return "a text"
