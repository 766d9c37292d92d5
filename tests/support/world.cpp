#include "tests/support/world.hpp"
#include "tests/support/fragments.hpp"

#include <algorithm>
#include <sstream>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace support {

namespace {

struct Section {
    std::string name, text; // what stands behind the colon and on the lines below
};

// The lines that say something, without what all of them are indented by.
std::vector<std::string> lines_of(std::string const &world) {
    std::vector<std::string> lines;
    auto margin = std::string::npos;
    std::istringstream in(world);
    for (std::string line; std::getline(in, line);) {
        auto const first = line.find_first_not_of(' ');
        if (first == std::string::npos || line[first] == '#') continue;
        margin = std::min(margin, first);
        lines.push_back(line);
    }
    for (auto &line : lines) line.erase(0, margin);
    return lines;
}

std::vector<Section> sections(std::string const &world) {
    std::vector<Section> found;
    for (auto const &line : lines_of(world)) {
        auto const colon = line.find(':');
        if (line[0] != ' ' && line[0] != '-' && colon != std::string::npos)
            found.push_back({line.substr(0, colon), line.substr(colon + 1) + '\n'});
        else if (!found.empty())
            found.back().text += line + '\n';
        else
            throw Unreadable("a workspace begins with a key, not with '" + line + "'");
    }
    return found;
}

} // namespace

std::string join_worlds(std::span<std::string const> worlds) {
    std::vector<Section> joined;
    for (auto const &world : worlds) {
        for (auto &section : sections(world)) {
            auto const same = [&](Section const &other) { return other.name == section.name; };
            auto const found = std::find_if(joined.begin(), joined.end(), same);
            if (found == joined.end())
                joined.push_back(std::move(section));
            else if (section.text.find("- ") != std::string::npos)
                found->text += section.text.substr(section.text.find('\n') + 1);
            else
                found->text = section.text;
        }
    }
    std::string text;
    for (auto const &section : joined) text += section.name + ":" + section.text;
    return text;
}

std::set<std::string, std::less<>> ids_of_world(std::string const &world) {
    std::set<std::string, std::less<>> ids;
    for (auto const &kind : YAML::Load(world)) {
        if (!kind.second.IsSequence()) continue;
        for (auto const &record : kind.second)
            if (record["id"]) ids.insert(record["id"].as<std::string>());
    }
    return ids;
}

} // namespace support
