// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/zip_bytes.hpp"

#include <zip.h>

#include <memory>

#include "fangtan/base/error.hpp"

namespace fangtan::table {
namespace {

struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

void demand(bool done) {
    if (!done) throw Error(ErrorKind::internal, "", "a zip file could not be put together in memory");
}

constexpr zip_uint16_t kFirstDay = 1 << 5 | 1;  // 1980-01-01 as DOS counts
constexpr zip_uint16_t kNoon = 12 << 11;        // libzip turns it into local time and back; no clock is changed at noon

}  // namespace

std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& entries) {
    zip_error_t error;
    zip_error_init(&error);
    const std::unique_ptr<zip_source_t, FreeSource> whole(zip_source_buffer_create(nullptr, 0, 0, &error));
    demand(whole != nullptr);
    zip_source_keep(whole.get());  // what the archive takes for its own and frees
    std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(whole.get(), ZIP_TRUNCATE, &error));
    demand(archive != nullptr);
    for (const auto& [name, content] : entries) {
        zip_source_t* source = zip_source_buffer(archive.get(), content.data(), content.size(), 0);
        demand(source != nullptr);
        const zip_int64_t index = zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
        demand(index >= 0);
        demand(zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(index), kNoon, kFirstDay, 0) == 0);
        demand(zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, 6) == 0);
    }
    demand(zip_close(archive.get()) == 0);
    (void)archive.release();
    demand(zip_source_open(whole.get()) == 0);
    demand(zip_source_seek(whole.get(), 0, SEEK_END) == 0);
    const zip_int64_t size = zip_source_tell(whole.get());
    demand(size > 0 && zip_source_seek(whole.get(), 0, SEEK_SET) == 0);
    std::string bytes(static_cast<std::size_t>(size), '\0');
    demand(zip_source_read(whole.get(), bytes.data(), bytes.size()) == size);
    zip_source_close(whole.get());
    return bytes;
}

}  // namespace fangtan::table
