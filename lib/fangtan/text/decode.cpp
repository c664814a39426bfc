// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/decode.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {
namespace {

struct Signature {
    std::string_view bytes;
    const char* what;
};
constexpr std::array kSignatures = {
    Signature{"PK\x03\x04", "a zip container (.docx, .odt, .xlsx …); a Word file must be called .docx to be read as one"},
    Signature{"\xD0\xCF\x11\xE0", "an old Word or Excel file; open it and save it as .docx (or: soffice --headless --convert-to docx FILE)"},
    Signature{"%PDF-", "a PDF; it must be called .pdf to be read as one"},
    Signature{"{\\rtf", "a rich-text file (.rtf); open it and save it as .docx (or: soffice --headless --convert-to docx FILE)"},
    Signature{"\x89PNG", "a picture"},
    Signature{"\xFF\xD8\xFF", "a picture"},
    Signature{"GIF8", "a picture"},
    Signature{"ID3", "a sound file"},
    Signature{"\x1F\x8B", "a compressed file; unpack it first"},
};

const char* converter_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: return "UTF-8";
        case Encoding::gb18030: return "gb18030";
        case Encoding::big5: return "Big5-HKSCS";
        case Encoding::utf16le: return "UTF-16LE";
        case Encoding::utf16be: return "UTF-16BE";
    }
    return "UTF-8";
}

// UTF-8 of everything up to the first fault, and the byte offset of that fault.
struct StrictResult {
    std::string text;
    std::optional<std::size_t> fault;
};

StrictResult decode_strictly(std::string_view bytes, Encoding encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(converter_name(encoding), &status), &ucnv_close);
    if (U_FAILURE(status)) throw Error(ErrorKind::internal, "", std::string("ICU has no converter for ") + converter_name(encoding));
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    StrictResult result;
    result.text.reserve(bytes.size() + bytes.size() / 2);
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    std::array<UChar, 4096> units{};
    char16_t high = 0;
    while (true) {
        UChar* target = units.data();
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, true, &status);
        for (const UChar* unit = units.data(); unit < target; ++unit) {
            if (U16_IS_LEAD(*unit)) {
                high = *unit;
            } else if (U16_IS_TRAIL(*unit)) {
                utf8::append(result.text, static_cast<char32_t>(U16_GET_SUPPLEMENTARY(high, *unit)));
            } else {
                utf8::append(result.text, *unit);
            }
        }
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_FAILURE(status)) {
            std::array<char, 32> invalid{};
            auto length = static_cast<int8_t>(invalid.size());
            UErrorCode asked = U_ZERO_ERROR;
            ucnv_getInvalidChars(converter.get(), invalid.data(), &length, &asked);
            result.fault = static_cast<std::size_t>(source - bytes.data()) - static_cast<std::size_t>(U_SUCCESS(asked) ? length : 0);
        }
        return result;
    }
}

void normalize_line_ends(std::string& text) {
    if (std::memchr(text.data(), '\r', text.size()) == nullptr) return;
    std::size_t out = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            text[out++] = '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        } else {
            text[out++] = text[i];
        }
    }
    text.resize(out);
}

// The place that follows `before`, which was decoded but is not yet without its mark and CRs, as in the final text.
std::string place_after(const std::string& name, std::string before) {
    if (before.starts_with("\xEF\xBB\xBF")) before.erase(0, 3);
    normalize_line_ends(before);
    const Position position = position_in(before, before.size());
    return name + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

[[noreturn]] void fail_at(const std::string& name, std::string_view bytes, std::size_t fault, std::string decoded_before,
                          Encoding encoding, const std::string& advice) {
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "%02X", fault < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[fault])) : 0U);
    throw Error(ErrorKind::input, place_after(name, std::move(decoded_before)),
                "byte " + std::to_string(fault) + " (0x" + hex.data() + ") cannot be decoded as " + std::string(name_of(encoding)) + "; " + advice);
}

// Share of the two-byte characters that are everyday ones, in 1/1000; -1 if there are none.
int everyday_share_gb(std::string_view bytes) {
    std::size_t units = 0;
    std::size_t everyday = 0;
    for (std::size_t i = 0; i + 1 < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        const auto trail = static_cast<unsigned char>(bytes[i + 1]);
        if (lead < 0x81) {
            ++i;
            continue;
        }
        ++units;
        const bool common = trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || lead == 0xA1 || lead == 0xA3);
        everyday += common ? 1 : 0;
        i += trail >= 0x30 && trail <= 0x39 ? 4 : 2;
    }
    return units == 0 ? -1 : static_cast<int>(1000 * everyday / units);
}

