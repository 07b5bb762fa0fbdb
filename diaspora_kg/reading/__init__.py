"""Readers: one module per kind of file. They check the form of a file, not its meaning."""
