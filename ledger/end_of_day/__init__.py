"""Close of business: steps over stripes, each transaction closing a day of some stripes for good."""
