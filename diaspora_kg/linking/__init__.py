"""Links to open data: what a name means in a registry, and how likely.

``matching.open_matcher`` gives what answers, ``evaluation.evaluate`` measures it.
"""
