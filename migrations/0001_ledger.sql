-- The ledger's tables. The stripe, the distribution column, leads every key; nothing is unique across stripes.
-- A stripe's number is book * 1000 + n, so it names its book as well.

create schema ledger;

create table ledger.book (
    book int primary key,
    code text not null unique,
    lender text not null,
    currency text not null,
    stripes int not null check (stripes between 1 and 1000)
);

-- The one row that a posting locks: it makes event numbers gapless and guards all that the stripe holds.
create table ledger.stripe (
    stripe int primary key,
    book int not null references ledger.book,
    last_number bigint not null default 0,
    last_booked_at bigint not null default 0,
    business_date date not null,
    opened date not null,
    closed_through date not null,
    sealed_number bigint not null default 0
) with (fillfactor = 50);

create table ledger.account (
    book int not null references ledger.book,
    code text not null,
    title text not null,
    title_zh text not null,
    type text not null check (type in ('asset', 'liability', 'equity', 'income', 'expense', 'memo')),
    control text check (control in ('principal', 'interest', 'fee', 'penalty', 'credit', 'written_off')),
    primary key (book, code)
);

create table ledger.product (
    book int not null references ledger.book,
    code text not null,
    version int not null,
    title text not null,
    terms text not null,
    booked_at bigint not null,
    primary key (book, code, version)
);

create table ledger.event (
    stripe int not null,
    number bigint not null,
    kind text not null,
    subject text not null,
    loan bigint,
    value_date date not null,
    posting_date date not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    approvals text[] not null default '{}',
    request_id text not null,
    reference text not null,
    reverses bigint,
    payload text not null,
    lines_root bytea,
    leaf bytea not null,
    primary key (stripe, number)
);
create index event_loan on ledger.event (stripe, loan, number) where loan is not null;
create index event_reference on ledger.event (stripe, reference) where reference <> '';
create unique index event_reverses on ledger.event (stripe, reverses) where reverses is not null;

create table ledger.entry (
    stripe int not null,
    number bigint not null,
    line int not null,
    journal int not null,
    account text not null,
    side "char" not null check (side in ('D', 'C')),
    currency text not null,
    amount bigint not null check (amount > 0),
    loan bigint,
    component text,
    value_date date not null,
    posting_date date not null,
    cause bigint,
    primary key (stripe, number, line)
);
create index entry_account on ledger.entry (stripe, account, number);

-- A day's accrual of one loan, under a bulk event that carries the Merkle root of these lines.
create table ledger.accrual (
    stripe int not null,
    day date not null,
    loan bigint not null,
    component text not null,
    amount bigint not null,
    number bigint not null,
    primary key (stripe, day, loan, component)
);
create index accrual_loan on ledger.accrual (stripe, loan, day);

create table ledger.balance (
    stripe int not null,
    account text not null,
    currency text not null,
    debit bigint not null,
    credit bigint not null,
    primary key (stripe, account, currency)
) with (fillfactor = 50);

-- The first answer to each request, byte for byte, kept for good.
create table ledger.answer (
    stripe int not null,
    request_id text not null,
    caller text not null,
    method text not null,
    digest bytea not null,
    number bigint not null,
    response bytea not null,
    primary key (stripe, request_id)
);

create table ledger.party (
    stripe int not null,
    party bigint not null,
    kind text not null,
    display_name bytea not null,
    reference text not null,
    booked_at bigint not null,
    primary key (stripe, party)
);
create index party_reference on ledger.party (stripe, reference) where reference <> '';

-- Erasing a key erases the person; the history keeps the ciphertext and its proofs.
create table ledger.party_key (
    stripe int not null,
    party bigint not null,
    key bytea not null,
    primary key (stripe, party)
);

-- A cache of the fold with the figures that set-based statements need: lines are
-- round((base + slope * (day - from)) / denominator).
create table ledger.loan (
    stripe int not null,
    loan bigint not null,
    party bigint not null,
    product text not null,
    version int not null,
    currency text not null,
    status text not null,
    reference text not null,
    booked_at bigint not null,
    last_number bigint not null,
    state text not null,
    principal bigint not null check (principal >= 0),
    fee bigint not null check (fee >= 0),
    credit bigint not null check (credit >= 0),
    written_off bigint not null check (written_off >= 0),
    overdue bigint not null,
    interest_settled bigint not null,
    interest_from date not null,
    interest_base numeric not null,
    interest_slope numeric not null,
    interest_denominator numeric not null,
    penalty_settled bigint not null,
    penalty_from date not null,
    penalty_base numeric not null,
    penalty_slope numeric not null,
    penalty_denominator numeric not null,
    half_even boolean not null,
    next_date date,
    oldest_due date,
    primary key (stripe, loan)
) with (fillfactor = 70);
create index loan_party on ledger.loan (stripe, party);
create index loan_next on ledger.loan (stripe, next_date) where next_date is not null;
create index loan_reference on ledger.loan (stripe, reference) where reference <> '';

-- The sealed order of history: leaf hashes are level 0, complete interior nodes lie above them.
create table ledger.leaf (
    book int not null,
    index bigint not null,
    stripe int not null,
    number bigint not null,
    hash bytea not null,
    primary key (book, index)
);
create index leaf_event on ledger.leaf (stripe, number);

-- The size of a book's tree; its row is what a sealer locks.
create table ledger.tree (
    book int primary key references ledger.book,
    size bigint not null
);

create table ledger.node (
    book int not null,
    level int not null,
    index bigint not null,
    hash bytea not null,
    primary key (book, level, index)
);

create table ledger.checkpoint (
    book int not null,
    size bigint not null,
    root bytea not null,
    note text not null,
    primary key (book, size)
);

create function ledger.line_at(
    base numeric, slope numeric, denominator numeric, days int, half_even boolean
) returns bigint language sql immutable parallel safe as $$
    select case
        when half_even
            and mod(2 * (base + slope * days) + denominator, 2 * denominator) = 0
            and mod(div(2 * (base + slope * days) + denominator, 2 * denominator), 2) = 1
        then div(2 * (base + slope * days) + denominator, 2 * denominator) - 1
        else div(2 * (base + slope * days) + denominator, 2 * denominator)
    end::bigint
$$;

-- Promise 1, held by the database itself: each inserted journal balances in each currency.
create function ledger.refuse_unbalanced() returns trigger language plpgsql as $$
declare wrong record;
begin
    select n.stripe, n.number, n.journal, n.currency into wrong
    from added n
    group by n.stripe, n.number, n.journal, n.currency
    having sum(case n.side when 'D' then n.amount else -n.amount end) <> 0
    limit 1;
    if found then
        raise exception 'journal %-%-% does not balance in %',
            wrong.stripe, wrong.number, wrong.journal, wrong.currency using errcode = '23514';
    end if;
    return null;
end $$;
create trigger entry_balanced after insert on ledger.entry
    referencing new table as added for each statement execute function ledger.refuse_unbalanced();

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = '42501';
end $$;

do $$
declare history text;
begin
    foreach history in array array[
        'event', 'entry', 'accrual', 'answer', 'leaf', 'node', 'checkpoint', 'product'
    ] loop
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()',
            history || '_append_only', history);
    end loop;
end $$;
