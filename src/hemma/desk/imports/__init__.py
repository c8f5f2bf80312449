"""Cases out of other programs' export files: read and judged here, without Django."""
