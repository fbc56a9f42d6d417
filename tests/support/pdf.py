"""Small PDFs that are really PDFs: pages of text in a Chinese font with its map to Unicode, compressed as programs write them.

Every byte is ASCII, so that a browser can be handed one as text."""

import zlib


def pdf(*pages: str) -> bytes:
    """A PDF with a page for each text, a line for each of its lines."""
    glyphs = sorted(set("".join(pages)) - {"\n"}) or ["一"]
    numbers = {c: f"{i:04x}" for i, c in enumerate(glyphs, 1)}
    pairs = "".join(f"<{n}> <{c.encode('utf-16-be').hex()}>\n" for c, n in numbers.items())
    cmap = f"begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(glyphs)} beginbfchar\n{pairs}endbfchar\nendcmap"
    kids = " ".join(f"{7 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo 6 0 R /DW 1000 >>",
        _stream(cmap.encode()),
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
    ]
    for i, text in enumerate(pages):
        shown = " ".join(f"<{''.join(numbers[c] for c in line)}> Tj 0 -20 Td" for line in text.split("\n"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {8 + 2 * i} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(_stream(f"BT /F 12 Tf 72 760 Td {shown} ET".encode()))
    return _file(objects)


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data).hex().encode() + b">"
    return b"<< /Filter [/ASCIIHexDecode /FlateDecode] /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)


def _file(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        out + head + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    )


PDF = pdf("建设方案")
