# SPDX-License-Identifier: Apache-2.0
"""Word, OpenDocument, subtitle, page and table files that are damaged or meant ill, and odd ones that are neither."""
import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"""


def body(*paragraphs, head=""):
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'


def archive(members, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, data in members:
            out.writestr(name, data)
    return buffer.getvalue()


def docx(document, extra=()):
    return archive([("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document), *extra])


def patched(data, signature, offset, value):
    """The 16-bit field of every header with this signature."""
    data = bytearray(data)
    at = data.find(signature)
    while at >= 0:
        data[at + offset:at + offset + 2] = struct.pack("<H", value)
        at = data.find(signature, at + 4)
    return bytes(data)


def add_cases(code, said_exactly, talk, secret):
    lines = talk.rstrip("\n").split("\n")
    good = docx(body(*lines))
    code("2.4 docx", good, file="P1.docx", check=said_exactly(talk))
    code("2.4 docx: called in capitals", good, file="P1.DOCX", check=said_exactly(talk))

    def refused(what, data, *first, file="P1.docx", **rest):
        code(f"2.4 {what}", data, 3, first, file=file, **rest)

    refused("docx: cut off", good[:len(good) // 2], "P1.docx")
    refused("docx: empty", b"", "P1.docx")
    refused("docx: text under a wrong name", talk.encode(), "P1.docx")
    refused("docx: an old .doc or a password", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600), "password")
    refused("docx: encrypted entries", patched(patched(good, b"PK\x03\x04", 6, 1), b"PK\x01\x02", 8, 1), "P1.docx")
    refused("docx: a checksum that lies", patched(good, b"PK\x01\x02", 16, 0x1234), "P1.docx")
    refused("docx: junk before the archive", b"junk" + good, "P1.docx")
    refused("docx: no main part", archive([("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS)]), "P1.docx")
    refused("docx: any other zip", archive([("notes.txt", talk)]), "P1.docx")
    for name in ("../evil.xml", "/etc/passwd", "..\\evil.xml", "C:\\evil.xml", "word/../../evil.xml"):
        refused(f"docx: an entry called {name}", docx(body(*lines), [(name, "x")]), "P1.docx")
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        refused("docx: two entries of one name", docx(body(*lines), [("word/document.xml", body(*lines))]), "P1.docx")
    refused("docx: a bomb", docx(body(*lines), [("word/media/zero.bin", bytes(300 << 20))]), "P1.docx", once=True)
    refused("docx: a document that blows up", docx(body("社" * 30_000_000)), "P1.docx", once=True)
    refused("docx: DOCTYPE", docx(body(*lines, head='<!DOCTYPE w [<!ENTITY a "b">]>')), "P1.docx")
    refused("docx: an entity from a file", docx(body("&x;", head='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')), "P1.docx")
    refused("docx: a control character", docx(body("P1：社工&#1;")), "P1.docx")
    refused("docx: half a pair", docx(body("P1：社工&#xD800;")), "P1.docx")
    refused("docx: not well-formed", docx(body(*lines).replace("</w:body>", "")), "P1.docx")
    refused("docx: not UTF-8", docx(body(*lines).encode().replace("社".encode(), b"\xff")), "P1.docx")
    refused("docx: nested 100,000 deep", docx(f'<w:document xmlns:w="{W}">' + "<w:p>" * 100_000 + "</w:p>" * 100_000 + "</w:document>"), "P1.docx")
    refused("odt: spaces without end", archive([("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml",
            '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
            '<o:body><o:text><t:p>P1：<t:s t:c="2147483647"/></t:p></o:text></o:body></o:document-content>')]), "P1.odt", file="P1.odt")

    cue = "1\n00:00:01,000 --> 00:00:02,000\nP1：%s\n\n"
    for what, file, data in [
        ("srt: an end before its start", "P1.srt", "1\n00:00:05,000 --> 00:00:01,000\n社工\n"),
        ("srt: 99 minutes", "P1.srt", "1\n00:99:01,000 --> 00:99:02,000\n社工\n"),
        ("srt: hours beyond reason", "P1.srt", "1\n99999999999999999999:00:01,000 --> 99999999999999999999:00:02,000\n社工\n"),
        ("srt: cut in a time line", "P1.srt", cue % "社工" + "2\n00:00:03,0"),
        ("vtt: without its first line", "P1.vtt", "00:01.000 --> 00:02.000\n社工\n"),
        ("vtt: cut in a time line", "P1.vtt", "WEBVTT\n\n00:01.000 --> 00:0"),
        ("table: too few cells", "P1.csv", "说话人,内容\nP1\n"),
        ("table: no columns of a chat", "P1.csv", "甲,乙\nP1,社工\n"),
        ("pdf: no PDF at all", "P1.pdf", talk),
    ]:
        code(f"2.5 {what}", data.encode(), 3, (file,), file=file)
    code("2.5 srt: an arrow inside the text", (cue % f"{secret} A --> B 社工").encode(), 0, (), file="P1.srt")
    code("2.5 vtt: no cue at all", b"WEBVTT\n", 1, (), file="P1.vtt")
