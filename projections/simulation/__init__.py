"""A made-up year of a made-up tree of organisations: logs of any size to try, to show and to measure.

In: how many branches, a year, a seed, some forms. Out: lines that an import takes, or a folder of segments.
Deliberately absent: real people and real organisations; the clock; chance, since the same seed gives the
same bytes, whatever number of processes writes them.
"""