int everyday_share_big5(std::string_view bytes) {
    std::size_t units = 0;
    std::size_t everyday = 0;
    for (std::size_t i = 0; i + 1 < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x81) {
            ++i;
            continue;
        }
        ++units;
        everyday += (lead >= 0xA4 && lead <= 0xC6) || lead == 0xA1 ? 1 : 0;
        i += 2;
    }
    return units == 0 ? -1 : static_cast<int>(1000 * everyday / units);
}

std::string place_of(const std::string& text, std::size_t at) {
    const Position position = position_in(text, at);
    return "line " + std::to_string(position.line) + ", column " + std::to_string(position.column);
}

// The first EF BB BF. Each of its bytes is frequent in Chinese text: a search for one of them stops all the time.
std::size_t find_mark(std::string_view text) {
    using Bytes = unsigned char __attribute__((vector_size(16)));
    using Words = std::uint64_t __attribute__((vector_size(16)));
    std::size_t at = 0;
    for (; at + 18 <= text.size(); at += 16) {
        Bytes first;
        Bytes second;
        Bytes third;
        std::memcpy(&first, text.data() + at, 16);
        std::memcpy(&second, text.data() + at + 1, 16);
        std::memcpy(&third, text.data() + at + 2, 16);
        const auto found = (first == 0xEF) & (second == 0xBB) & (third == 0xBF);
        Words words;
        std::memcpy(&words, &found, 16);
        if ((words[0] | words[1]) != 0) break;
    }
    return text.find("\xEF\xBB\xBF", at);
}

void look_for_oddities(DecodedText& decoded, bool from_table) {
    const std::string& text = decoded.text;
    if (const std::size_t mark = find_mark(text); mark != std::string::npos) {
        decoded.warnings.push_back("holds a byte-order mark inside the text (" + place_of(text, mark) + "); it is kept");
    }
    if (!from_table) return;
    for (std::size_t i = 0; i < text.size(); i += utf8::length(text[i])) {
        const char32_t c = utf8::at(text, i);
        if (c < 0xE000 || c > 0xF8FF) continue;
        decoded.warnings.push_back("holds a private-use character (" + place_of(text, i) + "); its meaning depends on the font");
        return;
    }
}

[[noreturn]] void fail_utf8(const std::string& name, std::string_view bytes, std::size_t fault, const std::string& advice) {
    fail_at(name, bytes, fault, std::string(bytes.substr(0, fault)), Encoding::utf8, advice);
}

void check_is_text(const std::string& name, std::string_view bytes) {
    for (const Signature& signature : kSignatures) {
        if (bytes.starts_with(signature.bytes)) throw Error(ErrorKind::input, name, std::string("is not plain text but ") + signature.what);
    }
    if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) || bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) {
        throw Error(ErrorKind::input, name, "is encoded in UTF-32; save it as UTF-8");
    }
}

// `text` is what the file's bytes decode to, or the bytes themselves.
void check_no_nul(const std::string& name, std::string_view bytes, const std::string& text, Encoding encoding) {
    const std::size_t nul = text.find('\0');
    if (nul == std::string::npos) return;
    std::size_t byte = bytes.find('\0');
    if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) {
        for (byte = 0; bytes[byte] != '\0' || bytes[byte + 1] != '\0';) byte += 2;
    }
    throw Error(ErrorKind::input, place_after(name, text.substr(0, nul)),
                "holds a NUL character (byte " + std::to_string(byte) +
                    "): not plain text, damaged, or UTF-16 without a byte-order mark (then give --encoding UTF-16LE)");
}

DecodedText decode_as(std::string bytes, const std::string& name, Encoding encoding, const std::string& advice) {
    DecodedText decoded;
    decoded.encoding = encoding;
    if (encoding == Encoding::utf8) {
        if (const auto fault = utf8::first_fault(bytes)) fail_utf8(name, bytes, *fault, advice);
        check_no_nul(name, bytes, bytes, encoding);
        decoded.text = std::move(bytes);
    } else {
        StrictResult result = decode_strictly(bytes, encoding);
        if (result.fault) fail_at(name, bytes, *result.fault, std::move(result.text), encoding, advice);
        check_no_nul(name, bytes, result.text, encoding);
        decoded.text = std::move(result.text);
    }
    if (decoded.text.starts_with("\xEF\xBB\xBF")) decoded.text.erase(0, 3);
    return decoded;
}

