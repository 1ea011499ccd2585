#include "store/metrics.h"

#include <cmath>

#include "base/random.h"
#include "fixture.h"

using namespace aml;
using namespace aml::store;
using namespace aml::store::test;

namespace {

std::vector<MetricPoint> points_of(std::string_view line) {
  auto points = parse_metric_line(line);
  REQUIRE(points);
  return *points;
}

// All points of one key, kept and sorted: what the running summary must agree with.
MetricSummary slow_summary(std::vector<MetricPoint> points) {
  MetricSummary summary;
  std::stable_sort(points.begin(), points.end(), [](const auto& a, const auto& b) {
    return std::pair(a.step, a.ts_ms) < std::pair(b.step, b.ts_ms);
  });
  summary.first = points.front().value;
  summary.last = points.back().value;
  summary.step = points.back().step;
  summary.ts_ms = points.back().ts_ms;
  summary.count = points.size();
  std::vector<double> values;
  for (const MetricPoint& point : points)
    if (!std::isnan(point.value)) values.push_back(point.value);
  summary.nan_count = points.size() - values.size();
  summary.min = *std::min_element(values.begin(), values.end());
  summary.max = *std::max_element(values.begin(), values.end());
  for (const double value : values) summary.mean += value / static_cast<double>(values.size());
  return summary;
}

}  // namespace

TEST_CASE("a TSV line is one point") {
  CHECK(points_of("1700000000123\t7\tloss\t0.25") == std::vector<MetricPoint>{{1700000000123, 7, "loss", 0.25, ""}});
  CHECK(points_of("0\t-1\ta\\tb\\\\\t1e-3")[0].key == "a\tb\\");
  CHECK(points_of("0\t0\ta\t-inf")[0].value == -HUGE_VAL);
  CHECK(std::isnan(points_of("0\t0\ta\tNaN")[0].value));
  CHECK(points_of("0\t0\tlist\t[1,2]")[0].json == "[1,2]");
}

TEST_CASE("a line of pairs is as many points") {
  const auto points = points_of("accuracy=0.93 loss=1e-2  step=4 ts=1700000000.5");
  CHECK(points ==
        std::vector<MetricPoint>{{1700000000500, 4, "accuracy", 0.93, ""}, {1700000000500, 4, "loss", 0.01, ""}});
  CHECK(points_of("a=1 ts=1700000000123")[0].ts_ms == 1700000000123);
  CHECK(points_of("a=1 ts=2023-11-14T22:13:20Z")[0].ts_ms == 1700000000000);
  CHECK(points_of("a=1")[0].step == kNoStep);
  CHECK(points_of("phase=warmup")[0].json == "\"warmup\"");
  CHECK(points_of("note=\"two words\" a=1")[0].json == "\"two words\"");
  CHECK(points_of("a=1\r")[0].value == 1);
}

TEST_CASE("comments and blank lines are nothing, and not malformed") {
  CHECK(points_of("#aml-metrics 1").empty());
  CHECK(points_of("").empty());
}

TEST_CASE("malformed lines are refused") {
  for (const char* line : {"loss", "loss 0.5", "=1", "a=", "a= b=1", "step=4", "a=1 step=x", "a=1 step=-2",
                           "a=1 ts=never", "1\t2\tloss", "1\t2\tloss\t", "1\t2\tloss\t0.5\t6", "1\t\tloss\t0.5",
                           "x\t2\tloss\t0.5", "1\t2\t\t0.5", "1\t2\tloss\t0.5x", "a=\"open", "a=1 b"}) {
    CAPTURE(line);
    CHECK(!parse_metric_line(line));
  }
  CHECK(!parse_metric_line(std::string_view("a=1\0", 4)));
}

TEST_CASE("points without a step count up by themselves, per key") {
  const auto content = parse_metrics("a=1\nb=5\na=2 b=6\na=3 step=10\na=4\n");
  std::vector<std::pair<std::string, int64_t>> steps;
  for (const MetricPoint& point : content.points) steps.emplace_back(point.key, point.step);
  CHECK(steps ==
        std::vector<std::pair<std::string, int64_t>>{{"a", 0}, {"b", 0}, {"a", 1}, {"b", 1}, {"a", 10}, {"a", 2}});
}

TEST_CASE("a file cut at any byte gives the points of its whole lines") {
  const std::string bytes = "#aml-metrics 1\n1\t0\tloss\t0.123456\nloss=0.5 step=1\n1\t2\tloss\t12.75\n";
  for (size_t size = 0; size <= bytes.size(); ++size) {
    const auto content = parse_metrics(bytes.substr(0, size));
    const auto lines = std::count(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size), '\n');
    CAPTURE(size);
    CHECK(content.points.size() == static_cast<size_t>(std::max<ptrdiff_t>(0, lines - 1)));
    CHECK(content.skipped_lines == (size == 0 || bytes[size - 1] == '\n' ? 0 : 1));
  }
}

