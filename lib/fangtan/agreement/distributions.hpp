// SPDX-License-Identifier: Apache-2.0
//
// Quantiles and tails of the distributions that intervals and tests need.
// Accurate to about 1e-12 (relative, tails too) for up to 1e6 degrees of
// freedom. All throw Error(internal) outside of their domain.
#pragma once

namespace fangtan::agreement {

// z with P(Z <= z) = probability, 0 < probability < 1.
[[nodiscard]] double normal_quantile(double probability);

// P(|Z| >= |z|).
[[nodiscard]] double normal_two_sided(double z);

// t with P(T <= t) = probability for Student's T with `degrees` > 0 degrees of freedom.
[[nodiscard]] double student_quantile(double probability, double degrees);

// P(X >= statistic) for a chi-square X with `degrees` > 0 degrees of freedom.
[[nodiscard]] double chi_square_tail(double statistic, double degrees);

}  // namespace fangtan::agreement
