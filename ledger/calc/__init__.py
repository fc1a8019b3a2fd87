"""Pure finance: day counts, due dates, schedules, accrual lines, allocation, delinquency. Exact throughout."""
