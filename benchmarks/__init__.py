"""What is claimed of speed, for anyone to run: ``python -m benchmarks.run``, or ``make bench``."""
