// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/vocabulary.hpp"

#include <algorithm>

namespace fangtan::vocabulary {

const std::uint64_t* filter_of(const std::string& path) {
    return fingerprint(path) == generated::kVocabularyFingerprint ? generated::kVocabularyFilter : nullptr;
}

std::u32string_view spelling_of(std::u32string_view folded) {
    const generated::Spelling* const end = generated::kSpellings + generated::kSpellingCount;
    const generated::Spelling* const found =
        std::lower_bound(generated::kSpellings, end, folded, [](const generated::Spelling& entry, std::u32string_view word) { return entry.folded < word; });
    return found != end && found->folded == folded ? found->spelling : std::u32string_view();
}

}  // namespace fangtan::vocabulary
