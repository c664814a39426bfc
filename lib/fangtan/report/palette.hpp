// SPDX-License-Identifier: Apache-2.0
//
// Colours that readers can tell apart who do not see all of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fangtan::report {

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0;

    bool operator==(const Color&) const = default;
};

// "#rrggbb", in either case; nothing else.
[[nodiscard]] std::optional<Color> parse_color(std::string_view text);
[[nodiscard]] std::string to_string(Color color);  // "#rrggbb", lower case

// Okabe & Ito (2008), Color Universal Design: how to make figures and presentations that are friendly to colorblind people.
// Their colours in another order; their black, which is the text's, is a grey that stays apart from the others.
inline constexpr std::size_t kCategories = 8;
[[nodiscard]] Color category_color(std::size_t index);  // repeats after kCategories

// From light (0) to dark (1) blue; `share` is clamped. In Oklab (Ottosson, 2020) lightness falls evenly, L = 0.97 - 0.62 t, at a
// hue of 250° with the chroma C = 0.012 + 0.36 t (1 - t) + 0.08 t, so that the luminance falls strictly.
[[nodiscard]] Color sequential_color(double share);

// WCAG 2.1: relative luminance, 0 … 1, and the contrast ratio of two colours, 1 … 21.
[[nodiscard]] double relative_luminance(Color color);
[[nodiscard]] double contrast_ratio(Color one, Color other);

// How far apart two colours are for readers without green cones: their distance in Oklab as Machado, Oliveira & Fernandes
// (2009) simulate deuteranopia (severity 1), 0 … about 1. Below kHardToTell they are hard to tell apart.
[[nodiscard]] double deuteranope_distance(Color one, Color other);
inline constexpr double kHardToTell = 0.07;  // less than between any two of category_color()

// Black or white, whichever stands out more; at least 4.58 : 1 on every colour.
[[nodiscard]] Color ink_on(Color background);

}  // namespace fangtan::report
