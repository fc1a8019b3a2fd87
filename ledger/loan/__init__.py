"""A loan as a fold: pure, frozen, with no clock; a quote, a posting, a close and a replay use the same code."""
