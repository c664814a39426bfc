// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/zip_archive.hpp"

#include <zip.h>

#include <algorithm>
#include <map>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

constexpr std::string_view kLocalHeader = "PK\x03\x04";
constexpr std::string_view kCentralHeader = "PK\x01\x02";
constexpr std::string_view kEndRecord = "PK\x05\x06";
constexpr std::string_view kZip64Record = "PK\x06\x06";
constexpr std::size_t kLocalHeaderSize = 30;
constexpr std::size_t kCentralHeaderSize = 46;
constexpr std::size_t kEndRecordSize = 22;

struct Entry {
    std::string name;
    std::uint64_t index = 0;
    std::uint64_t compressed = 0;
    std::uint64_t size = 0;
    std::uint64_t begin = 0;  // of the local header
    std::uint64_t end = 0;    // of the compressed data
};

[[noreturn]] void refuse(const std::string& name, const std::string& sentence) { throw Error(ErrorKind::input, name, sentence); }

// A name out of the archive, fit for a message.
std::string shown(std::string_view entry) {
    constexpr std::size_t kShown = 60;
    const bool is_text = !utf8::first_fault(entry);
    std::string safe;
    for (const char c : entry.substr(0, is_text ? entry.size() : kShown)) {
        if (is_text || (c >= ' ' && c <= '~')) {
            safe += c;
        } else {
            safe += '?';
        }
    }
    std::u32string characters = utf8::to_code_points(safe);
    if (characters.size() > kShown) characters = characters.substr(0, kShown) + U"…";
    return "\"" + utf8::escaped(utf8::from_code_points(characters)) + "\"";
}

// libzip finds its way in archives that say two things at once; what it does not look at is looked at here, in the
// directory itself: names with their full length, attributes, flags, and where each entry lies.
class DirectoryReader {
 public:
    DirectoryReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

    std::vector<Entry> run() {
        if (bytes_.starts_with("\xD0\xCF\x11\xE0")) {
            refuse(name_, "this is an old Word file (.doc) or one protected by a password; open it and save it as .docx without a password");
        }
        if (bytes_.empty()) refuse(name_, "the file is empty; expected a Word or OpenDocument file");
        if (!bytes_.starts_with(kLocalHeader)) {
            refuse(name_, "the file does not begin as a zip archive, which Word and OpenDocument files are; it may have another format than its ending says");
        }
        find_end_record();
        read_entries();
        check_names();
        check_places();
        return std::move(entries_);
    }

 private:
    [[nodiscard]] std::uint64_t number(std::size_t at, std::size_t size) const {
        std::uint64_t value = 0;
        for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
        return value;
    }
    [[noreturn]] void damaged(const std::string& what) const {
        refuse(name_, "the zip archive is damaged: " + what + "; open the document in its program and save it anew");
    }

    // The record must end where the file ends: one in front of junk, or inside a comment, is not taken for it.
    void find_end_record() {
        constexpr std::size_t kCommentMaximum = 0xFFFF;
        if (bytes_.size() < kEndRecordSize) damaged("it is cut off");
        const std::size_t last = bytes_.size() - kEndRecordSize;
        const std::size_t first = last > kCommentMaximum ? last - kCommentMaximum : 0;
        std::size_t found = 0;
        for (std::size_t at = last + 1; at-- > first;) {
            if (bytes_.substr(at, 4) != kEndRecord || at + kEndRecordSize + number(at + 20, 2) != bytes_.size()) continue;
            if (found++ == 0) end_record_ = at;
        }
        if (found == 0) damaged("its directory is missing, so the file was probably cut off");
        if (found > 1) damaged("it has two directories");
        if (number(end_record_ + 4, 2) != 0 || number(end_record_ + 6, 2) != 0) damaged("it is one part of several");
        count_ = number(end_record_ + 10, 2);
        const std::uint64_t size = number(end_record_ + 12, 4);
        directory_ = number(end_record_ + 16, 4);
        if (directory_ == 0xFFFFFFFF || size == 0xFFFFFFFF || count_ == 0xFFFF) {
            refuse(name_, "the zip archive declares more than 65,534 entries or more than 4 GB; the limit is 10,000 entries");
        }
        if (count_ > ZipArchive::kEntriesMaximum) {
            refuse(name_, "the zip archive has " + std::to_string(count_) + " entries; the limit is " + std::to_string(ZipArchive::kEntriesMaximum));
        }
        if (number(end_record_ + 8, 2) != count_) damaged("it counts its entries in two ways");
        if (directory_ > end_record_ || size > end_record_ - directory_) damaged("its directory does not lie where it should");
        directory_end_ = static_cast<std::size_t>(directory_ + size);
        if (directory_end_ != end_record_ && bytes_.substr(directory_end_, 4) != kZip64Record) {
            damaged("something stands behind or before it that does not belong to it");
        }
    }

