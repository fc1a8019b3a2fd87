"""Calls as hypothesis draws them from the contract: sound, broken, or hardly a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from server.pages import token
from tests.authz.requests import noun
from tests.fuzz import values
from tests.fuzz.bytes import DEEP, SIZES, Change, huge, spoilt
from tests.fuzz.sound import MOSTLY, WHOLE, entries
from tests.fuzz.values import Names
from tests.server.bad import METHODS

F = FieldDescriptor
#: These read the whole history: not as often as the others.
LARGE = {"ExportHistory", "VerifyLedger", "StreamEvents", "RunEndOfDay", "CreateCheckpoint"}
_INTEGERS = (F.TYPE_INT32, F.TYPE_INT64, F.TYPE_UINT32, F.TYPE_UINT64, F.TYPE_SINT32, F.TYPE_SINT64)
#: How likely a field is as it should be.
SOUND = (0, 50, 90, 95, 98, 100, 100)
DEPTH = 4
FORGED = range(60, 80)
UNUSUAL = ("no token", "bad token", "no role", "1 ms", "0 ms", "large metadata")
#: It may end the run's own tokens, after which no call would come to anything.
LEFT_OUT = {"RevokeTokens"}
EVERY = [n for n, m in enumerate(METHODS) if m.name not in LARGE | LEFT_OUT] * 8 + [
    n for n, m in enumerate(METHODS) if m.name in LARGE
]


class Plan(NamedTuple):
    """What hypothesis draws of a call: what kind it is, and how its bytes are spoilt.

    The fields follow by chance from its entropy: a draw a field takes ten milliseconds a message.
    """

    kind: int
    entropy: int
    changes: list[Change]


PLANS = st.builds(
    Plan,
    st.integers(0, 99),
    st.integers(0, 2**64),
    st.lists(st.sampled_from(Change), min_size=1, max_size=4),
)


class Call(NamedTuple):
    """What is sent: the number of an RPC, its messages, and in which way it is unusual."""

    method: int
    parts: tuple[bytes, ...]
    way: str

    @property
    def rpc(self) -> MethodDescriptor:
        """The RPC."""
        return METHODS[self.method]


def made(plan: Plan, chance: Random, names: Names, run: str) -> Call:
    """The call of a plan, its fields by chance; `run` makes its request ids new ones."""
    number, kind = chance.choice(EVERY), plan.kind
    method = METHODS[number]
    forged = kind in FORGED and "page_token" in method.input_type.fields_by_name
    maker = Maker(chance, names, run, 100 if forged else chance.choice(SOUND))
    count = chance.randint(1, 3) if method.client_streaming else 1
    found, way = [maker.message(method.input_type, method) for _ in range(count)], "message"
    if forged:
        way, found[-1].page_token = "forged page", token(found[-1], maker.places())
    parts = [one.SerializeToString() for one in found]
    parts = [part.replace(values.MARK.encode(), values.BROKEN) for part in parts]
    if kind < 20:
        places = [chance.getrandbits(24) for _ in plan.changes]
        way, parts[-1] = "bytes", spoilt(parts[-1], plan.changes, places)
    elif kind == 97:
        way = chance.choice(UNUSUAL)
    elif kind == 98:
        way, parts[-1] = "deep", parts[-1] + chance.choice(DEEP)
    elif kind == 99 and chance.random() < 0.1:
        way, parts[-1] = "huge", parts[-1] + huge(chance.choice(SIZES))
    return Call(number, tuple(parts), way)


class Maker:
    """Fills messages; `sound` in a hundred fields are as they should be."""

    def __init__(self, chance: Random, names: Names, run: str, sound: int) -> None:
        self.chance, self.names, self.run, self._sound = chance, names, run, sound
        self.lean = sound > 80 and self.often(0.8)

    def sound(self) -> bool:
        """Whether the next field is as it should be."""
        return self.chance.randrange(100) < self._sound

    def often(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.chance.random() < share

    def places(self) -> tuple[int, ...]:
        """Where a page might go on, said by nobody."""
        many = (*values.LONGS, 2**63, 2**64, -(2**70), 10**30)
        return tuple(self.chance.choice(many) for _ in range(self.chance.randint(1, 3)))

    def message(
        self, kind: Descriptor, method: MethodDescriptor | None = None, depth: int = 0
    ) -> Any:
        """A message of a kind; of a method it is the request."""
        made: Any = GetMessageClass(kind)()
        known = _KNOWN.get(kind.full_name)
        if known:
            known(self, made)
            return made
        if kind.full_name in WHOLE and self.often(self._sound / 100):
            made.CopyFrom(WHOLE[kind.full_name]())
            return self._dented(made, depth)
        for field in kind.fields:
            left = 0.3 if depth else 0.15
            if self.lean and not (depth and self.often(0.5)):
                left = 0.02 if field.name in MOSTLY else 0.9
            if depth > DEPTH or self.often(left) or (field.containing_oneof and self.often(0.5)):
                continue
            self._put(made, field, method, depth)
        return made

    def _dented(self, made: Any, depth: int) -> Any:
        """A sound message in which one field is another; mostly none is."""
        if not self.sound() or self.often(0.2):
            field = self.chance.choice(made.DESCRIPTOR.fields)
            made.ClearField(field.name)
            self._put(made, field, None, depth)
        return made

    def _put(
        self, made: Any, field: FieldDescriptor, method: MethodDescriptor | None, depth: int
    ) -> None:
        if field.is_repeated and field.message_type and field.message_type.GetOptions().map_entry:
            self._entry(getattr(made, field.name), field.message_type, depth)
        elif field.name == "entries" and self.sound():
            made.entries.extend(entries(self.chance))
        elif field.is_repeated:
            count = 2 if self.sound() else self.chance.choice((0, 1, 2, 3, 7))
            many = [self._value(field, method, depth) for _ in range(count)]
            getattr(made, field.name).extend(many)
        elif field.message_type:
            getattr(made, field.name).CopyFrom(self._value(field, method, depth))
        else:
            setattr(made, field.name, self._value(field, method, depth))

    def _entry(self, held: Any, entry: Descriptor, depth: int) -> None:
        key, kind = self.chance.choice(("fund_source", "x", "")), entry.fields_by_name["value"]
        if kind.message_type:
            held[key].CopyFrom(self.message(kind.message_type, None, depth + 1))
        else:
            held[key] = self._value(kind, None, depth)

    def _value(self, field: FieldDescriptor, method: MethodDescriptor | None, depth: int) -> Any:
        if field.message_type:
            return self.message(field.message_type, None, depth + 1)
        kind, sound = field.type, self.sound()
        if kind == F.TYPE_STRING:
            return self._text(field, method, sound)
        if kind == F.TYPE_BOOL:
            return self.often(0.1 if field.name == "validate_only" else 0.5)
        if kind == F.TYPE_ENUM:
            known = [value.number for value in field.enum_type.values]
            return self.chance.choice(known[1:] if sound else [*known, 99, -1, 2**31 - 1])
        if kind == F.TYPE_BYTES:
            return self.chance.randbytes(self.chance.randrange(40))
        if kind in _INTEGERS:
            return values.number(self.chance, kind, sound=sound)
        return self.chance.choice((0.0, -1.5, float("nan"), float("inf")))

    def _text(self, field: FieldDescriptor, method: MethodDescriptor | None, sound: bool) -> str:
        if field.name == "request_id" and (sound or self.often(0.75)):
            return f"{self.run}-{self.chance.getrandbits(40)}"
        if sound and method:
            collection = noun(method, field)
            if collection:
                return self.chance.choice(self.names[collection])
        if sound and field.name == "parent":
            return self.names["books"][0]
        return values.text(self.chance, field.name, self.names, sound=sound)

    def money(self, made: Any) -> None:
        """google.type.Money."""
        if self.sound():
            made.currency_code, made.units = "CNY", self.chance.choice((1, 5, 100, 1200))
            return
        made.currency_code = self.chance.choice(values.CURRENCIES)
        made.units = self.chance.choice(values.UNITS)
        made.nanos = self.chance.choice(values.NANOS)

    def date(self, made: Any) -> None:
        """google.type.Date, about the business date."""
        if self.sound():
            made.year, made.month, made.day = (
                2024,
                3,
                self.chance.choice((8, 9, 10, 10, 10, 11, 12)),
            )
            return
        made.year, made.month, made.day = self.chance.choice(values.DATES)

    def decimal(self, made: Any) -> None:
        """google.type.Decimal."""
        many = ("0.06", "0.1", "1", "0.5") if self.sound() else values.DECIMALS
        made.value = self.chance.choice(many)

    def moment(self, made: Any) -> None:
        """google.protobuf.Timestamp."""
        made.seconds = self.chance.choice(values.SECONDS)
        if not self.sound():
            made.nanos = self.chance.choice(values.NANOS)


_KNOWN: Mapping[str, Callable[[Maker, Message], None]] = {
    "google.type.Money": Maker.money,
    "google.type.Date": Maker.date,
    "google.type.Decimal": Maker.decimal,
    "google.protobuf.Timestamp": Maker.moment,
}


def drawn(number: int, count: int, names: Names) -> list[Call]:
    """So many calls from a seed; the same seed draws the same ones."""
    found: list[Call] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        derandomize=False,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(PLANS)
    def collect(plan: Plan) -> None:
        chance = Random(f"{number}/{len(found)}/{plan.entropy}")
        found.append(made(plan, chance, names, f"f{number}"))

    collect()
    return found
