import glob
import sys


def main(args):
    def attempt(file):
        try:
            with open(file, "a"):
                return "written"
        except OSError as error:
            return type(error).__name__

    files = glob.glob("/whirl/runtime/*.py") + [sys.executable]
    return {"results": [attempt(file) for file in files]}