std::optional<DecodedText> guess(const std::string& bytes) {
    StrictResult gb = decode_strictly(bytes, Encoding::gb18030);
    StrictResult big5 = decode_strictly(bytes, Encoding::big5);
    if (gb.fault && big5.fault) return std::nullopt;
    const bool is_big5 = !big5.fault && (gb.fault || everyday_share_big5(bytes) > everyday_share_gb(bytes));
    DecodedText decoded;
    decoded.text = std::move(is_big5 ? big5.text : gb.text);
    decoded.encoding = is_big5 ? Encoding::big5 : Encoding::gb18030;
    decoded.guessed = true;
    return decoded;
}

// The beginning of a UTF-8 character and nothing more.
bool is_cut_character(std::string_view rest) {
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t need = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    return rest.size() < need && std::all_of(rest.begin() + 1, rest.end(), [](char c) { return utf8::is_continuation(c); });
}

DecodedText decode_unmarked(std::string bytes, const std::string& name) {
    const auto fault = utf8::first_fault(bytes);
    if (!fault) return decode_as(std::move(bytes), name, Encoding::utf8, "");
    // Three-byte characters begin with E0 to EF, as only rare characters of GB18030 and Big5 do: a few of them before
    // the fault show a damaged UTF-8 file, and so does a single one before a character that the end of the file cuts.
    const std::string_view head = std::string_view(bytes).substr(0, *fault);
    const auto wide = std::count_if(head.begin(), head.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE0; });
    const bool mostly_utf8 = wide >= (is_cut_character(std::string_view(bytes).substr(*fault)) ? 1 : 4);
    if (mostly_utf8) {
        fail_utf8(name, bytes, *fault, "the file is UTF-8 up to here and damaged, cut off or mixed with another encoding after it");
    }
    if (std::memchr(bytes.data(), '\0', bytes.size()) == nullptr) {
        if (std::optional<DecodedText> decoded = guess(bytes)) return std::move(*decoded);
    }
    fail_utf8(name, bytes, *fault, "it is not GB18030 or Big5 either; name the encoding with --encoding");
}

}  // namespace

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: return "UTF-8";
        case Encoding::gb18030: return "GB18030";
        case Encoding::big5: return "Big5-HKSCS";
        case Encoding::utf16le: return "UTF-16LE";
        case Encoding::utf16be: return "UTF-16BE";
    }
    return "";
}

std::optional<Encoding> encoding_of(std::string_view name) {
    std::string key;
    for (const char c : name) {
        if (c == '-' || c == '_' || c == ' ') continue;
        key += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    static constexpr std::pair<std::string_view, Encoding> kNames[] = {
        {"utf8", Encoding::utf8},       {"gb18030", Encoding::gb18030}, {"gbk", Encoding::gb18030},
        {"gb2312", Encoding::gb18030},  {"cp936", Encoding::gb18030},   {"big5", Encoding::big5},
        {"big5hkscs", Encoding::big5},  {"cp950", Encoding::big5},      {"utf16le", Encoding::utf16le},
        {"utf16", Encoding::utf16le},   {"utf16be", Encoding::utf16be},
    };
    for (const auto& [spelling, encoding] : kNames) {
        if (key == spelling) return encoding;
    }
    return std::nullopt;
}

DecodedText decode(std::string bytes, const std::string& name, std::optional<Encoding> declared) {
    check_is_text(name, bytes);
    DecodedText decoded;
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        decoded = decode_as(std::move(bytes), name, Encoding::utf8, "the byte-order mark says UTF-8; the file is damaged");
    } else if (bytes.starts_with("\xFF\xFE")) {
        decoded = decode_as(std::move(bytes), name, Encoding::utf16le, "the byte-order mark says UTF-16; the file is damaged or cut off");
    } else if (bytes.starts_with("\xFE\xFF")) {
        decoded = decode_as(std::move(bytes), name, Encoding::utf16be, "the byte-order mark says UTF-16; the file is damaged or cut off");
    } else if (declared) {
        decoded = decode_as(std::move(bytes), name, *declared, "check --encoding");
    } else {
        decoded = decode_unmarked(std::move(bytes), name);
    }
    normalize_line_ends(decoded.text);
    look_for_oddities(decoded, decoded.encoding == Encoding::gb18030 || decoded.encoding == Encoding::big5);
    return decoded;
}

}  // namespace fangtan
