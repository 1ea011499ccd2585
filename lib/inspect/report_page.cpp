#include "inspect/report_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "inspect/html_text.h"
#include "inspect/inspection_text.h"
#include "table/profile_text.h"

namespace aml::inspect {
namespace {

using table::ColumnProfile;

constexpr size_t kNameMax = 60, kValueMax = 48;

constexpr std::string_view kStyle = R"(
:root{--page:#fbfbf9;--card:#fff;--ink:#1c1f24;--soft:#626a75;--rule:#d9dce1;--one:#2f6fb3;--two:#d98324;--warn:#9a5b00;
--minus:#c2483d;--track:#eceef1}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1c2026;--ink:#e4e7eb;--soft:#98a1ad;--rule:#333a44;
--one:#6aa5e0;--two:#e6a04f;--warn:#e8b25c;--minus:#e5786d;--track:#2a3038}}
*{box-sizing:border-box}body{margin:0 auto;max-width:1120px;padding:24px 20px 60px;background:var(--page);color:var(--ink);
font:14px/1.5 system-ui,sans-serif}h1{font-size:22px;margin:0 0 2px;overflow-wrap:anywhere}h2{font-size:16px;margin:34px 0 10px}
h3{font-size:15px;margin:0;overflow-wrap:anywhere}p{margin:2px 0}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600;color:var(--soft);font-size:12px}
th,td{padding:3px 10px 3px 0;border-bottom:1px solid var(--rule);vertical-align:middle}.n{text-align:right;
font-variant-numeric:tabular-nums;white-space:nowrap}td.name{overflow-wrap:anywhere;max-width:260px}
a{color:inherit;text-decoration-color:var(--rule)}article{background:var(--card);border:1px solid var(--rule);
border-radius:6px;padding:14px 16px;margin:12px 0}article header{display:flex;gap:10px;align-items:baseline;flex-wrap:wrap}
.tag{font-size:12px;border:1px solid var(--rule);border-radius:9px;padding:0 8px;color:var(--soft);white-space:nowrap}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:14px 28px;margin-top:10px}
.bar{background:var(--track);height:9px;border-radius:2px;min-width:70px;overflow:hidden;display:flex}
.bar i{display:block;background:var(--one);height:100%}.bar i.gap{background:var(--rule)}.bar i.bad{background:var(--minus)}
.bar.two i{background:var(--two)}.values{width:auto}.values td:last-child>.bar{width:130px}.values td{border:0;padding:1px 8px 1px 0}.values td.v{max-width:220px;overflow-wrap:anywhere}
ul{margin:10px 0 0;padding:0;list-style:none}li{margin:3px 0}li b{color:var(--warn);font-weight:600}
code{font:12px/1.4 ui-monospace,monospace;background:var(--track);padding:1px 5px;border-radius:3px;overflow-wrap:anywhere}
pre{background:var(--card);border:1px solid var(--rule);border-radius:6px;padding:12px;overflow-x:auto;font:12px/1.5 ui-monospace,monospace}
svg{max-width:100%;height:auto;display:block}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg text.axis,svg .axis{fill:var(--soft);
font-size:11px}svg text.cell{font-size:11px}.s0{fill:var(--one)}.s1{fill:var(--two)}.box{fill:var(--one);fill-opacity:.35;stroke:var(--one)}
.median{stroke:var(--ink);stroke-width:2}.rule{stroke:var(--soft)}.far{fill:none;stroke:var(--minus)}.plus{fill:var(--one)}
.minus{fill:var(--minus)}.dot{fill:var(--one);fill-opacity:.5}.series{fill:none;stroke:var(--one);stroke-width:1.5}
.frame{fill:none;stroke:var(--rule)}.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:4px}
.wide{overflow-x:auto}@media print{article{break-inside:avoid}}
)";

double share(uint64_t part, uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<uint64_t>(whole, 1));
}

std::string percent(double part) { return fmt::format("{:.1f} %", 100 * part); }

std::string bar(double part, std::string_view classes = "bar") {
  return fmt::format("<div class=\"{}\"><i style=\"width:{:.1f}%\"></i></div>", classes,
                     100 * std::clamp(part, 0.0, 1.0));
}

// Valid, missing and error shares of a column in one bar.
std::string quality_bar(const ColumnProfile& column) {
  return fmt::format(
      "<div class=\"bar\" title=\"{0} values, {1} missing, {2} errors\"><i style=\"width:{3:.2f}%\"></i><i "
      "class=\"gap\" "
      "style=\"width:{4:.2f}%\"></i><i class=\"bad\" style=\"width:{5:.2f}%\"></i></div>",
      column.values, column.missing, column.errors, 100 * share(column.values, column.rows),
      100 * share(column.missing, column.rows), 100 * share(column.errors, column.rows));
}

std::string distinct_text(const ColumnProfile& column) {
  return fmt::format("{}{}", column.is_distinct_exact ? "" : "about ", column.distinct);
}

