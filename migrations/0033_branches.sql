-- Branches: parties and loans belong to one or to none (''), and an assignment of a role may be bounded to some. What a
-- server of the version before writes belongs to none. A branch changes by a command, whose event the full-book check
-- compares; of a party nothing else may ever change.

alter table ledger.party add column branch text not null default '';
grant update (branch) on ledger.party to loanledger_app;
create index party_branch on ledger.party (stripe, branch, party) where branch <> '';

alter table ledger.loan add column branch text not null default '';
create index loan_branch on ledger.loan (stripe, branch, loan) where branch <> '';

-- Empty: the whole book.
alter table ledger.role_assignment add column branches text[] not null default '{}';
