// SPDX-License-Identifier: Apache-2.0
//
// Figures as SVG text: bars, heat map, saturation curve, network. Pure
// functions from plain values; the same values give the same bytes on every
// machine. What is written stays text, so it can be searched, copied and read
// aloud.
//
// Labels never overlap and never leave the picture. A label without room is
// wrapped, then shortened with …; its full text is in the <title> of its
// element. Nothing in a label can harm: it is escaped, controls and
// bidirectional marks become visible (utf8::escaped), and where labels stand
// within a sentence, those written from right to left are isolated.
//
// Every function throws Error(internal) for NaN, infinity, negative numbers
// (a heat map may have them), an index or a length that does not fit. Empty
// input gives a small picture with a sentence that says so.
//
// For scripts and style sheets of a page: <g class="bar" data-key>,
// <g class="cell" data-row data-column>, <g class="node" data-key>,
// <g class="edge" data-from data-to>, <g class="interview" data-number>.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fangtan::report {

struct PictureOptions {
    std::string title;                // also drawn above the picture, unless embedded: a page has its own headings
    std::string description;          // what a screen reader says after the title; not drawn
    std::string language = "zh-Hans"; // BCP 47; zh-Hant and en have sentences of their own, others get the English ones
    double width = 720;               // px, at least 320; the height follows. A heat map of many columns becomes wider
    // Inside a page: no background of its own, text in currentColor, lines and quieter text in the custom properties
    // --picture-muted, --picture-grid and --picture-paper. Fallbacks: greys for either, and the canvas of the page.
    bool embedded = false;
    std::string id_prefix;            // of every id; distinct for the pictures of a page. Other signs than letters, digits, - and _ become _
    std::string value_label;          // what the numbers are ("参考点"): at the axis of bars and the legends of heat map and network; may be empty
};

struct Bar {
    std::string label;
    std::string group;    // the parent; equal ones in a row get a heading, the empty one none
    double value = 0;
    std::string printed;  // at the end of the bar: "65（28%）"; may be empty
    std::string color;    // "#rrggbb"; anything else: the colour of its group (palette.hpp)
    std::string key;      // data-key; left out if empty
};

// Horizontal bars in the order given, from 0. O(n).
[[nodiscard]] std::string bar_chart(const std::vector<Bar>& bars, const PictureOptions& options);

struct HeatMap {
    std::vector<std::string> rows;
    std::vector<std::string> row_groups;  // one for each row, or none at all; headings as for bars
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<double>>> values;  // rows × columns; an empty cell has no colour
    std::vector<std::vector<std::string>> printed;           // rows × columns, or none at all: then nothing is printed
    std::vector<std::string> row_keys;     // data-row and data-column of the cells; none at all: the labels
    std::vector<std::string> column_keys;
};

// Colours from 0, or from the least value if it is negative, to the greatest (sequential_color). Embedded and with
// keys, cells can have the focus: the first with the tab key, the others by script. O(rows × columns).
[[nodiscard]] std::string heat_map(const HeatMap& map, const PictureOptions& options);

struct SaturationCurve {
    std::vector<std::string> interviews;  // in the order in which they were held
    std::vector<double> cumulative;       // different codes up to and with each; one for each interview
    std::vector<double> new_codes;        // one for each interview, or none at all
    std::vector<double> low, middle, high;     // the band of random orders; one for each interview, or none at all
    std::optional<std::size_t> saturated_after;  // interviews, 0 … all of them
    // What is drawn, in words. An empty one leaves its part out of the legend.
    std::string x_label, y_label;  // of the axes; y_label is the name of the cumulative line as well
    std::string new_label, band_label, middle_label, saturated_label;  // middle_label: of the dotted line
};

// O(n).
[[nodiscard]] std::string saturation_curve(const SaturationCurve& curve, const PictureOptions& options);

struct NetworkNode {
    std::string label;
    std::string group;  // colour and legend
    double weight = 0;  // area of the circle
    std::string color;  // as of a bar
    std::string key;    // data-key; left out if empty
};

struct NetworkEdge {
    std::size_t from = 0, to = 0;  // indices of nodes; each pair once, of several the heaviest counts. Loops are not drawn
    double weight = 0;             // thickness; 0 is not drawn
};

inline constexpr std::size_t kNetworkNodesMaximum = 60;

// Of more than kNetworkNodesMaximum nodes the heaviest are drawn, of equal ones the earlier, and a line below the picture
// says so. O(n² + edges) for each of a fixed number of steps.
[[nodiscard]] std::string network(const std::vector<NetworkNode>& nodes, const std::vector<NetworkEdge>& edges, const PictureOptions& options);

}  // namespace fangtan::report
