"""`python -m attune_science`: the science alone, without the product."""

import sys

from attune_science.cli import main

if __name__ == "__main__":
    sys.exit(main())
