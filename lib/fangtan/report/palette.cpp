// SPDX-License-Identifier: Apache-2.0
#include "fangtan/report/palette.hpp"

#include <algorithm>
#include <cmath>

namespace fangtan::report {

namespace {

// blue, orange, bluish green, vermilion, reddish purple, sky blue, grey, yellow
constexpr std::array<Color, kCategories> kOkabeIto = {{
    {0x00, 0x72, 0xB2}, {0xE6, 0x9F, 0x00}, {0x00, 0x9E, 0x73}, {0xD5, 0x5E, 0x00},
    {0xCC, 0x79, 0xA7}, {0x56, 0xB4, 0xE9}, {0x6C, 0x6C, 0x6C}, {0xF0, 0xE4, 0x42},
}};

constexpr Color kBlack{0, 0, 0};
constexpr Color kWhite{255, 255, 255};
constexpr std::string_view kHex = "0123456789abcdef";

std::optional<unsigned> hex_value(char digit) {
    if (digit >= 'A' && digit <= 'F') digit = static_cast<char>(digit - 'A' + 'a');
    const std::size_t value = kHex.find(digit);
    if (value == std::string_view::npos) return std::nullopt;
    return static_cast<unsigned>(value);
}

double linear(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

std::uint8_t encoded(double light) {
    const double clamped = std::clamp(light, 0.0, 1.0);
    const double value = clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return static_cast<std::uint8_t>(std::lround(value * 255));
}

// In Oklab, as deuteranopes see it.
std::array<double, 3> seen_by_deuteranope(Color color) {
    const double red = linear(color.red);
    const double green = linear(color.green);
    const double blue = linear(color.blue);
    const double r = std::clamp(0.367322 * red + 0.860646 * green - 0.227968 * blue, 0.0, 1.0);
    const double g = std::clamp(0.280085 * red + 0.672501 * green + 0.047413 * blue, 0.0, 1.0);
    const double b = std::clamp(-0.011820 * red + 0.042940 * green + 0.968881 * blue, 0.0, 1.0);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

double cube(double value) { return value * value * value; }

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') return std::nullopt;
    std::array<std::uint8_t, 3> channels{};
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const std::optional<unsigned> high = hex_value(text[1 + 2 * i]);
        const std::optional<unsigned> low = hex_value(text[2 + 2 * i]);
        if (!high || !low) return std::nullopt;
        channels[i] = static_cast<std::uint8_t>(*high * 16 + *low);
    }
    return Color{channels[0], channels[1], channels[2]};
}

std::string to_string(Color color) {
    std::string text = "#";
    for (const unsigned channel : {color.red, color.green, color.blue}) {
        text += kHex[channel / 16];
        text += kHex[channel % 16];
    }
    return text;
}

Color category_color(std::size_t index) { return kOkabeIto[index % kCategories]; }

Color sequential_color(double share) {
    const double t = std::clamp(share, 0.0, 1.0);
    const double lightness = 0.97 - 0.62 * t;
    const double chroma = 0.012 + 0.36 * t * (1 - t) + 0.08 * t;
    const double a = chroma * -0.3420201433256687;  // cos 250°
    const double b = chroma * -0.9396926207859084;  // sin 250°
    const double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    const double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    const double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return {encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s), encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

double relative_luminance(Color color) { return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue); }

double contrast_ratio(Color one, Color other) {
    const auto [darker, lighter] = std::minmax({relative_luminance(one), relative_luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

double deuteranope_distance(Color one, Color other) {
    const std::array<double, 3> a = seen_by_deuteranope(one);
    const std::array<double, 3> b = seen_by_deuteranope(other);
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

Color ink_on(Color background) { return contrast_ratio(background, kBlack) >= contrast_ratio(background, kWhite) ? kBlack : kWhite; }

}  // namespace fangtan::report
