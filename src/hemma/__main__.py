"""`python -m hemma` and the installed command `hemma`."""

import sys

from hemma.run.cli import main

if __name__ == "__main__":
    sys.exit(main())
