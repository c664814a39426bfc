// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/recode.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fangtan/coding/cell_text.hpp"
#include "fangtan/coding/code_names.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/transcript/participant.hpp"

namespace fangtan::coding {
namespace {

constexpr std::array kConditions = {"participant", "group", "role", "document", "rule", "coder", "status"};

std::string joined(const std::vector<std::string>& path) {
    std::string result;
    for (const std::string& name : path) result += (result.empty() ? "" : "/") + name;
    return result;
}

// A code on its way from the old tree to the new one.
struct Node {
    Code code;
    std::optional<std::size_t> parent;
    std::vector<std::size_t> children;
    bool own_id = false;
    bool gone = false;
    std::string old_id;
    std::vector<Written> rules;  // of the code, which holds none: parsed queries cannot be copied
};

Code without_rules(const Code& code) {
    Code copy;
    copy.id = code.id;
    copy.name = code.name;
    copy.path = code.path;
    copy.definition = code.definition;
    copy.include = code.include;
    copy.exclude = code.exclude;
    copy.color = code.color;
    copy.examples = code.examples;
    copy.counterexamples = code.counterexamples;
    copy.unit = code.unit;
    copy.speakers = code.speakers;
    return copy;
}

struct Row {
    std::size_t from = 0;
    std::size_t to = 0;
    std::vector<std::pair<std::string, std::vector<std::string>>> conditions;  // column, values of which one must fit
    Position position;     // of the cell `from`
    Position to_position;
};

class Recoder {
 public:
    Recoder(const Codebook& codebook, const CodingStream& stream, const std::string& map_file, const std::string& codings_file, bool split, Diagnostics& diagnostics)
        : codebook_(codebook), stream_(stream), map_file_(map_file), codings_file_(codings_file), split_(split), diagnostics_(diagnostics), names_(codebook) {
        for (const Code& code : codebook.codes()) {
            Node node{without_rules(code), std::nullopt, {}, code.id != joined(code.path), false, code.id, {}};
            for (const Rule& rule : code.rules) node.rules.push_back(rule.source);
            if (code.parent) node.parent = static_cast<std::size_t>(*code.parent);
            numbers_.emplace(code.id, nodes_.size());
            if (node.parent) nodes_[*node.parent].children.push_back(nodes_.size());
            else roots_.push_back(nodes_.size());
            nodes_.push_back(std::move(node));
        }
        for (const Record& participant : stream.participants) people_.emplace(participant.text("participant"), &participant);
    }

    std::optional<RecodeResult> run(std::string_view map) {
        read_map(map);
        if (diagnostics_.has_errors()) return std::nullopt;
        check_rows();
        check_codings();
        if (diagnostics_.has_errors()) return std::nullopt;
        change_tree();
        build_codebook();
        if (diagnostics_.has_errors()) return std::nullopt;
        recode_codings();
        if (diagnostics_.has_errors()) return std::nullopt;
        return std::move(result_);
    }

 private:
    void fault(Position position, const std::string& message) { diagnostics_.error(map_file_, position, message); }

    void read_map(std::string_view text) {
        const auto table = csv::read(text, map_file_, diagnostics_);
        if (!table) return;
        const auto from = table->column("from");
        const auto to = table->column("to");
        if (!from || !to) return fault({1, 1}, "the map needs the columns from and to");
        std::vector<std::size_t> conditions;
        for (std::size_t i = 0; i < table->header.size(); ++i) {
            if (i == *from || i == *to) continue;
            const CsvCell& heading = table->header[i];
            if (std::find(kConditions.begin(), kConditions.end(), heading.text) == kConditions.end()) {
                fault(heading.position, "unknown column \"" + heading.text + "\"; conditions are participant, group, role, document, rule, coder and status");
            } else if (!split_) {
                fault(heading.position, "the column \"" + heading.text + "\" is a condition; give --split if a code is to be divided by it");
            }
            conditions.push_back(i);
        }
        if (table->rows.empty()) fault({1, 1}, "the map holds no row");
        for (const auto& cells : table->rows) {
            Row row;
            row.position = cells[*from].position;
            row.to_position = cells[*to].position;
            for (const std::size_t i : conditions) {
                const std::string value = trimmed(cells[i].text);
                if (!value.empty()) row.conditions.emplace_back(table->header[i].text, parts_of(value, '|'));
            }
            const std::string written = trimmed(cells[*from].text);
            const CodeNames::Found source = names_.find(written);
            if (!source.code) fault(row.position, names_.fault(written));
            const auto target = target_of(trimmed(cells[*to].text), row.to_position);
            if (!source.code || !target) continue;
            row.from = *source.code;  // nodes have the numbers of the codebook
            row.to = *target;
            rows_.push_back(std::move(row));
        }
    }

