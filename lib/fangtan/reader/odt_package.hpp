// SPDX-License-Identifier: Apache-2.0
//
// The parts of an OpenDocument text around its content. Internal to the
// reader module.
#pragma once

#include <string>

#include "fangtan/reader/extracted.hpp"
#include "fangtan/reader/zip_archive.hpp"

namespace fangtan::reader {

// Throws Error(input) for what is no OpenDocument text, and for one under a password.
void check_odt_package(ZipArchive& archive, const std::string& name);

// Title, author and date, as far as the file states them.
void add_odt_metadata(ZipArchive& archive, const std::string& name, Extracted& out);

}  // namespace fangtan::reader
