-- Keys of parties may be wrapped by a key that does not stand in the database; '' says that they are not. A key is a ring: the
-- first of its keys seals, all of them open. Only rotation changes a row, and erasing deletes it.
alter table ledger.party_key add column wrapped_by text not null default '';
grant update (key, wrapped_by) on ledger.party_key to loanledger_app;

-- What each process asks for every second, and lists of commands that were decided or wait: by index, however many there were.
create index role_assignment_number on ledger.role_assignment (stripe, number);
create index pending_command_decided on ledger.pending_command (state, stripe, pending) where state <> 'waiting';
-- The last day as a number such as 20240122: under row-level security only an operator that leaks nothing may choose an index.
alter table ledger.pending_command add column until_day int not null
    generated always as (replace(content::jsonb ->> 'until', '-', '')::int) stored;
create index pending_command_until on ledger.pending_command (until_day, stripe, pending);
