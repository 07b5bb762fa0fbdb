"""``python -m diaspora_kg``."""

from diaspora_kg.cli import main

if __name__ == "__main__":
    main()