    void read_entries() {
        std::size_t at = static_cast<std::size_t>(directory_);
        for (std::uint64_t index = 0; index < count_; ++index) {
            if (directory_end_ - at < kCentralHeaderSize || bytes_.substr(at, 4) != kCentralHeader) damaged("its directory breaks off");
            const std::size_t name_size = number(at + 28, 2);
            const std::size_t whole = kCentralHeaderSize + name_size + number(at + 30, 2) + number(at + 32, 2);
            if (directory_end_ - at < whole) damaged("its directory breaks off");
            Entry entry;
            entry.name = std::string(bytes_.substr(at + kCentralHeaderSize, name_size));
            entry.index = index;
            entry.compressed = number(at + 20, 4);
            entry.size = number(at + 24, 4);
            entry.begin = number(at + 42, 4);
            check_kind(at, entry);
            find_data(entry);
            entries_.push_back(std::move(entry));
            at += whole;
        }
        if (at != directory_end_) damaged("its directory holds more than it says");
    }

    void check_kind(std::size_t at, const Entry& entry) const {
        constexpr std::uint64_t kEncryption = 0x1 | 0x40 | 0x2000;  // traditional, strong, masked header
        constexpr std::uint64_t kFileTypeMask = 0170000;
        constexpr std::uint64_t kSymbolicLink = 0120000;
        if ((number(at + 8, 2) & kEncryption) != 0) {
            refuse(name_, "the entry " + shown(entry.name) + " is encrypted; save the document without a password");
        }
        if ((number(at + 38, 4) >> 16 & kFileTypeMask) == kSymbolicLink) {
            refuse(name_, "the entry " + shown(entry.name) + " is a symbolic link, which no document needs");
        }
        const std::uint64_t method = number(at + 10, 2);
        if (method != 0 && method != 8) {
            refuse(name_, "the entry " + shown(entry.name) + " is compressed in an unusual way (method " + std::to_string(method) + "); expected deflate or none");
        }
        if (entry.compressed == 0xFFFFFFFF || entry.size == 0xFFFFFFFF || entry.begin == 0xFFFFFFFF) {
            refuse(name_, "the entry " + shown(entry.name) + " declares 4 GB or more; the limit is 200 MB");
        }
    }

    void find_data(Entry& entry) const {
        if (entry.begin > directory_ || directory_ - entry.begin < kLocalHeaderSize) damaged("the entry " + shown(entry.name) + " lies outside it");
        const std::size_t at = static_cast<std::size_t>(entry.begin);
        if (bytes_.substr(at, 4) != kLocalHeader) damaged("the entry " + shown(entry.name) + " does not begin where the directory says");
        const std::size_t name_size = number(at + 26, 2);
        if (bytes_.substr(at + kLocalHeaderSize, name_size) != entry.name) {
            damaged("the directory calls an entry " + shown(entry.name) + " that calls itself otherwise");
        }
        entry.end = entry.begin + kLocalHeaderSize + name_size + number(at + 28, 2) + entry.compressed;
        if (entry.end > directory_) damaged("the entry " + shown(entry.name) + " reaches beyond its end");
    }

    void check_names() {
        for (const Entry& entry : entries_) {
            const std::string_view name = entry.name;
            const auto bad = [&](const std::string& why) { refuse(name_, "the entry name " + shown(name) + " " + why + ", which no document needs"); };
            if (name.empty()) bad("is empty");
            if (name.find('\0') != std::string_view::npos) bad("holds a NUL character");
            if (name.find('\\') != std::string_view::npos) bad("holds a backslash");
            if (name.front() == '/') bad("is absolute");
            const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
            if (name.size() >= 2 && name[1] == ':' && is_letter(name[0])) bad("names a drive");
            for (std::size_t at = 0; at <= name.size();) {
                const std::size_t slash = std::min(name.find('/', at), name.size());
                if (name.substr(at, slash - at) == "..") bad("leads out of the archive");
                at = slash + 1;
            }
        }
        std::vector<std::string_view> sorted;
        for (const Entry& entry : entries_) sorted.push_back(entry.name);
        std::sort(sorted.begin(), sorted.end());
        const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
        if (twice != sorted.end()) refuse(name_, "the zip archive has two entries named " + shown(*twice) + "; which one counts cannot be known");
    }

