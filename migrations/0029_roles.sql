-- Who has which role: each change is a version of an assignment, the newest holds. Moments are microseconds since 1970.

create table ledger.role_assignment (
    stripe int not null,
    assignment bigint not null,
    number bigint not null,
    principal text not null,
    role text not null,
    valid_from bigint not null,
    valid_until bigint,
    delegated_by text not null,
    ended boolean not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    primary key (stripe, assignment, number)
);
create trigger role_assignment_append_only before update or delete or truncate on ledger.role_assignment
    for each statement execute function ledger.refuse_change();
alter table ledger.role_assignment owner to loanledger_owner;
grant select, insert on ledger.role_assignment to loanledger_app;
grant select on ledger.role_assignment to loanledger_auditor;
alter table ledger.role_assignment enable row level security;
create policy app on ledger.role_assignment to loanledger_app using (true) with check (true);
create policy auditor on ledger.role_assignment for select to loanledger_auditor
    using ((select ledger.may_read(stripe / 1000)));
