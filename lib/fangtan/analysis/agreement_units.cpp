// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_units.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

#include "fangtan/base/error.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::analysis {
namespace {

UnitKind kind_of(AgreementUnit unit) { return unit == AgreementUnit::sentence ? UnitKind::sentence : UnitKind::turn; }

const UnitPlace* turn_at(const AgreementDocument& document, std::uint32_t start) {
    const auto after = std::upper_bound(document.turns.begin(), document.turns.end(), start, [](std::uint32_t at, const UnitPlace& turn) { return at < turn.start; });
    if (after == document.turns.begin() || std::prev(after)->end <= start) return nullptr;
    return &*std::prev(after);
}

// A coding of a coder that takes part, in the order of documents and places.
struct Stretch {
    std::uint32_t document = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t code = 0;
    std::uint32_t coder = 0;
    friend auto operator<=>(const Stretch&, const Stretch&) = default;
};

class Builder {
 public:
    Builder(const CodingSet& set, std::vector<AgreementDocument> documents, const CodedUnitsOptions& options) : set_(set), options_(options), documents_(std::move(documents)) {}

    CodedUnits build() {
        choose_coders();
        match_documents();
        collect();
        leave_out();
        check_lengths();
        for (std::uint32_t i = 0; i < units_.documents.size(); ++i) {
            if (units_.characters) {
                cut(i);
            } else {
                mark(i);
            }
        }
        std::sort(units_.marks.begin(), units_.marks.end());
        units_.marks.erase(std::unique(units_.marks.begin(), units_.marks.end()), units_.marks.end());
        join();
        return std::move(units_);
    }

