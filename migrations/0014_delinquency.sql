-- The credit policy of a book as versions, and how loans age by it.

create table ledger.credit_policy (
    book int not null references ledger.book,
    version int not null,
    effective_from date not null,
    policy text not null,
    booked_at bigint not null,
    primary key (book, version)
);

-- Days in [first, until) do not count as past due. A later row with the same first day takes its place.
create table ledger.delinquency_pause (
    stripe int not null,
    loan bigint not null,
    first date not null,
    number bigint not null,
    until date not null,
    cause text not null check (cause in ('dispute', 'payment_holiday')),
    primary key (stripe, loan, first, number)
);

-- How a loan stands from the start of a day on: its days grow by one a day unless paused, until the next row.
create table ledger.delinquency (
    stripe int not null,
    loan bigint not null,
    day date not null,
    since date,
    days int not null,
    paused boolean not null,
    bucket text not null,
    currency text not null,
    number bigint not null,
    primary key (stripe, loan, day)
);
create index delinquency_event on ledger.delinquency (stripe, number);

-- The last of these rows for each loan that is past due now, so that a close costs what is overdue, not the book.
create table ledger.arrears (
    stripe int not null,
    loan bigint not null,
    day date not null,
    since date not null,
    days int not null,
    paused boolean not null,
    bucket text not null,
    primary key (stripe, loan)
) with (fillfactor = 70);
create index loan_overdue on ledger.loan (stripe, oldest_due) where oldest_due is not null;

do $$
declare item record;
begin
    for item in
        select * from (values
            ('credit_policy', 'book', true), ('delinquency_pause', 'stripe / 1000', true),
            ('delinquency', 'stripe / 1000', true), ('arrears', 'stripe / 1000', false)
        ) as t (name, book, history)
    loop
        if item.history then
            execute format(
                'create trigger %I before update or delete or truncate on ledger.%I '
                'for each statement execute function ledger.refuse_change()',
                item.name || '_append_only', item.name);
        end if;
        execute format('alter table ledger.%I owner to loanledger_owner', item.name);
        execute format('grant select, insert on ledger.%I to loanledger_app', item.name);
        execute format('grant select on ledger.%I to loanledger_auditor', item.name);
        execute format('alter table ledger.%I enable row level security', item.name);
        execute format(
            'create policy app on ledger.%I to loanledger_app using (true) with check (true)', item.name);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;
grant update, delete on ledger.arrears to loanledger_app;
