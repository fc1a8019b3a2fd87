-- The stripe of a borrower who took a loan over from another stripe; null where it is the loan's own.

alter table ledger.loan add column party_stripe int;
create index loan_assumed on ledger.loan (party_stripe, party) where party_stripe is not null;
