"""Machine code that is kept on disk, and the few instructions of a processor that Python has no word for.

Numba keeps code until the file of the function changes. But a function is also made of those it calls and of constants
from other files, so here it is kept until any of `MADE_OF` changes (a test finds those that are missing there). No type
of our own goes in, and no function calls itself: such code could not be read back.
"""

from hashlib import blake2b
from pkgutil import get_data
from typing import Any, TypeAlias

from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit
from numba import types as numba_types
from numba.core import cgutils as numba_utils
from numba.extending import intrinsic

MADE_OF = (
    *("query/native.py", "query/kernel.py", "query/reading.py", "query/trying.py"),
    *("query/filing.py", "query/layout.py", "query/tables.py", "text/chars.py", "text/table.py"),
)
"""The files of the package that machine code is made of."""

# For readers: numba finds out the types by itself. Arrays, in most functions as bare pointers to their numbers:
Bytes: TypeAlias = Any
Ints: TypeAlias = Any  # 32 bits
Longs: TypeAlias = Any  # 64 bits
Hashes: TypeAlias = Any  # 64 bits, unsigned
Floats: TypeAlias = Any
# and numbers:
Long: TypeAlias = Any  # 64 bits
Hash: TypeAlias = Any  # 64 bits, unsigned

SPREAD = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: a product with it has its bits well mixed."""

_types: Any = numba_types
_utils: Any = numba_utils
_HALF, _WHOLE = ir.IntType(64), ir.IntType(128)


def _made_of() -> str:
    """A digest of our own code, as the package holds it."""
    return blake2b(b"".join(get_data("vigie", name) or b"" for name in MADE_OF), digest_size=16).hexdigest()


_STAMP = _made_of()


def compiled(function: Any, *, inside: bool = True) -> Any:
    """Machine code of a function, kept on disk; ``inside`` when only compiled code calls it. Releases the GIL."""
    options: dict[str, Any] = {"no_cpython_wrapper": inside, "no_cfunc_wrapper": inside}
    code = njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    code._cache._cache_file._source_stamp = _STAMP  # noqa: SLF001 (numba asks for it nowhere else)
    return code


def _pointers(_typing: Any, members: Any) -> Any:
    """A tuple with the bare place in memory of each array, for as long as the caller keeps the arrays.

    An array is seven numbers, with a count of its users that each call would count up and down: ten times slower.
    """
    found = [_types.CPointer(kind.dtype) if isinstance(kind, _types.Array) else kind for kind in members]

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = []
        for place, kind in enumerate(signature.args[0]):
            value = builder.extract_value(arguments[0], place)
            values.append(
                context.make_array(kind)(context, builder, value).data if isinstance(kind, _types.Array) else value
            )
        return context.make_tuple(builder, signature.return_type, values)

    return _types.Tuple(found)(members), generate


def _eight(_typing: Any, pointer: Any, at: Any) -> Any:
    """Eight bytes from a place on as one number, the first lowest."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        place = builder.gep(arguments[0], [arguments[1]])
        return builder.load(builder.bitcast(place, _HALF.as_pointer()), align=1)

    return _types.uint64(pointer, at), generate


def _fetch(_typing: Any, pointer: Any, at: Any) -> Any:
    """Asks for a place of memory that will be read soon; does not wait for it."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        place = builder.bitcast(builder.gep(arguments[0], [arguments[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        prefetch = _utils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(prefetch, [place, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return _types.void(pointer, at), generate


def _lowest(_typing: Any, _number: Any) -> Any:
    """Which is the lowest bit set of a number that is not zero."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return _types.uint64(_types.uint64), generate


def _mixed(_typing: Any, _number: Any) -> Any:
    """Spreads a number over all 64 bits: the lower half of its product with `SPREAD`, with the upper half on it."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        product = builder.mul(builder.zext(arguments[0], _WHOLE), ir.Constant(_WHOLE, SPREAD))
        upper = builder.trunc(builder.lshr(product, ir.Constant(_WHOLE, 64)), _HALF)
        return builder.xor(builder.trunc(product, _HALF), upper)

    return _types.uint64(_types.uint64), generate


pointers: Any = intrinsic(_pointers)
eight: Any = intrinsic(_eight)
fetch: Any = intrinsic(_fetch)
lowest: Any = intrinsic(_lowest)
mixed: Any = intrinsic(_mixed)
