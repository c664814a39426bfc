// SPDX-License-Identifier: Apache-2.0
#include "fangtan/agreement/distributions.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "fangtan/base/error.hpp"

namespace fangtan::agreement {
namespace {

constexpr double kTiny = 1e-300;
constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

[[noreturn]] void outside() { throw Error(ErrorKind::internal, "", "a distribution was asked outside of its domain"); }

// The lower half, where the tail keeps its digits.
double normal_lower(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22).
double beta_fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    if (std::abs(d) < kTiny) d = kTiny;
    d = 1 / d;
    double value = d;
    for (int step = 1; step < 100000; ++step) {
        const double m = step;
        const auto advance = [&](double coefficient) {
            d = 1 + coefficient * d;
            if (std::abs(d) < kTiny) d = kTiny;
            c = 1 + coefficient / c;
            if (std::abs(c) < kTiny) c = kTiny;
            d = 1 / d;
            value *= d * c;
        };
        advance(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
        advance(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
        if (std::abs(d * c - 1) <= kEpsilon) break;
    }
    return value;
}

double incomplete_beta(double a, double b, double x, double complement) {
    if (x <= 0) return 0;
    if (complement <= 0) return 1;
    const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(complement));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, complement) / b;
}

// P(T >= t) for t >= 0.
double student_upper(double t, double degrees) {
    const double whole = degrees + t * t;
    return 0.5 * incomplete_beta(degrees / 2, 0.5, degrees / whole, t * t / whole);
}

}  // namespace

double normal_quantile(double probability) {
    if (!(probability > 0 && probability < 1)) outside();
    if (probability == 0.5) return 0;
    const bool upper = probability > 0.5;
    const double tail = upper ? 1 - probability : probability;
    // Abramowitz & Stegun (1964) 26.2.23 to begin with, then Newton steps on the logarithm, which is concave there.
    const double t = std::sqrt(-2 * std::log(tail));
    double z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    for (int step = 0; step < 20; ++step) {
        const double area = normal_lower(z);
        const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
        const double change = std::log(area / tail) * area / density;
        z -= change;
        if (std::abs(change) <= 4 * kEpsilon * (1 + std::abs(z))) break;
    }
    return upper ? -z : z;
}

double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::numbers::sqrt2); }

double student_quantile(double probability, double degrees) {
    if (!(probability > 0 && probability < 1) || !(degrees > 0)) outside();
    if (probability == 0.5) return 0;
    const bool upper = probability > 0.5;
    const double tail = upper ? 1 - probability : probability;
    double low = 0;
    double high = 1;
    while (student_upper(high, degrees) > tail) {
        low = high;
        high *= 2;
        if (high > 1e300) outside();
    }
    // Bisection alone: it cannot fail, and a quantile is asked for once in a report.
    for (int step = 0; step < 200; ++step) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        (student_upper(middle, degrees) > tail ? low : high) = middle;
    }
    const double t = low + (high - low) / 2;
    return upper ? t : -t;
}

double chi_square_tail(double statistic, double degrees) {
    if (!(statistic >= 0) || !(degrees > 0)) outside();
    if (statistic == 0) return 1;
    const double a = degrees / 2;
    const double x = statistic / 2;
    const double front = std::exp(a * std::log(x) - x - std::lgamma(a));
    if (x < a + 1) {
        // The series of the lower incomplete gamma function (DLMF 8.7.1).
        double term = 1 / a;
        double sum = term;
        for (double n = a + 1; term > sum * kEpsilon / 4; n += 1) {
            term *= x / n;
            sum += term;
        }
        return std::fmax(0, 1 - front * sum);
    }
    // The continued fraction of the upper one (DLMF 8.9.2), again by Lentz's method.
    double b = x + 1 - a;
    double c = 1 / kTiny;
    double d = 1 / b;
    double value = d;
    for (int step = 1; step < 100000; ++step) {
        const double coefficient = -step * (step - a);
        b += 2;
        d = coefficient * d + b;
        if (std::abs(d) < kTiny) d = kTiny;
        c = b + coefficient / c;
        if (std::abs(c) < kTiny) c = kTiny;
        d = 1 / d;
        value *= d * c;
        if (std::abs(d * c - 1) <= kEpsilon) break;
    }
    return front * value;
}

}  // namespace fangtan::agreement
