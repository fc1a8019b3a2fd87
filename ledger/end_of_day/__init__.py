"""Close of business in steps: each transaction closes a day of some stripes for good."""
