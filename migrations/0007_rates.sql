-- Rate indexes with their fixings, which are history, the day on which a floating loan is next due for a new rate,
-- and calendars of the book's own.

create table ledger.rate_index (
    book int not null references ledger.book,
    code text not null,
    title text not null,
    valid_days int not null check (valid_days between 1 and 400),
    booked_at bigint not null,
    primary key (book, code)
);

-- A correction is a later row of the same day; `number` is that of the event, on the book's first stripe.
create table ledger.fixing (
    book int not null references ledger.book,
    index text not null,
    day date not null,
    number bigint not null,
    rate text not null,
    reason text not null,
    actor text not null,
    booked_at bigint not null,
    primary key (book, index, day, number)
);

-- Days are ISO 8601 with spaces between.
create table ledger.calendar (
    book int not null references ledger.book,
    code text not null,
    version int not null,
    title text not null,
    base text not null,
    closed text not null,
    worked text not null,
    last_year int not null,
    booked_at bigint not null,
    primary key (book, code, version)
);

alter table ledger.loan add column reset_on date;
create index loan_reset on ledger.loan (stripe, reset_on) where reset_on is not null;

do $$
declare item text;
begin
    foreach item in array array['rate_index', 'fixing', 'calendar'] loop
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
