"""A file becomes a damaged one: its bytes, its lines, the parts of its zip, the tags of its XML, as a seeded chance has it.

Every function takes a random source and bytes and gives bytes, so that a damage is made again from its number.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Damage: TypeAlias = Callable[[Random, bytes], bytes]

LARGEST = 2**18
"""No damage says things again beyond this: what is looked for is a trap, not a large file."""

_TAG = re.compile(rb"<[^<>]{1,2000}>")
_TEXT = re.compile(rb">([^<>]{1,200})<")
_ATTRIBUTE = re.compile(rb"\s([\w:.-]+)=(\"[^\"]*\"|'[^']*')")

_VALUES = (
    b"", b"0", b"-1", b"1", b"2", b"7", b"99999", b"1048576", b"1048577", b"2147483648", b"18446744073709551616", b"-2147483649", b"1e999", b"NaN",
    b"0x10", b"A1", b"A0", b"a1", b"XFD1048576", b"XFE1048577", b"ZZZZ9", b"$B$2", b"A1:XFD1048576", b"C5:A1", b"A1:B2:C3", b"R1C1", b"1:1048576", b"s",
    b"str", b"inlineStr", b"b", b"e", b"d", b"n", b"float", b"percentage", b"date", b"hidden", b"veryHidden", b"true", b"false", b"none", b"rId1",
    b"rId999", b"../../../etc/passwd", b"file:///etc/passwd", b"http://localhost/", b"&amp;&lt;", b"&undefined;", b"&#0;", b"&#xFFFFFF;", b"\xff\xfe",
    b"[h]:mm:ss", b"yyyy", b"0.00%", b"General;;;;;", b"\xd0\xad" * 300, b"9" * 400, b"1" * 70000,
)  # fmt: skip
_TEXTS = (
    b"", b" ", b"1.7976931348623157e308", b"-0", b"1e-320", b"nan", b"inf", b"-inf", b"9" * 320, b"1,234", b"1.234.567,89", b"(1 234,56)", b"#REF!", b"#N/A",
    b"45000", b"-1", b"2958466", b"1e15", b"0.1", b"=1+1", b"TRUE", b"31.02.2023", b"03/05/2019", b"2023-13", b"5000 \xd0\xb3\xd0\xbe\xd0\xb4", b"&#x0;",
    b"]]>", b"<![CDATA[1]]>", b"<!-- -->", b"_x0000_", b"_xD800_", b"\xed\xa0\x80", b"\xc3\x28", "Итого".encode(), "Регион".encode(), "Оплачено, тыс. тенге".encode(),
    "за январь 9999 года".encode(), "на 1 января 0001 года".encode(), "область Абай".encode(), "№".encode(), "\u202e\u0301\U0001f600".encode(), b"x" * 40000,
)  # fmt: skip
_ODD = (b"\0", b"\0\0\0\0", b"\x1a", b"\x0b", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xa8", b"\r", b"\n\n", b'"', b"'", b";", b",", b"\t", b"&", b"<", b">", b"\x1b[2J")


# ---- bytes


def flip(random: Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(random: Random, content: bytes) -> bytes:
    """Cut short, at the end or at the beginning."""
    at = random.randrange(len(content) + 1)
    return content[:at] if random.random() < 0.8 else content[at:]


def drop(random: Random, content: bytes) -> bytes:
    first, last = _stretch(random, content)
    return content[:first] + content[last:]


def repeat(random: Random, content: bytes) -> bytes:
    """Say a stretch again, up to thousands of times."""
    first, last = _stretch(random, content)
    times = min(random.choice((1, 2, 50, 5000)), max(1, (LARGEST - len(content)) // max(1, last - first)))
    return content[:last] + content[first:last] * times + content[last:]


def swap(random: Random, content: bytes) -> bytes:
    """Let two stretches change places."""
    a, b, c, d = sorted(random.randrange(len(content) + 1) for _ in range(4))
    return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]


def insert(random: Random, content: bytes) -> bytes:
    at = random.randrange(len(content) + 1)
    odd = random.choice((*_ODD, *_TEXTS, random.randbytes(random.randrange(1, 40))))
    return content[:at] + odd * random.choice((1, 1, 1, 3, 1000)) + content[at:]


def number(random: Random, content: bytes) -> bytes:
    """Another number in place of one."""
    found = list(re.finditer(rb"\d+(?:[.,]\d+)?", content[:LARGEST]))
    if not found:
        return insert(random, content)
    match = random.choice(found)
    return content[: match.start()] + random.choice((*_VALUES, *_TEXTS)) + content[match.end() :]


def _stretch(random: Random, content: bytes) -> tuple[int, int]:
    first = random.randrange(len(content) + 1)
    return first, min(len(content), first + random.choice((1, 4, 30, 300, 3000)))


# ---- lines of text


def lines(random: Random, content: bytes) -> bytes:
    """Lines dropped, said twice, in another order, glued, or one of them long."""
    listed = content.split(b"\n")
    at, other = random.randrange(len(listed)), random.randrange(len(listed))
    way = random.randrange(6)
    if way == 0:
        del listed[at]
    elif way == 1:
        listed[at:at] = [listed[other]] * random.choice((1, 3, 2000))
    elif way == 2:
        listed[at], listed[other] = listed[other], listed[at]
    elif way == 3:
        listed[at] = listed[at] + listed[other]
    elif way == 4:
        listed[at] = listed[at] * random.choice((2, 300))
    else:
        random.shuffle(listed)
    return b"\n".join(listed)[:LARGEST]


def delimiters(random: Random, content: bytes) -> bytes:
    marks = (b";", b",", b"\t", b"|", b'"', b"\n", b"\r\n", b" ")
    return content.replace(random.choice(marks), random.choice(marks), random.choice((1, 3, -1)))


def encoded(random: Random, content: bytes) -> bytes:
    """The same text in another encoding, with or without a word of it."""
    text = content.decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1251", "kz1048", "koi8-r", "cp866", "utf-7", "latin-1", "cp037"))
    return text.encode(encoding, "replace")[:LARGEST]


# ---- XML


def attribute(random: Random, content: bytes) -> bytes:
    """An attribute changed, dropped or given twice."""
    found = list(_ATTRIBUTE.finditer(content))
    if not found:
        return number(random, content)
    match = random.choice(found)
    way = random.random()
    new = b"" if way < 0.15 else match[0] * 2 if way < 0.25 else b" " + match[1] + b'="' + random.choice(_VALUES).replace(b'"', b"") + b'"'
    return content[: match.start()] + new + content[match.end() :]


def tag(random: Random, content: bytes) -> bytes:
    """A tag dropped, renamed, said twice, or let open."""
    found = list(_TAG.finditer(content))
    if not found:
        return insert(random, content)
    match, other = random.choice(found), random.choice(found)
    way = random.randrange(5)
    new = (b"", match[0] * 2, other[0], match[0].replace(b"/>", b">"), re.sub(rb"[\w:]+", b"zz:odd", match[0], count=1))[way]
    return content[: match.start()] + new + content[match.end() :]


def element(random: Random, content: bytes) -> bytes:
    """An element with all within it dropped, or said again, up to thousands of times."""
    found = [match for match in _TAG.finditer(content) if not match[0].startswith((b"</", b"<?", b"<!"))]
    if not found:
        return repeat(random, content)
    match = random.choice(found)
    end = match.end()
    if not match[0].endswith(b"/>"):
        close = b"</" + (re.match(rb"<([^\s/>]+)", match[0]) or match)[0].lstrip(b"<") + b">"
        at = content.find(close, end)
        end = at + len(close) if at >= 0 else end
    times = random.choice((0, 0, 2, 3, 5000))
    times = min(times, max(2, LARGEST // max(1, end - match.start())))
    return content[: match.start()] + content[match.start() : end] * times + content[end:]


def text(random: Random, content: bytes) -> bytes:
    found = list(_TEXT.finditer(content))
    if not found:
        return insert(random, content)
    match = random.choice(found)
    return content[: match.start(1)] + random.choice(_TEXTS) + content[match.end(1) :]


def nested(random: Random, content: bytes) -> bytes:
    """Thousands of elements within each other."""
    found = list(_TAG.finditer(content))
    at = random.choice(found).end() if found else random.randrange(len(content) + 1)
    name = random.choice((b"x", b"c", b"row", b"si", b"t", b"g", b"table:table-row", b"table:table-row-group", b"text:span", b"table", b"td", b"Row", b"Cell", b"b"))
    deep = random.choice((50, 3000, 200_000))
    close = (b"</" + name + b">") * deep if random.random() < 0.6 else b""
    return content[:at] + (b"<" + name + b">") * deep + close + content[at:]


def declared(random: Random, content: bytes) -> bytes:
    """Another declaration: an encoding that is not so, entities that unfold, a document from elsewhere."""
    body = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
    bomb = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"
    heads = (
        b"", b'<?xml version="1.0" encoding="utf-16"?>', b'<?xml version="1.0" encoding="no-such"?>', b'<?xml version="9.9"?>', b'<?xml version="1.0" encoding="cp1251"?>',
        b'<?xml version="1.0"?>' + bomb, b'<?xml version="1.0"?><!DOCTYPE z SYSTEM "file:///etc/passwd">', b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )  # fmt: skip
    body = re.sub(rb">([^<>]{1,50})<", b">&j;<", body, count=1) if random.random() < 0.5 else body
    return random.choice(heads) + body


# ---- a zip


def zipped(random: Random, content: bytes) -> bytes:
    """A zip whose parts were damaged: their XML or bytes, their names, their number; the rest is whole."""
    parts = _parts(content)
    if not parts:
        return flip(random, content)
    names = sorted(parts)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        name, other = random.choice(names), random.choice(names)
        way = random.random()
        if way < 0.8:
            parts[name] = random.choice(XML if name.endswith((".xml", ".rels", ".vml")) else BYTES)(random, parts.get(name, b""))
        elif way < 0.88:
            parts.pop(name, None)
        elif way < 0.94:
            parts[name], parts[other] = parts.get(other, b""), parts.get(name, b"")
        else:
            parts[random.choice((name.upper(), "../" + name, "/" + name, name.replace("/", "\\"), name + "\0x", "x" * 300, other))] = parts.pop(name, b"")
    return _zip(random, parts)


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if info.file_size <= LARGEST}
    except Exception:  # noqa: BLE001 (a zip that was damaged before has no parts)
        return {}


def _zip(random: Random, parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    way = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    way = way if random.random() < 0.1 else zipfile.ZIP_DEFLATED
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", way, compresslevel=1) as archive:
        warnings.simplefilter("ignore")  # two parts of one name are a damage, too
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def directory(random: Random, content: bytes) -> bytes:
    """Numbers of a zip's directory changed: sizes, offsets, methods, flags."""
    changed = bytearray(content)
    heads = [m.start() for m in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", content)]
    for _ in range(random.choice((1, 1, 3))):
        at = random.choice(heads or [0]) + random.randrange(4, 46)
        if at + 4 <= len(changed):
            changed[at : at + 4] = struct.pack("<I", random.choice((0, 1, 8, 99, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, random.getrandbits(32))))
    return bytes(changed)


BYTES: tuple[Damage, ...] = (flip, cut, drop, repeat, swap, insert, number)
LINES: tuple[Damage, ...] = (*BYTES, number, insert, lines, lines, delimiters, encoded)
XML: tuple[Damage, ...] = (attribute, attribute, attribute, tag, tag, element, element, text, text, number, nested, declared, encoded, *BYTES)
ZIP: tuple[Damage, ...] = (zipped, zipped, zipped, zipped, zipped, zipped, directory, flip, cut)
MARKUP: tuple[Damage, ...] = (*XML, lines)


def damaged(random: Random, content: bytes) -> tuple[bytes, list[str]]:
    """Content after one to four damages, and their names; which ones fit is told by its first bytes."""
    start = content[:200].lstrip()
    ways = ZIP if content.startswith(b"PK") else MARKUP if start.startswith(b"<") else BYTES if b"\0" in content[:200] else LINES
    names = []
    for _ in range(random.choice((1, 1, 1, 2, 2, 4))):
        way = random.choice(ways)
        content = way(random, content)
        names.append(way.__name__)
    return content, names