    // Entries that share bytes make a small file inflate without end, and let two readers see two documents.
    void check_places() const {
        std::vector<const Entry*> sorted;
        for (const Entry& entry : entries_) sorted.push_back(&entry);
        std::sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->begin < b->begin; });
        if (sorted.empty() || sorted.front()->begin != 0) damaged("it does not begin with an entry of its own");
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            if (sorted[i]->begin < sorted[i - 1]->end) damaged("the entries " + shown(sorted[i - 1]->name) + " and " + shown(sorted[i]->name) + " overlap");
        }
    }

    std::string_view bytes_;
    const std::string& name_;
    std::size_t end_record_ = 0;
    std::uint64_t count_ = 0;
    std::uint64_t directory_ = 0;
    std::size_t directory_end_ = 0;
    std::vector<Entry> entries_;
};

struct Discard {
    void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

struct ZipArchive::Opened {
    std::string name;
    std::map<std::string, Entry, std::less<>> entries;
    std::vector<std::string> names;
    std::unique_ptr<zip_t, Discard> zip;
    std::uint64_t inflated = 0;
};

ZipArchive::ZipArchive(std::string_view bytes, std::string name) : opened_(std::make_unique<Opened>()) {
    opened_->name = std::move(name);
    for (Entry& entry : DirectoryReader(bytes, opened_->name).run()) {
        std::string key = entry.name;
        if (!key.ends_with('/')) opened_->names.push_back(key);
        opened_->entries.emplace(std::move(key), std::move(entry));
    }
    std::sort(opened_->names.begin(), opened_->names.end());
    refuse_bombs(bytes.size());
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) opened_->zip.reset(zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (opened_->zip == nullptr) {
        const std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        if (source != nullptr) zip_source_free(source);
        refuse(opened_->name, "the zip archive is damaged (" + why + "); open the document in its program and save it anew");
    }
    zip_error_fini(&error);
}

ZipArchive::~ZipArchive() = default;

// By what all entries declare, read or not: a document of pictures stays far below.
void ZipArchive::refuse_bombs(std::size_t compressed) const {
    std::uint64_t declared = 0;
    for (const auto& [name, entry] : opened_->entries) declared += entry.size;
    if (declared > kInflatedMaximum) refuse(opened_->name, "the parts of the file have more than 200 MB together, which is the limit");
    if (declared > kRatioCountsFrom && declared / kRatioMaximum > compressed) {
        refuse(opened_->name, "the file would grow to more than 100 times its size, as only a zip bomb does");
    }
}

ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

const std::vector<std::string>& ZipArchive::names() const { return opened_->names; }

bool ZipArchive::has(std::string_view entry) const { return !entry.ends_with('/') && opened_->entries.contains(entry); }

std::string ZipArchive::read(std::string_view entry) {
    const auto found = opened_->entries.find(entry);
    if (found == opened_->entries.end() || entry.ends_with('/')) refuse(opened_->name, "the file has no part named " + shown(entry));
    const Entry& wanted = found->second;
    const std::string part = "the part " + shown(entry);
    if (wanted.size > kInflatedMaximum) refuse(opened_->name, part + " has more than 200 MB, which is the limit");
    if (wanted.size > kRatioCountsFrom && wanted.size / kRatioMaximum > wanted.compressed) {
        refuse(opened_->name, part + " would grow to more than 100 times its compressed size, as only a zip bomb does");
    }
    if (wanted.size > kInflatedMaximum - opened_->inflated) refuse(opened_->name, "the parts of the file have more than 200 MB together, which is the limit");
    opened_->inflated += wanted.size;
    const std::unique_ptr<zip_file_t, Close> file(zip_fopen_index(opened_->zip.get(), wanted.index, 0));
    if (file == nullptr) refuse(opened_->name, part + " cannot be read (" + zip_strerror(opened_->zip.get()) + ")");
    // One byte more than declared is asked for: the checksum is compared only at the true end.
    std::string inflated(static_cast<std::size_t>(wanted.size) + 1, '\0');
    std::size_t filled = 0;
    for (;;) {
        const zip_int64_t got = zip_fread(file.get(), inflated.data() + filled, inflated.size() - filled);
        if (got < 0) refuse(opened_->name, part + " is damaged (" + zip_file_strerror(file.get()) + ")");
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
        if (filled == inflated.size()) refuse(opened_->name, part + " is longer than the " + std::to_string(wanted.size) + " bytes it declares");
    }
    if (filled != wanted.size) refuse(opened_->name, part + " has " + std::to_string(filled) + " bytes but declares " + std::to_string(wanted.size));
    inflated.resize(filled);
    return inflated;
}

}  // namespace fangtan::reader
