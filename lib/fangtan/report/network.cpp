// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <map>
#include <numeric>

#include "fangtan/report/label_placement.hpp"
#include "fangtan/report/label_text.hpp"
#include "fangtan/report/network_layout.hpp"
#include "fangtan/report/palette.hpp"
#include "fangtan/report/picture.hpp"
#include "fangtan/report/svg_canvas.hpp"

namespace fangtan::report {

namespace {

constexpr double kRadiusMinimum = 3;
constexpr std::size_t kMany = 30;  // from here on everything is drawn smaller

struct Node {
    std::size_t index = 0;  // of the nodes given
    std::string full;       // displayable
    std::string text;       // what is drawn of it
    std::string color;
    std::size_t cue = 0;    // besides its colour
    double radius = 0;
    Point place;
    std::optional<PlacedLabel> label;
};

struct Edge {
    std::size_t from = 0, to = 0;  // of the nodes drawn
    double weight = 0;
    double share = 0;  // of the heaviest
};

double thickness(double share) { return 0.8 + 5.2 * share; }

// Indices of the heaviest, in the order given.
std::vector<std::size_t> drawn_nodes(const std::vector<NetworkNode>& nodes) {
    std::vector<std::size_t> indices(nodes.size());
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    if (indices.size() <= kNetworkNodesMaximum) return indices;
    std::stable_sort(indices.begin(), indices.end(), [&](std::size_t one, std::size_t other) { return nodes[one].weight > nodes[other].weight; });
    indices.resize(kNetworkNodesMaximum);
    std::sort(indices.begin(), indices.end());
    return indices;
}

std::vector<Node> nodes_of(const std::vector<NetworkNode>& given, double width, double size) {
    const std::vector<std::size_t> drawn = drawn_nodes(given);
    const double largest = drawn.size() > kMany ? 15 : 22;
    const double room = width * (drawn.size() > kMany ? 0.18 : 0.22);
    double heaviest = 0;
    for (const std::size_t index : drawn) heaviest = std::max(heaviest, given[index].weight);
    GroupColors colors;
    std::vector<Node> nodes;
    for (const std::size_t index : drawn) {
        Node node;
        node.index = index;
        node.full = displayable(given[index].label);
        node.text = shortened(node.full, room, size);
        node.color = colors.color(given[index].color, given[index].group);
        node.radius = heaviest > 0 ? std::max(kRadiusMinimum, largest * std::sqrt(given[index].weight / heaviest)) : kRadiusMinimum;
        nodes.push_back(std::move(node));
    }
    return nodes;
}

// Groups whose colours deuteranopes hardly tell apart get different cues; the colour of a group is that of its first node.
void set_cues(std::vector<Node>& nodes, const std::vector<NetworkNode>& given) {
    struct Group {
        std::string name;
        Color color;
        std::size_t cue = 0;
    };
    std::vector<Group> groups;
    for (Node& node : nodes) {
        const std::string& name = given[node.index].group;
        const std::optional<Color> color = parse_color(node.color);
        if (name.empty() || !color) continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& entry) { return entry.name == name; });
        if (group == groups.end()) {
            std::size_t cue = 0;
            for (const Group& other : groups) cue += deuteranope_distance(*color, other.color) < kHardToTell ? 1U : 0U;
            groups.push_back({name, *color, cue});
            group = groups.end() - 1;
        }
        node.cue = group->cue;
    }
}

std::vector<Edge> edges_of(const std::vector<NetworkEdge>& given, const std::vector<Node>& nodes, std::size_t all) {
    std::vector<std::optional<std::size_t>> place_of(all);
    for (std::size_t i = 0; i < nodes.size(); ++i) place_of[nodes[i].index] = i;
    std::map<std::pair<std::size_t, std::size_t>, double> weights;
    double heaviest = 0;
    for (const NetworkEdge& edge : given) {
        if (edge.from == edge.to || edge.weight == 0 || !place_of[edge.from] || !place_of[edge.to]) continue;
        double& weight = weights[std::minmax({*place_of[edge.from], *place_of[edge.to]})];
        weight = std::max(weight, edge.weight);
        heaviest = std::max(heaviest, edge.weight);
    }
    std::vector<Edge> edges;
    for (const auto& [pair, weight] : weights) edges.push_back({pair.first, pair.second, weight, weight / heaviest});
    // The heaviest last, so that they lie above.
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& one, const Edge& other) { return one.weight < other.weight; });
    return edges;
}

