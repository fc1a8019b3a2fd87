"""Pure and exact finance: day counts, due dates, schedules, accrual, allocation, delinquency."""
