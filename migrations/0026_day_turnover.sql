-- Turnover of whole days: what all stripes rolled of a day, once each of them has closed it. A balance of the past is
-- the sum of these rows and of the few rolls since, however many stripes and loans the book has.

create unique index roll_day on ledger.roll (stripe, day);

create table ledger.day_roll (
    book int not null,
    day date not null,
    booked_at bigint not null,
    primary key (book, day)
);
create table ledger.day_turnover (
    book int not null,
    day date not null,
    account text not null,
    currency text not null,
    value_date date not null,
    posting_date date not null,
    debit numeric not null,
    credit numeric not null,
    primary key (book, day, account, currency, value_date, posting_date)
);
do $$
declare item text;
begin
    foreach item in array array['day_roll', 'day_turnover'] loop
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()', item || '_append_only', item);
        execute format('alter table ledger.%I owner to loanledger_owner', item);
        execute format('grant select, insert on ledger.%I to loanledger_app', item);
        execute format('grant select on ledger.%I to loanledger_auditor', item);
        execute format('alter table ledger.%I enable row level security', item);
        execute format('create policy app on ledger.%I to loanledger_app using (true) with check (true)', item);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(book)))', item);
    end loop;
end $$;
