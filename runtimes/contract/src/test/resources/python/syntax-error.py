# a comment
def main(args):
    x = = 3
