// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/agreement_sheet.hpp"

#include <algorithm>
#include <optional>

#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::analysis {
namespace {

class Sheet {
 public:
    explicit Sheet(bool excel) : excel_(excel), text_(excel ? "\xEF\xBB\xBF" : "") {}

    void row(const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text_ += ',';
            csv::append_cell(text_, excel_ ? csv::guarded_for_spreadsheet(cells[i]) : cells[i]);
        }
        text_ += excel_ ? "\r\n" : "\n";
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

 private:
    bool excel_;
    std::string text_;
};

}  // namespace

std::string disagreement_sheet(const CodedUnits& units, bool excel) {
    Sheet sheet(excel);
    std::vector<std::string> cells = {"document", "turn", "participant", "start", "end", "text"};
    cells.insert(cells.end(), units.coders.begin(), units.coders.end());
    sheet.row(cells);
    std::optional<CodePointIndex> index;
    const AgreementDocument* indexed = nullptr;
    for (const UnitDispute& dispute : disputes(units)) {
        const UnitPlace& place = dispute.place;
        const AgreementDocument& document = units.documents[place.document];
        const bool whole = place.turn == 0 && place.start == 0 && place.end >= document.characters;
        if (indexed != &document && !document.text.empty()) {
            index.emplace(document.text);
            indexed = &document;
        }
        std::string text;
        if (!document.text.empty() && !whole) text = Span{index->to_byte({place.start}), index->to_byte({place.end})}.of(document.text);
        const std::uint64_t end = std::min<std::uint64_t>(place.end, document.characters);
        cells = {document.id, place.turn == 0 ? "" : std::to_string(place.turn), place.participant, std::to_string(place.start), std::to_string(end), text};
        for (const std::vector<std::uint32_t>& codes : dispute.codes) {
            std::string names;
            for (const std::uint32_t code : codes) names += (names.empty() ? "" : "; ") + units.code_names[code];
            cells.push_back(names);
        }
        sheet.row(cells);
    }
    return sheet.take();
}

std::string ratings_sheet(const RatingsFile& ratings, bool excel) {
    Sheet sheet(excel);
    std::vector<std::string> cells = {"unit"};
    cells.insert(cells.end(), ratings.coders.begin(), ratings.coders.end());
    sheet.row(cells);
    const std::size_t coders = ratings.coders.size();
    for (std::size_t unit = 0; unit < ratings.units.size(); ++unit) {
        const auto row = std::span(ratings.cells).subspan(unit * coders, coders);
        std::int32_t first = agreement::kMissing;
        bool differ = false;
        cells = {ratings.units[unit]};
        for (const std::int32_t cell : row) {
            cells.push_back(cell == agreement::kMissing ? "" : ratings.scale.names[static_cast<std::size_t>(cell)]);
            if (cell == agreement::kMissing) continue;
            differ = differ || (first != agreement::kMissing && cell != first);
            first = cell;
        }
        if (differ) sheet.row(cells);
    }
    return sheet.take();
}

}  // namespace fangtan::analysis
