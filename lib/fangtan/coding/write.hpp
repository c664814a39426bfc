// SPDX-License-Identifier: Apache-2.0
//
// Codings as text: JSON Lines (fangtan-codings(5)), CSV, TSV, and a form for
// the eye. A StreamWriter makes what stands before and after the documents; a
// DocumentWriter, one for each thread, what belongs to a document.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/coding/apply.hpp"
#include "fangtan/transcript/participant.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan {

enum class CodingFormat { jsonl, csv, tsv, text };

struct StreamOptions {
    CodingFormat format = CodingFormat::jsonl;
    std::string tool;    // "fangtan 0.1.0"
    bool excel = false;  // csv and tsv: BOM, and cells guarded against formulas
};

namespace coding {

// Everything before the first document: run, codes and the participants of the table, or a header row.
[[nodiscard]] std::string opening(const StreamOptions& options, const ApplyOptions& applied, const Codebook& codebook,
                                  const ParticipantTable& participants);
// The record of a participant who is in no table. Empty in formats other than jsonl.
[[nodiscard]] std::string participant_line(const StreamOptions& options, const Participant& participant);
// A document that was set aside under --keep-going. Empty in formats other than jsonl.
[[nodiscard]] std::string skipped_line(const StreamOptions& options, const std::string& file, const std::string& reason);
// Everything after the last document.
[[nodiscard]] std::string closing(const StreamOptions& options, std::size_t documents);

// Appends document and codings to a buffer, which it hands over whenever it is large.
class DocumentWriter : public CodingSink {
 public:
    using Flush = std::function<void(std::string& buffer)>;  // takes the content and leaves the buffer empty

    // All references must outlive the writer.
    DocumentWriter(const StreamOptions& options, const Codebook& codebook, const ParticipantTable& participants);
    ~DocumentWriter() override;
    DocumentWriter(DocumentWriter&&) noexcept;

    // Where the next document goes. `flush` is called when kFlushAt bytes have gathered; the rest stays in `buffer`.
    void begin(std::string& buffer, Flush flush);
    void document(const Transcript& transcript, const DocumentCounts& counts) override;
    void coding(const Transcript& transcript, const RuleCoding& coding) override;

    [[nodiscard]] std::size_t codings() const;  // written so far, over all documents

    static constexpr std::size_t kFlushAt = std::size_t{1} << 20;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace coding
}  // namespace fangtan
