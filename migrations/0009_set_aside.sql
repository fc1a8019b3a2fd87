-- Loans that the close of business could not bring forward. Until they are resumed, they stand as at the start of
-- `since`: no slope and no next day in their rows, so that neither a night nor a day finds them.

create table ledger.set_aside (
    stripe int not null,
    loan bigint not null,
    since date not null,
    number bigint not null,
    reason text not null,
    primary key (stripe, loan)
);
alter table ledger.set_aside owner to loanledger_owner;
grant select, insert, delete on ledger.set_aside to loanledger_app;
grant select on ledger.set_aside to loanledger_auditor;
alter table ledger.set_aside enable row level security;
create policy app on ledger.set_aside to loanledger_app using (true) with check (true);
create policy auditor on ledger.set_aside for select to loanledger_auditor
    using ((select ledger.may_read(stripe / 1000)));

-- A server of the version before does not know the table, and would book on the stilled row. Other rows do not even
-- call the function.
create function ledger.refuse_set_aside() returns trigger language plpgsql as $$
begin
    if exists (select from ledger.set_aside a where a.stripe = old.stripe and a.loan = old.loan) then
        raise exception 'loan % of stripe % is set aside', old.loan, old.stripe using errcode = '55000';
    end if;
    return new;
end $$;
create trigger loan_set_aside before update on ledger.loan for each row
    when (old.next_date is null and old.interest_slope = 0 and old.penalty_slope = 0)
    execute function ledger.refuse_set_aside();

-- Whether a line can be evaluated at all: one damaged row must not fail the statement that closes a stripe.
create function ledger.can_accrue(
    base numeric, slope numeric, denominator numeric, days int, half_even boolean
) returns boolean language plpgsql immutable as $$
begin
    return ledger.night(base, slope, denominator, days, half_even) is not null;
exception when data_exception then
    return false;
end $$;
