// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "fangtan/codebook/draft.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::codebook {
namespace {

using yaml::quoted;
using yaml::Source;

constexpr std::size_t kPartners = 8;  // earlier names that one which looks like them is paired with, at most

// Equal for texts that people would take for the same.
std::string appearance(std::string_view text) {
    std::string result;
    for (const char32_t c : utf8::to_code_points(composed(text))) {
        if (!is_white_space(c) && !is_ignorable(c)) utf8::append(result, fold(c));
    }
    return result;
}

class NameCheck {
 public:
    NameCheck(const Source& source, const std::vector<Draft>& drafts) : source_(source), drafts_(drafts) {}

    // Errors first: only so many messages are kept, and a heap of warnings must not push them out.
    void run() {
        Group unique_names;
        Group unique_ids;
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (!drafts_[i].has_name) continue;
            if (is_unique_name(i)) unique_names.push_back(i);
            if (is_unique_id(i)) unique_ids.push_back(i);
        }
        for (const std::size_t i : unique_names) compare_name(i);
        for (const std::size_t i : unique_ids) compare_id(i);
    }

 private:
    using Group = std::vector<std::size_t>;  // indices of drafts

    [[nodiscard]] std::string line_of_name(std::size_t i) const {
        return std::to_string(source_.line(drafts_[i].name_at));
    }

    [[nodiscard]] std::size_t parent_of(std::size_t i) const {
        const std::optional<CodeId> parent = drafts_[i].code.parent;
        return parent ? static_cast<std::size_t>(*parent) + 1 : 0;
    }

    [[nodiscard]] bool is_unique_name(std::size_t i) {
        const std::string& name = drafts_[i].code.name;
        const auto [first, is_new] = siblings_.try_emplace({parent_of(i), name}, i);
        if (is_new) return true;
        source_.error(drafts_[i].name_at, "the name " + quoted(name) + " is taken by a sibling on line " +
                                              line_of_name(first->second) +
                                              "; join the two codes, or rename one");
        return false;
    }

    void compare_name(std::size_t i) {
        const std::string& name = drafts_[i].code.name;
        Group& alike = siblings_alike_[{parent_of(i), appearance(name)}];
        for (const std::size_t other : alike) {
            source_.warning(drafts_[i].name_at, "the name " + quoted(name) + " looks like " +
                                                    quoted(drafts_[other].code.name) + " on line " +
                                                    line_of_name(other) +
                                                    "; rename one, or make them the same code");
        }
        if (alike.size() < kPartners) alike.push_back(i);
    }

    // Ids that are paths of names need no message of their own where the names have got one.
    [[nodiscard]] bool follows_from_names(std::size_t a, std::size_t b) const {
        if (drafts_[a].has_own_id || drafts_[b].has_own_id) return false;
        const std::vector<std::string>& one = drafts_[a].code.path;
        const std::vector<std::string>& other = drafts_[b].code.path;
        return one.size() == other.size() &&
               std::equal(one.begin(), one.end(), other.begin(),
                          [](const auto& x, const auto& y) { return appearance(x) == appearance(y); });
    }

    [[nodiscard]] bool is_unique_id(std::size_t i) {
        const auto [first, is_new] = ids_.try_emplace(drafts_[i].code.id, i);
        if (!is_new && !follows_from_names(i, first->second)) report_duplicate(i, first->second);
        return is_new;
    }

    void compare_id(std::size_t i) {
        const std::string& id = drafts_[i].code.id;
        Group& alike = ids_alike_[appearance(id)];
        for (const std::size_t other : alike) {
            if (follows_from_names(i, other)) continue;
            source_.warning(drafts_[i].id_at, "the id " + quoted(id) + " looks like " +
                                                  quoted(drafts_[other].code.id) + " on line " +
                                                  std::to_string(source_.line(drafts_[other].id_at)) +
                                                  "; change one");
        }
        if (alike.size() < kPartners) alike.push_back(i);
    }

    void report_duplicate(std::size_t i, std::size_t other) const {
        const bool both_own = drafts_[i].has_own_id && drafts_[other].has_own_id;
        source_.error(drafts_[i].id_at,
                      "the id " + quoted(drafts_[i].code.id) + " is taken by the code on line " +
                          std::to_string(source_.line(drafts_[other].id_at)) +
                          (both_own ? "; change one"
                                    : " (without \"id\" a code's id is its path of names, joined by "
                                      "\"/\"); give one of them an \"id\" of its own"));
    }

    const Source& source_;
    const std::vector<Draft>& drafts_;
    std::map<std::pair<std::size_t, std::string>, std::size_t> siblings_;  // parent and name
    std::map<std::string, std::size_t> ids_;
    std::map<std::pair<std::size_t, std::string>, Group> siblings_alike_;  // parent and appearance
    std::map<std::string, Group> ids_alike_;
};

}  // namespace

void check_names(const Source& source, const std::vector<Draft>& drafts) {
    NameCheck(source, drafts).run();
}

}  // namespace fangtan::codebook
