// SPDX-License-Identifier: Apache-2.0
//
// Small streams of codings, for tests of what is done with decisions.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fangtan/coding/record.hpp"

namespace fangtan::testing {

using coding::CodingStream;
using coding::StoredCoding;
using coding::record_of_line;

inline CodingStream stream_with(std::vector<StoredCoding> codings, const std::string& sha = "aa") {
    CodingStream stream;
    stream.runs.push_back(record_of_line(R"({"record":"run","schema":1,"tool":"t"})"));
    for (const char* code : {"甲", "乙"}) stream.codes.push_back(record_of_line("{\"record\":\"code\",\"code\":\"" + std::string(code) + "\",\"name\":\"" + code + "\",\"path\":[\"" + code + "\"]}"));
    for (const char* id : {"P1", "P2"}) stream.documents.push_back(record_of_line("{\"record\":\"document\",\"document\":\"" + std::string(id) + "\",\"sha256\":\"" + sha + "\",\"characters\":99}"));
    stream.codings = std::move(codings);
    return stream;
}

inline StoredCoding made(std::uint32_t start, std::uint32_t end, const std::string& code, CodingStatus status = CodingStatus::proposed) {
    StoredCoding result;
    result.document = "P1";
    result.start = start;
    result.end = end;
    result.code = code;
    result.coder = "rules";
    result.rule = 1;
    result.status = status;
    return result;
}

}  // namespace fangtan::testing
