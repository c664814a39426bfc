// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/canonical_line.hpp"

#include <cstddef>
#include <cstring>

#include "fangtan/coding/json_text.hpp"

namespace fangtan::coding {
namespace {

class CanonicalLine {
 public:
    explicit CanonicalLine(std::string_view line) : at_(line.data()), end_(line.data() + line.size()) {}

    bool read(CodingRecord& coding) {
        if (!skip(R"({"record":"coding","document":)") || !string(coding.document) || !skip(R"(,"turn":)")) return false;
        if (!skip("null") && !number(coding.turn)) return false;
        if (!skip(R"(,"participant":)") || (!skip("null") && !string(coding.participant))) return false;
        if (skip(R"(,"speaker":)") && !string(coding.speaker)) return false;
        if (!skip(R"(,"start":)")) return false;
        coding.start_at = at_;
        if (!number(coding.start) || !skip(R"(,"end":)") || !number(coding.end)) return false;
        if (!skip(R"(,"code":)") || !string(coding.code) || !skip(R"(,"text":)") || !string(coding.text)) return false;
        if (!skip(R"(,"evidence":[)")) return false;
        if (at_ < end_ && *at_ != ']') {
            do {
                if (!pair()) return false;
            } while (skip(","));
        }
        std::optional<std::uint64_t> rule;
        if (!skip(R"(],"coder":)") || !string(coding.coder) || !skip(R"(,"rule":)") || !number(rule)) return false;
        if (!skip(R"(,"status":)") || !string(coding.status)) return false;
        coding.has_text = true;
        coding.seen = kSeenNeeded;
        return skip("}") && at_ == end_;
    }

 private:
    // The length is known to the compiler, so that comparing takes a few instructions and no call.
    template <std::size_t Size>
    bool skip(const char (&literal)[Size]) {
        constexpr std::size_t kLength = Size - 1;
        if (static_cast<std::size_t>(end_ - at_) < kLength || std::memcmp(at_, literal, kLength) != 0) return false;
        at_ += kLength;
        return true;
    }

    bool string(std::string_view& value) {
        if (!skip("\"")) return false;
        const std::size_t length = json::plain_length({at_, static_cast<std::size_t>(end_ - at_)});
        value = {at_, length};
        at_ += length;
        return skip("\"");
    }

    bool number(std::optional<std::uint64_t>& value) {
        const char* const begin = at_;
        std::uint64_t sum = 0;
        while (at_ < end_ && *at_ >= '0' && *at_ <= '9' && at_ - begin < 10) sum = 10 * sum + static_cast<std::uint64_t>(*at_++ - '0');
        if (at_ == begin || sum > 0xFFFFFFFEULL || (at_ - begin > 1 && *begin == '0')) return false;
        value = sum;
        return true;
    }

    bool pair() {
        std::optional<std::uint64_t> value;
        return skip("[") && number(value) && skip(",") && number(value) && skip("]");
    }

    const char* at_;
    const char* end_;
};

}  // namespace

bool read_canonical(std::string_view line, CodingRecord& coding) { return CanonicalLine(line).read(coding); }

}  // namespace fangtan::coding
