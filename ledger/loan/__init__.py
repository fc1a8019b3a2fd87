"""A loan as a fold: pure, with no clock, the same for a quote, a posting, a close and a replay."""
