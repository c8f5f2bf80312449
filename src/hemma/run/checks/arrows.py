"""The rooms' import contracts, judged by import-linter from the folder it is started in."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports(no_cache=True, no_logo=True))
