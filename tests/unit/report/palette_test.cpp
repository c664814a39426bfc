// SPDX-License-Identifier: Apache-2.0
//
// Colours: against WCAG's own numbers, and as seen by readers who lack a kind of cone.
#include "fangtan/report/palette.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace fangtan::report;

namespace {

using Vector = std::array<double, 3>;

double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }

// Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
constexpr std::array<std::array<double, 9>, 2> kDeficiencies = {{
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
}};

Vector seen(Color color, const std::array<double, 9>& m) {
    const Vector rgb = {linear(color.red / 255.0), linear(color.green / 255.0), linear(color.blue / 255.0)};
    Vector result{};
    for (std::size_t i = 0; i < 3; ++i) result[i] = std::clamp(m[3 * i] * rgb[0] + m[3 * i + 1] * rgb[1] + m[3 * i + 2] * rgb[2], 0.0, 1.0);
    return result;
}

// Oklab (Ottosson, 2020): distances in it are about even to the eye.
Vector oklab(const Vector& rgb) {
    const double l = std::cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
    const double m = std::cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
    const double s = std::cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

double distance(const Vector& one, const Vector& other) { return std::hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]); }

}  // namespace

TEST_CASE("colours are read and written") {
    CHECK(parse_color("#0072B2") == Color{0x00, 0x72, 0xB2});
    CHECK(parse_color("#ffFFfe") == Color{255, 255, 254});
    CHECK(to_string(Color{0x0A, 0x00, 0xFF}) == "#0a00ff");
    for (const char* wrong : {"", "#fff", "0072B2", "#0072B", "#0072B2F", "#0072BG", "red", "#00 2B2", "#\"/><x"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_color(wrong));
    }
}

TEST_CASE("luminance and contrast are those of WCAG") {
    CHECK(relative_luminance({0, 0, 0}) == 0);
    CHECK(relative_luminance({255, 255, 255}) == doctest::Approx(1));
    CHECK(relative_luminance({255, 0, 0}) == doctest::Approx(0.2126));
    CHECK(contrast_ratio({0, 0, 0}, {255, 255, 255}) == doctest::Approx(21));
    // The well-known grey that just passes on white, and the next that does not.
    CHECK(contrast_ratio({0x76, 0x76, 0x76}, {255, 255, 255}) == doctest::Approx(4.54).epsilon(0.001));
    CHECK(contrast_ratio({0x77, 0x77, 0x77}, {255, 255, 255}) == doctest::Approx(4.48).epsilon(0.001));
}

TEST_CASE("black or white can be read on every colour") {
    double least = 21;
    for (unsigned red = 0; red < 256; red += 5) {
        for (unsigned green = 0; green < 256; green += 5) {
            for (unsigned blue = 0; blue < 256; blue += 15) {
                const Color color{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green), static_cast<std::uint8_t>(blue)};
                least = std::min(least, contrast_ratio(color, ink_on(color)));
            }
        }
    }
    CHECK(least >= 4.58);
    CHECK(ink_on({255, 255, 0}) == Color{0, 0, 0});
    CHECK(ink_on({0, 0, 160}) == Color{255, 255, 255});
}

TEST_CASE("the sequential palette falls strictly in luminance") {
    double last = 2;
    for (int i = 0; i <= 100; ++i) {
        const Color color = sequential_color(i / 100.0);
        CAPTURE(i);
        CHECK(relative_luminance(color) < last);
        CHECK(contrast_ratio(color, ink_on(color)) >= 4.5);
        last = relative_luminance(color);
    }
    CHECK(relative_luminance(sequential_color(0)) > 0.85);
    CHECK(relative_luminance(sequential_color(1)) < 0.06);
    CHECK(sequential_color(-3) == sequential_color(0));
    CHECK(sequential_color(7) == sequential_color(1));
    // As its formula has it: the lightness in Oklab falls evenly.
    for (const double t : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        const Color color = sequential_color(t);
        const Vector lab = oklab({linear(color.red / 255.0), linear(color.green / 255.0), linear(color.blue / 255.0)});
        CAPTURE(t);
        CHECK(std::abs(lab[0] - (0.97 - 0.62 * t)) < 0.012);
    }
}

TEST_CASE("which colours deuteranopes hardly tell apart") {
    const auto apart = [](Color one, Color other) { return deuteranope_distance(one, other); };
    CHECK(apart({10, 20, 30}, {10, 20, 30}) == 0);
    CHECK(apart({0, 0, 0}, {255, 255, 255}) == doctest::Approx(1).epsilon(0.001));
    for (std::size_t i = 0; i < kCategories; ++i) {
        for (std::size_t j = i + 1; j < kCategories; ++j) {
            const Color one = category_color(i);
            const Color other = category_color(j);
            CHECK(apart(one, other) > kHardToTell);
            CHECK(apart(one, other) == doctest::Approx(distance(oklab(seen(one, kDeficiencies[1])), oklab(seen(other, kDeficiencies[1])))));
        }
    }
    CHECK(apart({0xC0, 0x39, 0x2B}, {0x2E, 0x8B, 0x57}) == doctest::Approx(0.05703555));  // computed apart from this program
    CHECK(apart({0xC0, 0x39, 0x2B}, {0x2E, 0x8B, 0x57}) < kHardToTell);
    CHECK(apart({0x00, 0x72, 0xB2}, {0xE6, 0x9F, 0x00}) > kHardToTell);
}

TEST_CASE("the categories can be told apart without red or green cones") {
    CHECK(to_string(category_color(0)) == "#0072b2");
    CHECK(category_color(kCategories) == category_color(0));
    for (const auto& deficiency : kDeficiencies) {
        for (std::size_t i = 0; i < kCategories; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                CAPTURE(i);
                CAPTURE(j);
                CHECK(distance(oklab(seen(category_color(i), deficiency)), oklab(seen(category_color(j), deficiency))) > 0.07);
            }
        }
    }
}