TEST_CASE("zeros and torn lines are skipped and counted") {
  const auto content = parse_metrics("a=1\n" + std::string(10, '\0') + "\na=2\nb=3 trailing\na=3");
  CHECK(content.points.size() == 2);
  CHECK(content.skipped_lines == 3);
}

TEST_CASE("a written point reads back as itself") {
  for (const MetricPoint& point : std::vector<MetricPoint>{
           {1, 2, "a b\tc", 0.1, ""}, {-5, -7, "x", 1e300, ""}, {0, 0, "inf", HUGE_VAL, ""}, {0, 0, "=", 5e-324, ""}}) {
    const auto content = parse_metrics(format_metric_line(point));
    REQUIRE(content.points.size() == 1);
    CHECK(content.points[0] == point);
  }
}

TEST_CASE("summaries agree with sorting everything") {
  const Random random(42, 0);
  std::map<std::string, std::vector<MetricPoint>> by_key;
  std::vector<MetricPoint> points;
  for (uint64_t i = 0; i < 3000; ++i) {
    MetricPoint point{
        static_cast<int64_t>(random.below_at(4 * i, 3)), static_cast<int64_t>(random.below_at(4 * i + 1, 50)),
        std::string(1, static_cast<char>('a' + random.below_at(4 * i + 2, 3))), random.unit_at(4 * i + 3)};
    if (i > 3 && random.below_at(i, 20) == 0) point.value = NAN;
    points.push_back(point);
    by_key[point.key].push_back(point);
  }
  const MetricSummaries summaries = summarize_metrics(points);
  REQUIRE(summaries.size() == 3);
  for (const auto& [key, own] : by_key) {
    const MetricSummary expected = slow_summary(own);
    MetricSummary summary = summaries.at(key);
    CHECK(summary.mean == doctest::Approx(expected.mean).epsilon(1e-12));
    summary.mean = expected.mean;
    if (std::isnan(expected.first)) summary.first = 0;
    if (std::isnan(expected.last)) summary.last = 0;
    MetricSummary comparable = expected;
    if (std::isnan(expected.first)) comparable.first = 0;
    if (std::isnan(expected.last)) comparable.last = 0;
    CHECK(summary == comparable);
  }
}

TEST_CASE("of equal steps the later time is last, of equal times the later line") {
  const auto summary = summarize_metrics({{5, 1, "a", 10}, {4, 1, "a", 20}, {5, 1, "a", 30}, {9, 0, "a", 40}}).at("a");
  CHECK(summary.last == 30);
  CHECK(summary.first == 40);
  CHECK(summary.step == 1);
}

TEST_CASE("a metric that was never a number has no least and greatest value") {
  const auto summary = summarize_metrics({{0, 0, "a", NAN}}).at("a");
  CHECK(summary.count == 1);
  CHECK(summary.nan_count == 1);
  CHECK(std::isnan(summary.min));
  const auto parsed = parse_metric_summary(to_json(summary));
  REQUIRE(parsed);
  CHECK(std::isnan(parsed->last));
  CHECK(parsed->nan_count == 1);
}

TEST_CASE("summaries survive JSON, infinities included") {
  const auto summary = summarize_metrics({{1, 2, "a", 0.1}, {3, 4, "a", -HUGE_VAL}}).at("a");
  CHECK(parse_metric_summary(text::parse_json(to_json(summary).dump()).value()) == summary);
}

TEST_CASE("a writer spoils the torn line it finds, so that half a number is not read as another") {
  TemporaryFolder folder;
  const Path path = folder.path() / "main.tsv";
  write_text(path, "#aml-metrics 1\n1\t0\tloss\t0.5\n1\t1\tloss\t0.2");
  auto writer = MetricsWriter::open(path);
  REQUIRE(writer.ok());
  REQUIRE(writer->append("loss", 2, 0.125, {7'000'000}).ok());
  REQUIRE(writer->sync().ok());
  const auto content = read_metrics(folder.path());
  CHECK(content->points == std::vector<MetricPoint>{{1, 0, "loss", 0.5, ""}, {7, 2, "loss", 0.125, ""}});
  CHECK(content->skipped_lines == 1);
}

TEST_CASE("writers' files are read one after the other, and other files not at all") {
  TemporaryFolder folder;
  write_text(folder.path() / "b.tsv", "x=2\n");
  write_text(folder.path() / "a.tsv", "x=1\n");
  write_text(folder.path() / "notes.txt", "x=9\n");
  CHECK(read_metrics(folder.path())->points.size() == 2);
  CHECK(summarize_metrics_dir(folder.path())->summaries.at("x").last == 2);
  CHECK(read_metrics(folder.path() / "none")->points.empty());
}
