// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/html.hpp"

#include <doctest/doctest.h>

using namespace fangtan;

TEST_CASE("no text leaves its element or its attribute") {
    std::string page = "<td>";
    append_escaped_html(page, "<script>alert('x')</script> & \"社工\"\n\t");
    CHECK(page == "<td>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;社工&quot;\n\t");
    page.clear();
    append_escaped_html(page, "a\x1B[2Jb\xE2\x80\xAE\r");
    CHECK(page == "a\\x1b[2Jb&lt;U+202E&gt;\\x0d");
}

TEST_CASE("the hash as a Content-Security-Policy writes it") {
    // printf '' | openssl dgst -sha256 -binary | base64
    CHECK(base64_of_sha256("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    CHECK(base64_of_sha256("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}
