-- A line below zero rounds as the engine does: ties away from zero or to even, on either side of it. Until now such a
-- line was cut towards zero, and a night on which it passed zero was one minor unit off. A line that begins at zero or
-- above and does not fall, as nearly all do, costs no more than it did.

-- Dropped first: the schema's owner may do that, whoever made it.
drop function ledger.line_at(numeric, numeric, numeric, int, boolean);
create function ledger.line_at(
    base numeric, slope numeric, denominator numeric, days int, half_even boolean
) returns bigint language sql immutable parallel safe as $$
    select case
        when base >= 0 and slope >= 0 and days >= 0 then case
            when half_even
                and mod(2 * (base + slope * days) + denominator, 2 * denominator) = 0
                and mod(div(2 * (base + slope * days) + denominator, 2 * denominator), 2) = 1
            then div(2 * (base + slope * days) + denominator, 2 * denominator) - 1
            else div(2 * (base + slope * days) + denominator, 2 * denominator)
        end
        else sign(base + slope * days) * case
            when half_even
                and mod(2 * abs(base + slope * days) + denominator, 2 * denominator) = 0
                and mod(div(2 * abs(base + slope * days) + denominator, 2 * denominator), 2) = 1
            then div(2 * abs(base + slope * days) + denominator, 2 * denominator) - 1
            else div(2 * abs(base + slope * days) + denominator, 2 * denominator)
        end
    end::bigint
$$;
alter function ledger.line_at(numeric, numeric, numeric, int, boolean) owner to loanledger_owner;