    // An existing code, or a new one, for which a place is kept.
    std::optional<std::size_t> target_of(const std::string& written, Position position) {
        const CodeNames::Found found = names_.find(written);
        if (found.code) return *found.code;
        if (!found.nothing()) return fault(position, names_.fault(written)), std::nullopt;
        const std::vector<std::string> path = parts_of(written, '/');
        if (std::any_of(path.begin(), path.end(), [](const std::string& name) { return name.empty(); })) {
            return fault(position, written.empty() ? "the new code is missing" : "\"" + written + "\" is no path of names: one is empty"), std::nullopt;
        }
        return new_node(path);
    }

    // Created parents hold nothing but their name.
    std::size_t new_node(const std::vector<std::string>& path) {
        if (const auto known = new_paths_.find(path); known != new_paths_.end()) return known->second;
        std::optional<std::size_t> parent;
        if (path.size() > 1) {
            const std::vector<std::string> above(path.begin(), path.end() - 1);
            std::string why;
            const auto found = std::find_if(codebook_.codes().begin(), codebook_.codes().end(), [&](const Code& code) { return code.path == above; });
            parent = found != codebook_.codes().end() ? static_cast<std::size_t>(found - codebook_.codes().begin()) : new_node(above);
        }
        Node node;
        node.code.name = path.back();
        node.parent = parent;
        const std::size_t number = nodes_.size();
        nodes_.push_back(std::move(node));
        new_paths_.emplace(path, number);
        return number;
    }

    [[nodiscard]] bool is_new(std::size_t node) const { return node >= codebook_.codes().size(); }

    void check_rows() {
        for (const Row& row : rows_) {
            if (!row.conditions.empty()) continue;
            const auto [found, is_first] = away_.emplace(row.from, &row);
            if (!is_first) fault(row.position, name_of(row.from) + " is mapped in line " + std::to_string(found->second->position.line) + " already" + (split_ ? "; only one row of a code may be without conditions" : ""));
        }
        for (const Row& row : rows_) {
            if (row.to == row.from) fault(row.to_position, name_of(row.from) + " is mapped to itself; leave the row out");
            else if (away_.contains(row.to)) fault(row.to_position, name_of(row.to) + " is itself mapped away; write the code it goes to");
            for (std::optional<std::size_t> above = nodes_[row.to].parent; above; above = nodes_[*above].parent) {
                if (*above == row.from && row.conditions.empty()) fault(row.to_position, "the new place lies below " + name_of(row.from) + " itself");
                else if (away_.contains(*above) && *above != row.from) fault(row.to_position, "the new place lies below " + name_of(*above) + ", which is itself mapped away");
            }
        }
        // The first of several codes that go to one new place becomes the new code, with all that is below it.
        for (const auto& [from, row] : away_) {
            if (is_new(row->to) && heirs_.emplace(row->to, from).second) continue;
            for (const std::size_t child : nodes_[from].children) {
                if (!away_.contains(child)) fault(row->position, name_of(from) + " is merged into another code, but " + name_of(child) + " below it is not mapped; add a row for it");
            }
        }
    }

    [[nodiscard]] std::string name_of(std::size_t node) const { return "\"" + (is_new(node) ? nodes_[node].code.name : nodes_[node].code.id) + "\""; }

    void check_codings() {
        std::set<std::string> unknown;
        for (const StoredCoding& coding : stream_.codings) {
            if (!numbers_.contains(coding.code) && unknown.insert(coding.code).second) {
                diagnostics_.error(codings_file_, {coding.line, 1}, "the code \"" + coding.code + "\" is not in the codebook; give the codebook these codings were made with");
            }
        }
    }

