-- The next due date on which a loan has something to pay, for reminders before it. A loan of before gets it with its next
-- change.

alter table ledger.loan add column next_due date;
create index event_reminder on ledger.event (stripe, value_date, number) where kind = 'reminder_due';
create index loan_next_due on ledger.loan (stripe, next_due) where next_due is not null;