std::string overview(const TableInspection& table) {
  std::string html =
      "<h2>Columns</h2><div class=\"wide\"><table><tr><th>name<th>type<th>feature<th>values, missing, "
      "errors<th class=\"n\">missing<th class=\"n\">distinct<th class=\"n\">notes</tr>\n";
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const ColumnProfile& column = table.profile.columns[i];
    const auto notes = std::count_if(table.columns[i].findings.begin(), table.columns[i].findings.end(),
                                     [](const Finding& finding) { return finding.kind != FindingKind::typed; });
    html += fmt::format(
        "<tr><td class=\"name\"><a href=\"#c{}\">{}</a><td>{}<td>{}<td>{}<td class=\"n\">{}<td class=\"n\">{}<td "
        "class=\"n\">{}</tr>\n",
        i, html_text(column.name, kNameMax), name_of(column.type), name_of(table.columns[i].feature_type),
        quality_bar(column), percent(share(column.missing, column.rows)), distinct_text(column),
        notes == 0 ? "" : std::to_string(notes));
  }
  return html + "</table></div>\n";
}

HistogramChart histogram_chart(const ColumnProfile& column) {
  const table::Histogram& histogram = column.numbers->histogram;
  const auto edge = [&](size_t i) {
    return table::short_value(column.type, histogram.begin + static_cast<double>(i) * histogram.bin_width);
  };
  HistogramChart chart{
      fmt::format("histogram of {}", column.name), column.min.value_or(""), column.max.value_or(""), {{}}, {}};
  uint64_t total = 0;
  for (const uint64_t count : histogram.counts) total += count;
  for (size_t i = 0; i < histogram.counts.size(); ++i) {
    chart.bins.push_back(edge(i) + " to " + edge(i + 1));
    chart.series[0].shares.push_back(share(histogram.counts[i], total));
  }
  return chart;
}

std::string statistics(const ColumnProfile& column) {
  const table::NumberProfile& numbers = *column.numbers;
  const auto row = [&](std::string_view name, std::string_view text) {
    return fmt::format("<tr><td>{}<td class=\"n\">{}</tr>", name, html_text(text));
  };
  const auto number = [&](double value) { return table::short_value(column.type, value); };
  const std::string about = numbers.is_exact ? "" : "about ";
  std::string html = "<table class=\"values\">" + row("minimum", column.min.value_or("")) +
                     row("5 %", about + number(numbers.q05)) + row("25 %", about + number(numbers.q25)) +
                     row("median", about + number(numbers.median)) + row("75 %", about + number(numbers.q75)) +
                     row("95 %", about + number(numbers.q95)) + row("maximum", column.max.value_or(""));
  if (table::is_numeric(column.type)) {
    html += row("mean", number(numbers.mean));
    if (numbers.sd) html += row("standard deviation", number(*numbers.sd));
  }
  return html + "</table>";
}

std::string frequent_values(const ColumnProfile& column) {
  std::string html = "<table class=\"values\">";
  for (const auto& value : column.top)
    html += fmt::format("<tr><td class=\"v\">{}<td class=\"n\">{}{}<td class=\"n\">{}<td>{}</tr>",
                        html_text(value.text, kValueMax), column.is_distinct_exact ? "" : "≥ ", value.count,
                        percent(share(value.count, column.values)), bar(share(value.count, column.values)));
  if (column.distinct > column.top.size() && !column.top.empty())
    html += fmt::format("<tr><td class=\"soft\" colspan=\"4\">and {} more</tr>", column.distinct - column.top.size());
  return html + "</table>";
}

std::string pattern_table(const ValuePatterns& patterns) {
  std::string html = "<table class=\"values\">";
  for (const ValuePattern& pattern : patterns.patterns)
    html += fmt::format("<tr><td class=\"v\"><code>{}</code><td class=\"n\">{}<td>{}</tr>",
                        html_text(pattern.expression, 2 * kValueMax), percent(share(pattern.count, patterns.values)),
                        bar(share(pattern.count, patterns.values)));
  return html + "</table>";
}

std::string finding_list(const std::vector<Finding>& findings) {
  std::string html;
  for (const Finding& finding : findings) {
    if (finding.kind == FindingKind::typed) continue;
    html += fmt::format("<li><b>{}</b> {}", name_of(finding.kind), html_text(finding.message));
    if (!finding.step.empty()) html += fmt::format(" → <code>- {}</code>", html_text(finding.step));
    html += "</li>";
  }
  return html.empty() ? html : "<ul>" + html + "</ul>";
}

std::string comparison_block(const ColumnComparison& column) {
  std::string html = "<div>";
  const bool is_ordered =
      column.before != nullptr && column.after != nullptr && column.before->numbers && column.after->numbers;
  if (is_ordered) html += svg_histogram(column.chart);
  else if (!column.chart.bins.empty()) {
    html += "<table class=\"values\">";
    for (size_t i = 0; i < column.chart.bins.size(); ++i)
      html += fmt::format("<tr><td class=\"v\">{}<td class=\"n\">{}<br>{}<td>{}{}</tr>",
                          html_text(column.chart.bins[i], kValueMax), percent(column.chart.series[0].shares[i]),
                          percent(column.chart.series[1].shares[i]), bar(column.chart.series[0].shares[i]),
                          bar(column.chart.series[1].shares[i], "bar two"));
    html += "</table>";
  }
  html += fmt::format("<p class=\"soft\">missing {} → {}", percent(column.drift.missing_before),
                      percent(column.drift.missing_after));
  if (column.drift.psi)
    html += fmt::format(" · PSI {:.3f} · JS {:.3f}", *column.drift.psi, column.drift.js.value_or(0));
  if (column.drift.ks) html += fmt::format(" · KS {:.3f}", *column.drift.ks);
  if (column.before == nullptr) html += " · new column";
  return html + "</p></div>";
}

