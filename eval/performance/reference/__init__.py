"""The ranking once more, in plain Python and pandas, one candidate at a time.

Written from what the features and curves are said to mean, not from their arrays: it shows what
arrays bring, and that they compute what they claim.
"""