    void change_tree() {
        const auto detach = [&](std::size_t node) { std::erase(nodes_[node].parent ? nodes_[*nodes_[node].parent].children : roots_, node); };
        const auto attach = [&](std::size_t node) { (nodes_[node].parent ? nodes_[*nodes_[node].parent].children : roots_).push_back(node); };
        for (std::size_t node = codebook_.codes().size(); node < nodes_.size(); ++node) {
            const auto heir = heirs_.find(node);
            if (heir == heirs_.end()) {
                attach(node);
                continue;
            }
            // The heir takes the name and the place; what is new stands for it no longer.
            Node& renamed = nodes_[heir->second];
            renamed.code.name = nodes_[node].code.name;
            if (renamed.parent != nodes_[node].parent) {
                detach(heir->second);
                renamed.parent = nodes_[node].parent;
                attach(heir->second);
            }
            nodes_[node].gone = true;
        }
        for (Node& node : nodes_) {
            if (node.parent && heirs_.contains(*node.parent)) node.parent = heirs_.at(*node.parent);
        }
        for (const auto& [placeholder, heir] : heirs_) {
            for (const std::size_t child : nodes_[placeholder].children) nodes_[heir].children.push_back(child);
        }
        for (const auto& [from, row] : away_) {
            const std::size_t to = final_of(row->to);
            if (to == from) continue;
            merge_into(nodes_[to], nodes_[from], from);
            nodes_[from].gone = true;
            detach(from);
        }
    }

    [[nodiscard]] std::size_t final_of(std::size_t node) const {
        const auto heir = heirs_.find(node);
        return heir == heirs_.end() ? node : heir->second;
    }

    void merge_into(Node& to_node, const Node& from_node, std::size_t from_number) {
        Code& to = to_node.code;
        const Code& from = from_node.code;
        if (to_node.rules.empty()) {
            to.unit = from.unit;
            to.speakers = from.speakers;
        } else if (!from_node.rules.empty() && (to.unit != from.unit || to.speakers != from.speakers)) {
            result_.notes.push_back("the rules of \"" + from.id + "\" had another unit or other speakers than those of \"" + to.name + "\", whose they are now; check them");
        }
        rule_offset_[from_number] = static_cast<std::uint32_t>(to_node.rules.size());
        const auto append = [](auto& list, const auto& more) { list.insert(list.end(), more.begin(), more.end()); };
        append(to_node.rules, from_node.rules);
        append(to.include, from.include);
        append(to.exclude, from.exclude);
        append(to.examples, from.examples);
        append(to.counterexamples, from.counterexamples);
        if (!from.definition.empty() && from.definition != to.definition) to.definition += (to.definition.empty() ? "" : "\n") + from.definition;
        if (to.color.empty()) to.color = from.color;
    }

    void build_codebook() {
        std::vector<Code> codes;
        std::vector<std::size_t> order;
        const auto visit = [&](const auto& self, std::size_t number, std::optional<CodeId> parent, const std::vector<std::string>& above) -> void {
            Node& node = nodes_[number];
            Code code = without_rules(node.code);
            for (const Written& rule : node.rules) code.rules.push_back({rule, {}});
            code.path = above;
            code.path.push_back(code.name);
            code.parent = parent;
            code.level = static_cast<std::uint32_t>(code.path.size());
            code.has_children = !node.children.empty();
            if (!node.own_id) code.id = joined(code.path);
            if (is_new(number)) result_.created.push_back(joined(code.path));
            new_ids_[number] = code.id;
            const auto id = static_cast<CodeId>(codes.size());
            const std::vector<std::string> path = code.path;
            codes.push_back(std::move(code));
            for (const std::size_t child : node.children) self(self, child, id, path);
        };
        for (const std::size_t root : roots_) visit(visit, root, std::nullopt, {});
        std::set<std::string> ids;
        for (const Code& code : codes) {
            if (!ids.insert(code.id).second) fault({0, 0}, "two codes would have the id \"" + code.id + "\" afterwards; give one of them another id in the codebook first");
        }
        const Codebook draft(codebook_.name(), codebook_.version(), codebook_.language(), codebook_.source(), codebook_.levels(), std::move(codes), "");
        result_.yaml = codebook::to_yaml(draft);
        // What it would complain of when it is read again is better said now.
        if (auto loaded = codebook::load(result_.yaml, "the new codebook", diagnostics_)) result_.codebook = std::move(*loaded);
    }

    [[nodiscard]] std::string value_of(const StoredCoding& coding, std::string_view column) const {
        if (column == "participant") return coding.participant;
        if (column == "document") return coding.document;
        if (column == "rule") return coding.rule ? std::to_string(*coding.rule) : "";
        if (column == "coder") return coding.coder;
        if (column == "status") return std::string(coding::name_of(coding.status));
        const auto person = people_.find(coding.participant);
        const std::string known = person == people_.end() ? "" : person->second->text(column);
        return column == "group" && known.empty() ? group_of_id(coding.participant) : known;
    }

