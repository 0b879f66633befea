"""What is asked of a replay, answered: a score's document, its explanation, comparisons, certificates.

In: a log, a question. Out: typed values, and the documents that programs read. Deliberately absent: sentences
(`text`), sheets and pages (`reports`), the clock.
"""
