// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/xml.hpp"

#include <doctest/doctest.h>

#include <pugixml.hpp>

#include "fangtan/base/error.hpp"
#include "fangtan/text/utf8.hpp"
#include "support/random.hpp"

using fangtan::Error;
using fangtan::reader::checked_xml;
using fangtan::reader::XmlTree;

namespace {

constexpr const char* kWord = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

// "place: sentence" of the refusal; empty if there is none.
std::string refusal(const std::string& xml) {
    try {
        (void)checked_xml(xml, "P1.docx: a.xml");
    } catch (const Error& error) {
        CHECK(error.kind() == fangtan::ErrorKind::input);
        return error.place() + ": " + error.what();
    }
    return {};
}

bool refused_with(const std::string& xml, const std::string& words) {
    const std::string sentence = refusal(xml);
    INFO(sentence);
    CHECK(sentence.find(words) != std::string::npos);
    return sentence.find(words) != std::string::npos;
}

std::string utf16(std::string_view text, bool big, bool mark) {
    std::string bytes;
    const auto unit = [&](unsigned value) {
        const char high = static_cast<char>(value >> 8 & 0xFF);
        const char low = static_cast<char>(value & 0xFF);
        bytes += big ? high : low;
        bytes += big ? low : high;
    };
    if (mark) unit(0xFEFF);
    for (const char32_t c : fangtan::utf8::to_code_points(text)) {
        if (c >= 0x10000) {
            unit(static_cast<unsigned>(0xD800 + ((c - 0x10000) >> 10)));
            unit(static_cast<unsigned>(0xDC00 + ((c - 0x10000) & 0x3FF)));
        } else {
            unit(static_cast<unsigned>(c));
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("Checked XML holds elements, attributes and text only") {
    CHECK(checked_xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- 稿 --><a b='1' c = \"2\">问<!-- x -->：<![CDATA[<您好> & ]]><?go on?></a>\n", "x") ==
          "<a b=\"1\" c=\"2\">问：&lt;您好&gt; &amp; </a>");
    CHECK(checked_xml("<a b='&quot;'/>", "x") == "<a b=\"&quot;\"/>");
    CHECK(checked_xml("<a b='\"'/>", "x") == "<a b='\"'/>");
    CHECK(checked_xml("<访谈 编号=\"P1\"/>", "x") == "<访谈 编号=\"P1\"/>");
}

TEST_CASE("Namespaces have one prefix each, whatever the document calls them") {
    const std::string wanted = "<w:p w:x=\"1\"/>";
    CHECK(checked_xml(std::string("<w:p xmlns:w='") + kWord + "' w:x='1'/>", "x") == wanted);
    CHECK(checked_xml(std::string("<ns0:p xmlns:ns0='") + kWord + "' ns0:x='1'/>", "x") == wanted);
    CHECK(checked_xml(std::string("<p xmlns='") + kWord + "' xmlns:q='http://purl.oclc.org/ooxml/wordprocessingml/main' q:x='1'/>", "x") == wanted);
    // A prefix may mean something else inside, and the old thing again behind that.
    CHECK(checked_xml(std::string("<w:p xmlns:w='") + kWord + "'><w:p xmlns:w='urn:other' w:x='1' y='2'/><w:r/></w:p>", "x") == "<w:p><x:p y=\"2\"/><w:r/></w:p>");
    CHECK(checked_xml(std::string("<p xmlns='") + kWord + "'><p xmlns=''/></p>", "x") == "<w:p><p/></w:p>");
    CHECK(refused_with("<w:p/>", "prefix w is not declared"));
    CHECK(refused_with("<p w:x='1'/>", "prefix w is not declared"));
    CHECK(refused_with("<p><q xmlns:w='urn:a'/><w:r/></p>", "prefix w is not declared"));
    CHECK(refused_with("<p><q xmlns:w='urn:a'></q><w:r/></p>", "prefix w is not declared"));
    CHECK(refused_with("<p xmlns:w=''/>", "bound to nothing"));
    CHECK(refused_with("<p xmlns:xml='urn:a'/>", "must not be bound"));
}

TEST_CASE("UTF-8 and UTF-16 are read, with a mark or by declaration") {
    const std::string body = "<a>问：😀</a>";
    CHECK(checked_xml("\xEF\xBB\xBF" + body, "x") == body);
    CHECK(checked_xml("<?xml version='1.0' encoding='utf-8'?>" + body, "x") == body);
    for (const bool big : {false, true}) {
        CHECK(checked_xml(utf16(body, big, true), "x") == body);
        CHECK(checked_xml(utf16("<?xml version='1.0' encoding='UTF-16'?>" + body, big, true), "x") == body);
        CHECK(checked_xml(utf16("<?xml version='1.0' encoding='UTF-16'?>" + body, big, false), "x") == body);
        CHECK(refused_with(utf16("<?xml version='1.0' encoding='UTF-8'?>" + body, big, true), "declares the encoding UTF-8, but its bytes are UTF-16"));
        CHECK_FALSE(refusal(utf16(body, big, true) + "x").empty());
    }
    CHECK(refused_with("<?xml version='1.0' encoding='GB18030'?><a>\xCE\xCA</a>", "declares the encoding GB18030"));
    CHECK(refused_with("<?xml version='1.0' encoding='UTF-16'?><a/>", "declares the encoding UTF-16"));
    CHECK_FALSE(refusal("<a>\xCE\xCA</a>").empty());
    CHECK_FALSE(refusal("<a>\xED\xA0\x80</a>").empty());
    CHECK_FALSE(refusal(std::string("<a>\0</a>", 8)).empty());
}

TEST_CASE("What XML does not allow is refused, with the line") {
    CHECK(refused_with("<a>\n\n<b></a>", "P1.docx: a.xml:3: "));
    CHECK(refused_with("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "a DOCTYPE was found"));
    CHECK(refused_with("<a>&x;</a>", "begins none of"));
    CHECK(refused_with("<a b='&nbsp;'/>", "begins none of"));
    CHECK(refused_with("<a>A & B</a>", "begins none of"));
    CHECK(refused_with("<a>&#xD800;</a>", "U+D800"));
    CHECK(refused_with("<a>&#1;</a>", "U+0001"));
    CHECK(refused_with("<a b='&#0;'/>", "U+0000"));
    CHECK(refused_with("<a>&#x110000;</a>", "beyond Unicode"));
    CHECK(refused_with("<a>&#99999999999999999999;</a>", "beyond Unicode"));
    CHECK(refused_with("<a>&#;</a>", "malformed"));
    CHECK(refused_with("<a>&#x;</a>", "malformed"));
    CHECK(refused_with("<a>&#xG;</a>", "malformed"));
    CHECK(refused_with("<a>&#65</a>", "malformed"));
    CHECK(refused_with("<a>&amp</a>", "begins none of"));
    CHECK(refused_with("<a>\x01</a>", "U+0001"));
    CHECK(refused_with("<a>\xEF\xBF\xBE</a>", "U+FFFE"));
    CHECK(refused_with("<a><!-- \x02 --></a>", "U+0002"));
    CHECK(refused_with("<a b='1' b='2'/>", "stands twice"));
    CHECK(refused_with("<a xmlns:x='urn:a' xmlns:y='urn:a' x:b='1' y:b='2'/>", "stands twice"));
    CHECK(refused_with("<a xmlns:x='urn:a' xmlns:x='urn:b'/>", "stands twice"));
    CHECK(refused_with("<a/>\n<b/>", "a.xml:2: this XML cannot be read: a second root"));
    CHECK(refused_with("<a/>junk", "outside the root"));
    CHECK(refused_with("junk<a/>", "outside the root"));
    CHECK(refused_with("<a/><![CDATA[x]]>", "outside the root"));
    CHECK(refused_with("<a/>&#65;", "outside the root"));
    CHECK(refused_with("", "there is no element"));
    CHECK(refused_with("<a>", "ends inside the element <a>"));
    CHECK(refused_with("<a", "ends inside a tag"));
    CHECK(refused_with("<a b", "expected ="));
    CHECK(refused_with("<a b=", "quotation mark"));
    CHECK(refused_with("<a b=1/>", "quotation mark"));
    CHECK(refused_with("<a b='1", "does not end"));
    CHECK(refused_with("<a b='<'/>", "a < was found"));
    CHECK(refused_with("<a b='1'c='2'/>", "expected a blank"));
    CHECK(refused_with("<a></b>", "where <a> is open"));
    CHECK(refused_with("</a>", "has no beginning"));
    CHECK(refused_with("<a></a", "expected >"));
    CHECK(refused_with("<1/>", "expected a name"));
    CHECK(refused_with("<a:/>", "expected a name"));
    CHECK(refused_with("<×/>", "expected a name"));
    CHECK(refused_with("<a>]]></a>", "]]> was found"));
    CHECK(refused_with("<a><![CDATA[x</a>", "end of a CDATA"));
    CHECK(refused_with("<a><!-- x", "end of a comment"));
    CHECK(refused_with("<a><!-- x -- y --></a>", "end of a comment"));
    CHECK(refused_with("<a><?x y</a>", "end of an instruction"));
    CHECK(refused_with("<a><?xml version='1.0'?></a>", "very beginning"));
    CHECK(refused_with(" <?xml version='1.0'?><a/>", "very beginning"));
    CHECK(refused_with("<?xml version='1.0'", "does not end"));
    CHECK(refusal("<a>&amp;&lt;&gt;&quot;&apos;&#x4E2D;&#20013;&#x1F600;\t ]] > </a>").empty());
}

TEST_CASE("Depth, attributes and names have limits") {
    const auto deep = [](std::size_t depth) {
        std::string xml;
        for (std::size_t i = 0; i < depth; ++i) xml += "<a>";
        for (std::size_t i = 0; i < depth; ++i) xml += "</a>";
        return xml;
    };
    CHECK(refusal(deep(256)).empty());
    CHECK(refused_with(deep(257), "more than 256 elements"));
    CHECK(refused_with(std::string(3'000'000, '<'), "expected a name"));
    const auto wide = [](std::size_t count) {
        std::string xml = "<a";
        for (std::size_t i = 0; i < count; ++i) xml += " b" + std::to_string(i) + "=''";
        return xml + "/>";
    };
    CHECK(refusal(wide(256)).empty());
    CHECK(refused_with(wide(257), "more than 256 attributes"));
    CHECK(refusal("<" + std::string(4096, 'a') + "/>").empty());
    CHECK(refused_with("<" + std::string(4097, 'a') + "/>", "4096 bytes"));
}

TEST_CASE("The tree keeps blanks and decodes references") {
    const XmlTree tree("<a b='&#x4E2D;&amp;'><t> </t> <t>一&lt;二</t></a>", "x");
    CHECK(std::string(tree.root().name()) == "a");
    CHECK(std::string(tree.root().attribute("b").value()) == "中&");
    CHECK(std::string(tree.root().first_child().text().get()) == " ");
    CHECK(std::string(tree.root().last_child().text().get()) == "一<二");
    CHECK(tree.root().first_child().next_sibling().type() == pugi::node_pcdata);
}

TEST_CASE("property: what is accepted is parsed alike by the parser, and checked text stays as it is") {
    const std::string good =
        "<?xml version='1.0'?><!-- c --><a xmlns:w='urn:a' b='1' w:c='&#65;'>问：<t>您<![CDATA[好]]></t><b/>&amp;<?p i?>\n</a>";
    fangtan::testing::Random random(11);
    const std::vector<std::string> pieces = {"<", ">", "/", "&", ";", "'", "\"", "<a>", "</a>", "<!--", "-->", "]]>", "<![CDATA[", "&#", "x", "=", " ", ":", "\xE9", "问", "<?", "?>"};
    const std::size_t cases = fangtan::testing::cases(30'000);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < cases; ++i) {
        std::string xml = good;
        for (std::size_t n = 1 + random.below(2); n > 0; --n) {
            const std::size_t at = random.below(xml.size());
            xml.replace(at, random.below(4), random.chance(30) ? std::string() : random.pick(pieces));
        }
        std::string checked;
        try {
            checked = checked_xml(xml, "x");
        } catch (const Error&) {
            continue;
        }
        ++accepted;
        CAPTURE(xml);
        CHECK(checked.find("<!") == std::string::npos);
        CHECK(checked.find("<?") == std::string::npos);
        // Elements of foreign namespaces have a prefix that nobody declares any more.
        if (checked.find("x:") == std::string::npos) CHECK(checked_xml(checked, "x") == checked);
        pugi::xml_document document;
        REQUIRE(document.load_buffer(checked.data(), checked.size(), pugi::parse_ws_pcdata));  // references as they stand
        struct Count : pugi::xml_tree_walker {
            std::size_t elements = 0;
            bool for_each(pugi::xml_node& node) override {
                elements += node.type() == pugi::node_element ? 1 : 0;
                return true;
            }
        } count;
        document.traverse(count);
        std::size_t tags = 0;
        for (std::size_t at = checked.find('<'); at != std::string::npos; at = checked.find('<', at + 1)) tags += checked[at + 1] != '/' ? 1 : 0;
        CHECK(count.elements == tags);
    }
    CHECK(accepted > cases / 50);
    CHECK(accepted < cases);
}
