// SPDX-License-Identifier: Apache-2.0
//
// ICU's word boundaries over the lines of a file, as a peer for words.py: prints their number.
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <string>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
    if (U_FAILURE(status)) return 1;
    std::ifstream file(argv[1]);
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) {
        const icu::UnicodeString text = icu::UnicodeString::fromUTF8(line);
        words->setText(text);
        while (words->next() != icu::BreakIterator::DONE) ++count;
    }
    std::cout << count << '\n';
    return 0;
}
