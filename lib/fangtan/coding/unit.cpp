// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/unit.hpp"

#include "fangtan/text/boundary.hpp"

namespace fangtan::coding {

void append_units(std::string_view text, Span body, UnitKind kind, std::vector<Span>& units) {
    switch (kind) {
        case UnitKind::clause: return append_pieces(text, body, Boundary::clause, units);
        case UnitKind::match:
        case UnitKind::sentence: return append_pieces(text, body, Boundary::sentence, units);
        case UnitKind::paragraph: return append_pieces(text, body, Boundary::paragraph, units);
        case UnitKind::turn:
        case UnitKind::document:
            if (!body.empty()) units.push_back(body);
            return;
    }
}

}  // namespace fangtan::coding