const ColumnComparison* comparison_of(const PageOptions& options, std::string_view name) {
  if (options.comparison == nullptr) return nullptr;
  for (const ColumnComparison& column : options.comparison->columns)
    if (column.drift.name == name) return &column;
  return nullptr;
}

std::string column_card(const TableInspection& table, size_t index, const PageOptions& options) {
  const ColumnProfile& column = table.profile.columns[index];
  const ColumnInspection& inspection = table.columns[index];
  std::string html = fmt::format(
      "<article id=\"c{}\"><header><h3>{}</h3><span class=\"tag\">{}</span><span class=\"tag\">{}</span><span "
      "class=\"soft\">{} values, {} "
      "missing, {} distinct</span></header><div class=\"grid\">",
      index, html_text(column.name, kNameMax), name_of(column.type), name_of(inspection.feature_type), column.values,
      column.missing, distinct_text(column));
  if (const ColumnComparison* comparison = comparison_of(options, column.name)) html += comparison_block(*comparison);
  if (column.numbers) {
    html += "<div>" + svg_histogram(histogram_chart(column));
    if (inspection.box && table::is_numeric(column.type))
      html += svg_box(*inspection.box, column.numbers->min, column.numbers->max);
    html += "</div><div>" + statistics(column) + "</div>";
  }
  if (!column.numbers || column.distinct <= 2 * column.top.size()) html += "<div>" + frequent_values(column) + "</div>";
  if (!inspection.patterns.patterns.empty()) html += "<div>" + pattern_table(inspection.patterns) + "</div>";
  return html + "</div>" + finding_list(inspection.findings) + "</article>\n";
}

std::string page_head(const TableInspection& table, const PageOptions& options) {
  const std::string source = html_text(table.profile.source, 100);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
      "<meta name=\"color-scheme\" content=\"light dark\"><title>{}</title><style>{}</style></head><body>\n",
      source, kStyle);
  html += fmt::format(
      "<h1>{}</h1><p class=\"soft\">{} rows{}, {} columns. Counts, statistics and histograms are of {}; "
      "features, patterns, boxes, correlations and notes are from {}.</p>\n",
      source, table.profile.rows, table.profile.is_complete ? "" : " (only these first rows were read)",
      table.profile.columns.size(), table.profile.is_complete ? "all rows" : "these rows", describe_sample(table));
  if (options.comparison != nullptr)
    html += fmt::format(
        "<p><span class=\"key\" style=\"background:var(--one)\"></span>before: {} ({} rows) <span class=\"key\" "
        "style=\"background:var(--two)\"></span>after: {} ({} rows)</p>\n",
        html_text(options.comparison->before->profile.source, 80), options.comparison->before->profile.rows, source,
        table.profile.rows);
  return html;
}

std::string steps_section(const TableInspection& table) {
  std::string html;
  const std::string package = suggest_package(table);
  for (size_t begin = 0; begin < package.size();) {
    const size_t end = package.find('\n', begin);
    html += html_text(std::string_view(package).substr(begin, end - begin)) + "\n";
    begin = end + 1;
  }
  if (html.empty()) return html;
  return "<h2>Steps that would act on this</h2><p class=\"soft\">Read them before you run them.</p><pre>" + html +
         "</pre>\n";
}

}  // namespace

std::string report_page(const TableInspection& table, const PageOptions& options) {
  std::string html = page_head(table, options) + overview(table);
  if (!options.plots.empty()) {
    html += "<h2>Plots</h2><div class=\"grid\">";
    for (const Points& points : options.plots) html += "<div>" + svg_points(points, options.plot_style) + "</div>";
    html += "</div>\n";
  }
  if (table.correlations.size() > 1)
    html +=
        "<h2>Correlations</h2><p class=\"soft\">Pearson on and below the diagonal, Spearman above.</p><div "
        "class=\"wide\">" +
        svg_correlations(table.correlations) + "</div>\n";
  html += "<h2>Column by column</h2>\n";
  for (size_t i = 0; i < table.columns.size(); ++i) html += column_card(table, i, options);
  if (options.comparison != nullptr)
    for (const ColumnComparison& column : options.comparison->columns)
      if (column.after == nullptr)
        html += fmt::format("<article><header><h3>{}</h3><span class=\"tag\">gone</span></header></article>\n",
                            html_text(column.drift.name, kNameMax));
  html += steps_section(table);
  return html + "</body></html>\n";
}

}  // namespace aml::inspect
