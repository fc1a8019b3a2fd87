-- Approved loans that wait to be paid out: the close of business looks which of these offers have ended.

create index loan_offered on ledger.loan (stripe, loan) where status = 'approved';