 private:
    void choose_coders() {
        const std::vector<std::string> known = coders_of(set_);
        units_.coders = options_.coders.empty() ? known : options_.coders;
        coder_of_label_.assign(set_.labels.size(), kNobody);
        for (std::uint32_t i = 0; i < units_.coders.size(); ++i) {
            const std::string& name = units_.coders[i];
            const auto label = set_.labels.find(name);
            const std::string near = nearest(name, known);
            if (!label) throw Error(ErrorKind::usage, "--coders " + name, "there is no coder of this name in the codings" + (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
            if (coder_of_label_[*label] != kNobody) throw Error(ErrorKind::usage, "--coders " + name, "is named twice");
            coder_of_label_[*label] = i;
        }
        if (units_.coders.size() < 2) {
            throw Error(ErrorKind::usage, "", "agreement takes codings of two or more coders, found " + (units_.coders.empty() ? "none" : "only \"" + units_.coders[0] + "\"") +
                                                  "; name the codings of all of them (one file each, or one with a column coder)");
        }
        units_.characters = options_.unit == AgreementUnit::character || options_.unit == AgreementUnit::segment;
    }

    // Documents of the set by number; those that no stream knows are set apart.
    void match_documents() {
        std::vector<AgreementDocument> kept;
        place_of_document_.assign(set_.documents.size(), kNobody);
        for (AgreementDocument& document : documents_) {
            const auto number = set_.document_ids.find(document.id);
            if (!number) {
                units_.unknown.push_back(document.id);
                continue;
            }
            const DocumentEntry& entry = set_.documents[*number];
            if (!entry.sha256.empty() && !document.sha256.empty() && entry.sha256 != document.sha256) {
                throw Error(ErrorKind::input, document.id, "was coded in another version: its SHA-256 is not that of the codings; give the file that was coded, or code this one again");
            }
            place_of_document_[*number] = static_cast<std::uint32_t>(kept.size());
            kept.push_back(std::move(document));
        }
        units_.documents = std::move(kept);
        for (std::size_t i = 0; i < set_.documents.size(); ++i) {
            if (place_of_document_[i] == kNobody) throw Error(ErrorKind::input, set_.documents[i].id, "was coded but is not among the transcripts; add it with --transcripts");
        }
    }

    void collect() {
        std::vector<std::uint32_t> place_of_code(set_.codes.size(), kNobody);
        for (const CodingEntry& coding : set_.codings) {
            if (coder_of_label_[coding.coder] == kNobody) continue;
            if (coding.status == CodingStatus::rejected) {
                ++units_.rejected;
                continue;
            }
            place_of_code[coding.code] = 0;
            stretches_.push_back({place_of_document_[coding.document], coding.start, coding.end, coding.code, coder_of_label_[coding.coder]});
        }
        for (std::uint32_t i = 0; i < place_of_code.size(); ++i) {
            if (place_of_code[i] == kNobody) {
                ++units_.unused_codes;
                continue;
            }
            place_of_code[i] = static_cast<std::uint32_t>(units_.codes.size());
            units_.codes.push_back(i);
            units_.code_names.push_back(set_.codes[i].id);
        }
        for (Stretch& stretch : stretches_) stretch.code = place_of_code[stretch.code];
        std::sort(stretches_.begin(), stretches_.end());
        first_.assign(units_.documents.size() + 1, stretches_.size());
        for (std::size_t i = stretches_.size(); i-- > 0;) first_[stretches_[i].document] = i;
        for (std::size_t i = units_.documents.size(); i-- > 0;) first_[i] = std::min(first_[i], first_[i + 1]);
    }

    // Who coded where; with only_shared the documents that not all did are forgotten.
    void leave_out() {
        std::vector<AgreementDocument> kept;
        std::vector<Stretch> stretches;
        std::vector<std::size_t> first;
        for (std::size_t i = 0; i < units_.documents.size(); ++i) {
            std::vector<bool> heard(units_.coders.size(), false);
            for (std::size_t k = first_[i]; k < first_[i + 1]; ++k) heard[stretches_[k].coder] = true;
            const bool shared = std::find(heard.begin(), heard.end(), false) == heard.end();
            if (options_.only_shared && !shared) {
                units_.left_out.push_back(units_.documents[i].id);
                continue;
            }
            for (std::size_t coder = 0; coder < heard.size(); ++coder) {
                if (!heard[coder]) units_.silent.push_back({units_.documents[i].id, units_.coders[coder]});
            }
            first.push_back(stretches.size());
            for (std::size_t k = first_[i]; k < first_[i + 1]; ++k) {
                stretches.push_back(stretches_[k]);
                stretches.back().document = static_cast<std::uint32_t>(kept.size());
            }
            kept.push_back(std::move(units_.documents[i]));
        }
        first.push_back(stretches.size());
        if (kept.empty()) throw Error(ErrorKind::input, "", "there is no document that all coders coded; leave --only-shared out, or compare coders who worked on the same documents");
        units_.documents = std::move(kept);
        stretches_ = std::move(stretches);
        first_ = std::move(first);
    }

    void check_lengths() {
        for (std::size_t i = 0; i < units_.documents.size(); ++i) {
            AgreementDocument& document = units_.documents[i];
            std::uint64_t last = 0;
            for (std::size_t k = first_[i]; k < first_[i + 1]; ++k) last = std::max<std::uint64_t>(last, stretches_[k].end);
            if (document.characters == 0 && options_.unit == AgreementUnit::character) {
                throw Error(ErrorKind::input, document.id, "how many characters the document has is not known from these codings; give the transcripts with --transcripts, or codings as JSON Lines");
            }
            // Overlaps of segments do not depend on what lies behind the last one.
            if (document.characters == 0) document.characters = last;
            if (last > document.characters) {
                throw Error(ErrorKind::input, document.id, "a coding ends at " + std::to_string(last) + ", but the document has " + std::to_string(document.characters) + " characters");
            }
        }
    }

    void mark(std::uint32_t document) {
        std::vector<UnitPlace>& units = units_.documents[document].units;
        const auto offset = static_cast<std::uint32_t>(units_.places.size());
        for (std::size_t k = first_[document]; k < first_[document + 1]; ++k) {
            const Stretch& stretch = stretches_[k];
            auto unit = std::upper_bound(units.begin(), units.end(), stretch.start, [](std::uint32_t at, const UnitPlace& place) { return at < place.end; });
            if (unit == units.end() || unit->start >= stretch.end) ++units_.beside;
            for (; unit != units.end() && unit->start < stretch.end; ++unit) {
                units_.marks.push_back({offset + static_cast<std::uint32_t>(unit - units.begin()), stretch.code, stretch.coder});
            }
        }
        for (UnitPlace& place : units) {
            place.document = document;
            units_.places.push_back(std::move(place));
        }
        units.clear();
        units_.units = units_.places.size();
    }

    // Stretches of characters between all places where a coding begins or ends.
    void cut(std::uint32_t number) {
        const AgreementDocument& document = units_.documents[number];
        std::vector<std::uint32_t> bounds;
        for (std::size_t k = first_[number]; k < first_[number + 1]; ++k) {
            bounds.push_back(stretches_[k].start);
            bounds.push_back(stretches_[k].end);
        }
        // Nothing that is shown of a stretch spans two speakers.
        for (const UnitPlace& turn : document.turns) {
            bounds.push_back(turn.start);
            bounds.push_back(turn.end);
        }
        std::sort(bounds.begin(), bounds.end());
        bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
        std::vector<bool> used(bounds.size(), false);
        std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> marks;
        for (std::size_t k = first_[number]; k < first_[number + 1]; ++k) {
            const Stretch& stretch = stretches_[k];
            auto at = static_cast<std::uint32_t>(std::lower_bound(bounds.begin(), bounds.end(), stretch.start) - bounds.begin());
            for (; bounds[at] < stretch.end; ++at) {
                used[at] = true;
                marks.emplace_back(at, stretch.code, stretch.coder);
            }
        }
        std::vector<std::uint32_t> place_of_bound(bounds.size(), 0);
        for (std::size_t at = 0; at < bounds.size(); ++at) {
            if (!used[at]) continue;
            place_of_bound[at] = static_cast<std::uint32_t>(units_.places.size());
            const UnitPlace* turn = turn_at(document, bounds[at]);
            units_.places.push_back({number, turn == nullptr ? 0 : turn->turn, bounds[at], bounds[at + 1], turn == nullptr ? "" : turn->participant});
        }
        for (const auto& [at, code, coder] : marks) units_.marks.push_back({place_of_bound[at], code, coder});
        units_.units += document.characters;
    }

    void join() {
        agreement::Continuum& continuum = units_.continuum;
        continuum.coders = units_.coders.size();
        continuum.codes = units_.code_names;
        for (std::uint32_t i = 0; i < units_.documents.size(); ++i) {
            for (std::size_t k = first_[i]; k < first_[i + 1]; ++k) {
                const Stretch& stretch = stretches_[k];
                continuum.segments.push_back({stretch.coder, stretch.code, continuum.length + stretch.start, continuum.length + stretch.end});
            }
            continuum.length += units_.documents[i].characters;
        }
        continuum.segments = agreement::merge_overlaps(continuum.segments);
    }

    const CodingSet& set_;
    const CodedUnitsOptions& options_;
    std::vector<AgreementDocument> documents_;
    CodedUnits units_;
    std::vector<std::uint32_t> coder_of_label_;
    std::vector<std::uint32_t> place_of_document_;  // by number in the set
    std::vector<Stretch> stretches_;
    std::vector<std::size_t> first_;                // by document: its first stretch
};

}  // namespace

AgreementDocument agreement_document(const Transcript& transcript, AgreementUnit unit, bool include_interviewer) {
    const CodePointIndex index(transcript.text);
    AgreementDocument document{transcript.id, transcript.sha256, index.size(), transcript.text, {}, {}};
    std::vector<Span> pieces;
    for (std::uint32_t i = 0; i < transcript.turns.size(); ++i) {
        const Turn& turn = transcript.turns[i];
        const Speaker& speaker = transcript.speakers[turn.speaker];
        const auto place = [&](Span span) {
            return UnitPlace{0, i + 1, index.to_character(span.begin).value, index.to_character(span.end).value, speaker.participant.empty() ? speaker.label : speaker.participant};
        };
        if (!turn.body.empty()) document.turns.push_back(place(turn.body));
        if (speaker.interviewer && !include_interviewer) continue;
        if (unit != AgreementUnit::sentence && unit != AgreementUnit::turn) continue;
        pieces.clear();
        coding::append_units(transcript.text, turn.body, kind_of(unit), pieces);
        for (const Span& piece : pieces) document.units.push_back(place(piece));
    }
    if (unit == AgreementUnit::document) document.units.push_back({0, 0, 0, index.size(), {}});
    return document;
}

std::vector<AgreementDocument> agreement_documents(const CodingSet& set, AgreementUnit unit) {
    std::vector<AgreementDocument> documents;
    for (const DocumentEntry& entry : set.documents) {
        documents.push_back({entry.id, entry.sha256, entry.characters, {}, {}, {}});
        if (unit != AgreementUnit::document) continue;
        const std::uint32_t end = entry.characters > 0 ? static_cast<std::uint32_t>(entry.characters) : 0xFFFFFFFFU;
        documents.back().units.push_back({0, 0, 0, end, {}});
    }
    return documents;
}

std::vector<bool> settle_coders(CodingSet& set) {
    constexpr const char* kRules = "rules";  // as `fangtan code` calls them
    const std::optional<std::uint32_t> rules = set.labels.find(kRules);
    bool decided = false;
    for (CodingEntry& coding : set.codings) {
        if (coding.reviewer != kNobody) coding.coder = coding.reviewer;
        decided = decided || coding.reviewer != kNobody || coding.status != CodingStatus::proposed;
    }
    std::vector<bool> compared(set.codings.size(), true);
    if (!decided || !rules) return compared;
    for (std::size_t i = 0; i < set.codings.size(); ++i) compared[i] = set.codings[i].coder != *rules || set.codings[i].status != CodingStatus::proposed;
    return compared;
}

std::vector<std::string> coders_of(const CodingSet& set) {
    std::vector<bool> seen(set.labels.size(), false);
    std::vector<std::string> names;
    for (const CodingEntry& coding : set.codings) {
        if (seen[coding.coder]) continue;
        seen[coding.coder] = true;
        names.push_back(set.labels.name(coding.coder));
    }
    return names;
}

CodedUnits coded_units(const CodingSet& set, std::vector<AgreementDocument> documents, const CodedUnitsOptions& options) {
    return Builder(set, std::move(documents), options).build();
}

}  // namespace fangtan::analysis