void lay_out(std::vector<Node>& nodes, const std::vector<Edge>& edges, const std::vector<NetworkNode>& given, const Rectangle& area) {
    std::vector<double> radii;
    std::vector<Link> links;
    std::vector<std::string> groups;
    std::vector<std::size_t> rank;
    for (const Node& node : nodes) {
        radii.push_back(node.radius);
        const std::string& group = given[node.index].group;
        const auto found = std::find(groups.begin(), groups.end(), group);
        rank.push_back(static_cast<std::size_t>(found - groups.begin()));
        if (found == groups.end()) groups.push_back(group);
    }
    for (const Edge& edge : edges) links.push_back({edge.from, edge.to, std::max(edge.share, 1e-6)});
    std::vector<std::size_t> start(nodes.size());
    std::iota(start.begin(), start.end(), std::size_t{0});
    std::stable_sort(start.begin(), start.end(), [&](std::size_t one, std::size_t other) { return rank[one] < rank[other]; });
    const std::vector<Point> places = network_layout(radii, start, links, area.right - area.left, area.bottom - area.top);
    for (std::size_t i = 0; i < nodes.size(); ++i) nodes[i].place = {area.left + places[i].x, area.top + places[i].y};
}

void place_all_labels(std::vector<Node>& nodes, const Rectangle& bounds, double size) {
    std::vector<std::size_t> order(nodes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) { return nodes[one].radius > nodes[other].radius; });
    std::vector<LabelledCircle> circles;
    const double height = size * (kAscent + kDescent) + 1;
    for (const std::size_t i : order) circles.push_back({nodes[i].place, nodes[i].radius, text_width(nodes[i].text, size), height, text_width(nodes[i].full, size)});
    const std::vector<std::optional<PlacedLabel>> placed = place_labels(circles, bounds);
    for (std::size_t k = 0; k < order.size(); ++k) {
        Node& node = nodes[order[k]];
        node.label = placed[k];
        // The difference of two places is not quite the width that made them.
        if (placed[k]) node.text = shortened(node.full, placed[k]->box.right - placed[k]->box.left + 0.01, size);
    }
}

void draw_edges(SvgCanvas& canvas, const std::vector<Edge>& edges, const std::vector<Node>& nodes, const std::vector<NetworkNode>& given) {
    const auto name = [&](std::size_t i) { return given[nodes[i].index].key.empty() ? nodes[i].full : displayable(given[nodes[i].index].key); };
    for (const Edge& edge : edges) {
        const Node& from = nodes[edge.from];
        const Node& to = nodes[edge.to];
        canvas.open("g", {{"class", "edge"}, {"data-from", name(edge.from)}, {"data-to", name(edge.to)}});
        canvas.title(isolated(from.full) + " — " + isolated(to.full) + colon(canvas.options().language) + number_text(edge.weight));
        canvas.line(from.place.x, from.place.y, to.place.x, to.place.y,
                    {{"stroke", canvas.inks().muted},
                     {"stroke-width", coordinate(thickness(edge.share))},
                     {"stroke-opacity", "0.4"},
                     {"stroke-linecap", "round"}});
        canvas.close("g");
    }
}

void draw_label(SvgCanvas& canvas, const Node& node, double size) {
    TextStyle style;
    style.size = size;
    style.halo = true;
    if (node.text != node.full) style.title = node.full;
    const Rectangle& box = node.label->box;
    const double middle = (box.left + box.right) / 2;
    // The estimated width is generous: the text stands on that side of its box where its circle is.
    double x = box.left;
    if (std::abs(middle - node.place.x) < 0.01) {
        style.anchor = Anchor::middle;
        x = middle;
    } else if (middle < node.place.x) {
        style.anchor = Anchor::end;
        x = box.right;
    }
    canvas.text(x, box.top + size * kAscent + 0.5, node.text, style);
}

