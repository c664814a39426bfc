// SPDX-License-Identifier: Apache-2.0
//
// Hashes and collected faults.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/base/sha256.hpp"

using namespace fangtan;

TEST_CASE("SHA-256 of FIPS 180-4's examples") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("faults are kept in order up to a limit, and all are counted") {
    Diagnostics diagnostics;
    CHECK_FALSE(diagnostics.has_errors());
    diagnostics.warning("f", {1, 1}, "odd");
    CHECK_FALSE(diagnostics.has_errors());
    for (std::uint32_t i = 0; i < Diagnostics::kMaximum + 5; ++i) diagnostics.error("f", {i + 2, 1}, "wrong");
    CHECK(diagnostics.has_errors());
    CHECK(diagnostics.errors() == Diagnostics::kMaximum + 5);
    CHECK(diagnostics.warnings() == 1);
    CHECK(diagnostics.entries().size() == Diagnostics::kMaximum);
    CHECK(diagnostics.not_kept() == 6);
    CHECK(diagnostics.entries()[0].severity == Severity::warning);
}

TEST_CASE("faults sorted by file as first mentioned, then by place") {
    Diagnostics diagnostics;
    diagnostics.error("b", {2, 5}, "1");
    diagnostics.error("a", {9, 9}, "2");
    diagnostics.warning("b", {2, 1}, "3");
    diagnostics.error("b", {10, 1}, "4");
    diagnostics.error("b", {2, 5}, "5");
    diagnostics.error("a", {1, 1}, "6");
    diagnostics.sort();
    std::string order;
    for (const Diagnostic& entry : diagnostics.entries()) order += entry.message;
    CHECK(order == "315462");
}
