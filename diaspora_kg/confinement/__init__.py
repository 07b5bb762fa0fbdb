"""Queries from outside, each in a process that can be stopped.

The engine cannot be told to stop, and a query of one line can keep it busy for years. So a query
that somebody else wrote runs in a process of its own, with limits of time, rows and memory:

* ``limits``: what a query may take;
* ``pool``: what the rest of the package and a server call;
* ``process``: one such process, seen from here; ``worker``: seen from within;
* ``frames``: how the two talk; ``memory``: how the limit of memory is kept;
* ``interruption``: Ctrl-C for queries that run in this process.

Nothing is imported here: the worker starts in milliseconds.
"""
