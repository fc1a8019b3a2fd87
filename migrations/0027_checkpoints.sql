-- When a checkpoint was kept, and a time stamp of an outside authority over it. Checkpoints of before have no time.

alter table ledger.checkpoint add column sealed_at bigint;
alter table ledger.checkpoint alter column sealed_at set default (extract(epoch from clock_timestamp()) * 1000000)::bigint;

-- `token` is the response of RFC 3161, over the SHA-256 of the checkpoint's note.
create table ledger.checkpoint_stamp (
    book int not null,
    size bigint not null,
    token bytea not null,
    primary key (book, size)
);
create trigger checkpoint_stamp_append_only before update or delete or truncate on ledger.checkpoint_stamp
    for each statement execute function ledger.refuse_change();

alter table ledger.checkpoint_stamp owner to loanledger_owner;
grant select, insert on ledger.checkpoint_stamp to loanledger_app;
grant select on ledger.checkpoint_stamp to loanledger_auditor;
alter table ledger.checkpoint_stamp enable row level security;
create policy app on ledger.checkpoint_stamp to loanledger_app using (true) with check (true);
create policy auditor on ledger.checkpoint_stamp for select to loanledger_auditor
    using ((select ledger.may_read(book)));