void draw_nodes(SvgCanvas& canvas, const std::vector<Node>& nodes, const std::vector<NetworkNode>& given, double size) {
    for (const Node& node : nodes) {
        if (!node.label || !node.label->apart) continue;
        const Rectangle& box = node.label->box;
        canvas.line(node.place.x, node.place.y, std::clamp(node.place.x, box.left, box.right), std::clamp(node.place.y, box.top, box.bottom),
                    {{"stroke", canvas.inks().muted}, {"stroke-width", "0.5"}});
    }
    for (const Node& node : nodes) {
        const NetworkNode& source = given[node.index];
        Attributes attributes = {{"class", "node"}};
        if (!source.key.empty()) attributes.emplace_back("data-key", displayable(source.key));
        canvas.open("g", attributes);
        canvas.title(isolated(node.full) + colon(canvas.options().language) + number_text(source.weight));
        const std::string outline = canvas.outline(node.color);
        canvas.circle(node.place.x, node.place.y, node.radius, {{"fill", node.color}, {"stroke", outline.empty() ? canvas.inks().paper : outline}, {"stroke-width", "1.5"}});
        canvas.cue_circle(node.place.x, node.place.y, node.radius, node.color, node.cue);
        canvas.close("g");
    }
    // Above all circles.
    for (const Node& node : nodes) {
        if (node.label && !node.text.empty()) draw_label(canvas, node, size);
    }
}

std::vector<LegendItem> group_legend(const std::vector<Node>& nodes, const std::vector<NetworkNode>& given) {
    std::vector<LegendItem> items;
    std::vector<std::string> seen;
    for (const Node& node : nodes) {
        const std::string& group = given[node.index].group;
        if (group.empty() || std::find(seen.begin(), seen.end(), group) != seen.end()) continue;
        seen.push_back(group);
        items.push_back({displayable(group), Mark::ring, node.color, 2, 1, node.cue});
    }
    return items;
}

// The lightest, the heaviest, and one between them.
std::vector<LegendItem> thickness_legend(const std::vector<Edge>& edges, const SvgCanvas& canvas) {
    std::vector<LegendItem> items;
    if (edges.empty()) return items;
    std::string last;
    for (const Edge* edge : {&edges.front(), &edges[edges.size() / 2], &edges.back()}) {
        const std::string number = number_text(edge->weight);
        if (number == last) continue;
        last = number;
        const bool first = items.empty() && !canvas.options().value_label.empty();
        items.push_back({first ? canvas.options().value_label + " " + number : number, Mark::line, canvas.inks().muted, thickness(edge->share), 0.5});
    }
    return items;
}

// Of labels for which the plot has no room: what stands beside it is only a list, but nothing is lost.
std::vector<LegendItem> homeless(const std::vector<Node>& nodes) {
    std::vector<LegendItem> items;
    for (const Node& node : nodes) {
        if (!node.label) items.push_back({node.full, Mark::ring, node.color});
    }
    return items;
}

}  // namespace

std::string network(const std::vector<NetworkNode>& nodes, const std::vector<NetworkEdge>& edges, const PictureOptions& options) {
    for (const NetworkNode& node : nodes) require_amount(node.weight);
    for (const NetworkEdge& edge : edges) {
        require_amount(edge.weight);
        require(edge.from < nodes.size() && edge.to < nodes.size(), "an edge of a network has an end that is no node");
    }
    if (nodes.empty()) return empty_picture(options);
    SvgCanvas canvas(options);
    const double size = nodes.size() > kMany ? kSmallSize : kLabelSize;
    std::vector<Node> drawn = nodes_of(nodes, canvas.width(), size);
    set_cues(drawn, nodes);
    const std::vector<Edge> lines = edges_of(edges, drawn, nodes.size());
    const double top = canvas.draw_title();
    const double height = std::max(220.0, canvas.width() * (drawn.size() <= 8 ? 0.5 : drawn.size() <= kMany ? 0.7 : 0.95));
    // Labels reach beyond the circles: these keep a distance from the border.
    const double side = canvas.width() * 0.1;
    lay_out(drawn, lines, nodes, {kMargin + side, top + kMargin, canvas.right() - side, top + height - kMargin});
    place_all_labels(drawn, {kMargin / 2, top, canvas.width() - kMargin / 2, top + height}, size);
    draw_edges(canvas, lines, drawn, nodes);
    draw_nodes(canvas, drawn, nodes, size);
    double bottom = draw_legend(canvas, homeless(drawn), kMargin, top + height + 6);
    bottom = draw_legend(canvas, group_legend(drawn, nodes), kMargin, bottom);
    bottom = draw_legend(canvas, thickness_legend(lines, canvas), kMargin, bottom);
    if (drawn.size() < nodes.size()) {
        TextStyle style;
        style.size = kSmallSize;
        style.fill = canvas.inks().muted;
        bottom += line_height(kSmallSize);
        canvas.text(kMargin, bottom, heaviest_only(options.language, drawn.size(), nodes.size()), style);
    }
    return canvas.finish(bottom + kMargin);
}

}  // namespace fangtan::report
