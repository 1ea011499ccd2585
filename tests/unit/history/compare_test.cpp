#include "history/compare.h"

#include "../store/fixture.h"

using namespace aml;
using namespace aml::history;
using namespace aml::store::test;

TEST_CASE("two runs of the same work do not differ, whenever and wherever they ran") {
  store::RunSummary left;
  left.spec = spec_of(run_id_at(1, 1));
  left.params = left.spec.params;
  store::RunSummary right = left;
  right.spec.id = right.id = run_id_at(9, 9);
  right.spec.created = {1};
  right.spec.host = "elsewhere";
  CHECK(compare_runs(left, right).empty());
}

TEST_CASE("each difference is named with both sides") {
  store::RunSummary left;
  left.spec = spec_of(run_id_at(1, 1));
  left.params = {{"lr", "0.1"}, {"depth", "3"}, {"empty", ""}};
  left.metrics["acc"].last = 0.5;
  left.spec.inputs = {{"train", "/a", sha256("a"), 1, {}}};
  left.spec.seed = 1;
  store::RunSummary right = left;
  right.params = {{"lr", "0.2"}, {"depth", "3"}};
  right.metrics["acc"].last = 0.75;
  right.spec.inputs[0].digest = sha256("b");
  right.spec.inputs[0].path = "/elsewhere";
  right.spec.snapshot = sha256("s");
  right.spec.seed.reset();
  CHECK(compare_runs(left, right) ==
        std::vector<Difference>{{"run", "seed", "1", ""},
                                {"params", "empty", "", ""},
                                {"params", "lr", "0.1", "0.2"},
                                {"inputs", "train", sha256("a").text(), sha256("b").text()},
                                {"source", "snapshot", "", sha256("s").text()},
                                {"metrics", "acc", "0.5", "0.75"}});
}
