// SPDX-License-Identifier: Apache-2.0
//
// A codebook for programs: YAML that load() reads back, JSON, and a table.
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/yaml_writer.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::codebook {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCodeColumns = 4;  // YAML indentation of one level of codes

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string result;
    for (std::size_t i = 0; i < texts.size(); ++i) result += (i > 0 ? std::string(separator) : "") + texts[i];
    return result;
}

std::vector<std::string> texts_of(const std::vector<Written>& written) {
    std::vector<std::string> texts;
    for (const Written& each : written) texts.push_back(each.text);
    return texts;
}

std::vector<std::string> texts_of(const std::vector<Rule>& rules) {
    std::vector<std::string> texts;
    for (const Rule& rule : rules) texts.push_back(rule.source.text);
    return texts;
}

std::string unit_of(const Code& code) {
    return code.unit ? std::string(name_of(*code.unit)) : std::string();
}

// Its keys in column `column`, the first after the dash. A key is written only if it says something; `id`
// only if it is not the default one.
void append_code(std::string& yaml, const Code& code, std::size_t column) {
    yaml.append(column - 2, ' ') += "- name: " + yaml::scalar(code.name, column + 2) + "\n";
    if (code.id != joined(code.path, "/")) yaml::append_text(yaml, column, "id", code.id);
    const auto text = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) yaml::append_text(yaml, column, key, value);
    };
    const auto list = [&](std::string_view key, const std::vector<std::string>& values) {
        yaml::append_list(yaml, column, key, values);
    };
    text("definition", code.definition);
    list("include", code.include);
    list("exclude", code.exclude);
    text("color", code.color);
    list("examples", texts_of(code.examples));
    list("counterexamples", texts_of(code.counterexamples));
    text("unit", unit_of(code));
    list("speakers", code.speakers);
    list("rules", texts_of(code.rules));
}

void put(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json[key] = text;
}

void put(Json& json, const char* key, const std::vector<std::string>& texts) {
    if (!texts.empty()) json[key] = texts;
}

Json json_of(const Code& code) {
    Json json = Json::object();
    json["name"] = code.name;
    json["id"] = code.id;
    put(json, "definition", code.definition);
    put(json, "include", code.include);
    put(json, "exclude", code.exclude);
    put(json, "color", code.color);
    put(json, "examples", texts_of(code.examples));
    put(json, "counterexamples", texts_of(code.counterexamples));
    put(json, "unit", unit_of(code));
    put(json, "speakers", code.speakers);
    put(json, "rules", texts_of(code.rules));
    return json;
}

// The codes from `next` on that stand at `level` and below; `next` moves past them.
Json json_of_level(const std::vector<Code>& codes, std::size_t& next, std::uint32_t level) {
    Json list = Json::array();
    while (next < codes.size() && codes[next].level == level) {
        Json json = json_of(codes[next++]);
        if (next < codes.size() && codes[next].level > level)
            json["codes"] = json_of_level(codes, next, level + 1);
        list.push_back(std::move(json));
    }
    return list;
}

}  // namespace

std::string to_yaml(const Codebook& codebook) {
    std::string yaml;
    yaml::append_text(yaml, 0, "name", codebook.name());
    if (!codebook.version().empty()) yaml::append_text(yaml, 0, "version", codebook.version());
    if (!codebook.language().empty()) yaml::append_text(yaml, 0, "language", codebook.language());
    if (!codebook.source().empty()) yaml::append_text(yaml, 0, "source", codebook.source());
    yaml::append_list(yaml, 0, "levels", codebook.levels());
    std::size_t level = 0;
    for (const Code& code : codebook.codes()) {
        if (code.level > level) yaml.append(kCodeColumns * level, ' ') += "codes:\n";
        level = code.level;
        append_code(yaml, code, kCodeColumns * level);
    }
    return yaml;
}

std::string to_json(const Codebook& codebook) {
    Json json = Json::object();
    json["name"] = codebook.name();
    put(json, "version", codebook.version());
    put(json, "language", codebook.language());
    put(json, "source", codebook.source());
    put(json, "levels", codebook.levels());
    std::size_t next = 0;
    json["codes"] = json_of_level(codebook.codes(), next, 1);
    return json.dump(2) + "\n";
}

std::string to_csv(const Codebook& codebook) {
    std::string text =
        "id,parent,name,path,definition,include,exclude,examples,counterexamples,unit,speakers,color,rules\n";
    for (const Code& code : codebook.codes()) {
        const std::array<std::string, 13> cells = {
            code.id,
            code.parent ? codebook.code(*code.parent).id : std::string(),
            code.name,
            joined(code.path, "/"),
            code.definition,
            joined(code.include, "\n"),
            joined(code.exclude, "\n"),
            joined(texts_of(code.examples), "\n"),
            joined(texts_of(code.counterexamples), "\n"),
            unit_of(code),
            joined(code.speakers, "\n"),
            code.color,
            joined(texts_of(code.rules), "\n"),
        };
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) text += ',';
            csv::append_cell(text, cells[i]);
        }
        text += '\n';
    }
    return text;
}

}  // namespace fangtan::codebook