    // The row that applies to a coding if it had this code; null if it keeps it.
    const Row* row_for(const StoredCoding& coding, std::size_t code) {
        const Row* fits = nullptr;
        bool has_conditions = false;
        for (const Row& row : rows_) {
            if (row.from != code || row.conditions.empty()) continue;
            has_conditions = true;
            if (!std::all_of(row.conditions.begin(), row.conditions.end(), [&](const auto& condition) {
                    return std::find(condition.second.begin(), condition.second.end(), value_of(coding, condition.first)) != condition.second.end();
                })) {
                continue;
            }
            if (fits != nullptr && fits->to != row.to && disputed_.emplace(fits, &row).second) {
                fault(row.position, "the coding in line " + std::to_string(coding.line) + " of " + codings_file_ + " fits this row and that in line " + std::to_string(fits->position.line) +
                                        ", which name different codes; make the conditions exclude each other");
            }
            if (fits == nullptr) fits = &row;
        }
        if (fits != nullptr) return fits;
        const auto away = away_.find(code);
        if (away != away_.end()) return away->second;
        unfitted_ = has_conditions;
        return nullptr;
    }

    void recode_codings() {
        result_.stream = stream_;
        std::map<std::string, const Record*> old_records;
        for (const Record& code : stream_.codes) old_records.emplace(code.text("code"), &code);
        for (StoredCoding& coding : result_.stream.codings) {
            const StoredCoding before = coding;
            const std::size_t code = numbers_.at(coding.code);
            unfitted_ = false;
            const Row* row = row_for(before, code);
            if (unfitted_) ++result_.unfitted;
            coding.code = new_ids_.at(row == nullptr ? code : final_of(row->to));
            if (row != nullptr && coding.rule) {
                // A number that means another rule now would be worse than none.
                if (!row->conditions.empty()) coding.rule.reset();
                else if (rule_offset_.contains(code)) *coding.rule += rule_offset_.at(code);
            }
            if (coding.origin && numbers_.contains(coding.origin->code)) {
                const std::size_t origin = numbers_.at(coding.origin->code);
                const Row* origin_row = row_for(before, origin);
                coding.origin->code = new_ids_.at(origin_row == nullptr ? origin : final_of(origin_row->to));
            }
            if (row != nullptr || coding.code != before.code) ++result_.recoded;
        }
        if (stream_.runs.empty()) return;
        for (Record& run : result_.stream.runs) run.set_text("codebook_sha256", result_.codebook.sha256());
        std::vector<Record> distinct;
        for (Record& run : result_.stream.runs) {
            if (std::find(distinct.begin(), distinct.end(), run) == distinct.end()) distinct.push_back(std::move(run));
        }
        result_.stream.runs = std::move(distinct);
        std::map<std::string, std::string> old_ids;
        for (const auto& [number, id] : new_ids_) old_ids.emplace(id, nodes_[number].old_id);
        result_.stream.codes.clear();
        for (const Code& code : result_.codebook.codes()) {
            Record record = code_record(result_.codebook, code);
            if (const auto old = old_records.find(old_ids.at(code.id)); old != old_records.end()) {
                for (const Member& member : old->second->members) {
                    if (record.find(member.name) == nullptr && member.name != "parent") record.set(member.name, member.json);
                }
            }
            result_.stream.codes.push_back(std::move(record));
        }
    }

    const Codebook& codebook_;
    const CodingStream& stream_;
    const std::string& map_file_;
    const std::string& codings_file_;
    const bool split_;
    Diagnostics& diagnostics_;
    RecodeResult result_;
    CodeNames names_;
    std::vector<Node> nodes_;  // those of the codebook first, then those that are new
    std::vector<std::size_t> roots_;
    std::map<std::string, std::size_t> numbers_;  // by old id
    std::map<std::vector<std::string>, std::size_t> new_paths_;
    std::vector<Row> rows_;
    std::map<std::size_t, const Row*> away_;         // codes that go elsewhere as a whole
    std::map<std::size_t, std::size_t> heirs_;       // new code: the old code that becomes it
    std::map<std::size_t, std::uint32_t> rule_offset_;
    std::map<std::size_t, std::string> new_ids_;
    std::map<std::string, const Record*> people_;
    std::set<std::pair<const Row*, const Row*>> disputed_;
    bool unfitted_ = false;
};

}  // namespace

std::optional<RecodeResult> recode(const Codebook& codebook, const CodingStream& stream, std::string_view map, const std::string& map_file, const std::string& codings_file,
                                   bool split, Diagnostics& diagnostics) {
    return Recoder(codebook, stream, map_file, codings_file, split, diagnostics).run(map);
}

}  // namespace fangtan::coding
