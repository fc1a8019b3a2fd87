-- Keys of parties may be wrapped by a key that does not stand in the database; '' says that they are not. A key is a ring: the
-- first of its keys seals, all of them open. Only rotation changes a row, and erasing deletes it.
alter table ledger.party_key add column wrapped_by text not null default '';
grant update (key, wrapped_by) on ledger.party_key to loanledger_app;
