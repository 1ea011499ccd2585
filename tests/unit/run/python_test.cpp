// The client module lib/python/aml/__init__.py, in a run and outside of one.
#include "unit/run/fixture.h"

using namespace aml;
using test::RunProject;

namespace {

bool has_python() {
  auto process = os::HelperProcess::start({"python3", "--version"}, "/");
  return process.ok() && process->finish(4096).ok();
}

run::Request python(const std::string& program) {
  run::Request request;
  request.argv = {"python3", "-B", "-c",
                  "import sys; sys.path.insert(0, '" AML_PYTHON_FOLDER "'); import aml\n" + program};
  request.environment = os::current_environment();
  return request;
}

}  // namespace

TEST_CASE("a Python program logs metrics, parameters and outputs with one import") {
  if (!has_python()) {
    MESSAGE("skipped: needs python3");
    return;
  }
  const RunProject project;
  auto request = python(
      "assert aml.is_tracked() and aml.params() == {'rate': '0.5'}\n"
      "for i in range(3): aml.log(loss=1 / (i + 1), step=i)\n"
      "aml.log(accuracy=0.875, phase='warm up', bad=float('nan'))\n"
      "aml.log(sizes=[1, 2], step=1)\n"
      "aml.param(layers=3, name='a\\tb')\n"
      "open(aml.output('deep/model'), 'w').write('m')\n");
  request.params = {{"rate", "0.5"}};
  const auto run = project.run(request);
  CHECK(project.text_of(project.folder_of(run.id).err_log()) == "");
  CHECK(run.problems.empty());
  REQUIRE(run.metrics.size() == 5);
  CHECK(run.metrics.at("loss").count == 3);
  CHECK(run.metrics.at("loss").last == 1.0 / 3);
  CHECK(run.metrics.at("accuracy").last == 0.875);
  CHECK(run.metrics.at("phase").json_last == "\"warm up\"");
  CHECK(run.metrics.at("bad").nan_count == 1);
  CHECK(run.metrics.at("sizes").json_last == "[1, 2]");
  CHECK(run.params == std::vector<store::Param>{{"rate", "0.5"}, {"layers", "3"}, {"name", "a\tb"}});
  REQUIRE(run.outputs);
  CHECK(run.outputs->files == 1);
}

TEST_CASE("outside a run the Python module does nothing") {
  if (!has_python()) {
    MESSAGE("skipped: needs python3");
    return;
  }
  const test::ScratchFolder folder;
  auto argv = python("aml.log(a=1); aml.param(b=2); print(aml.output('x'), aml.run_id(), aml.params())").argv;
  argv.insert(argv.begin(), {"env", "-u", "AML_RUN_ID", "-u", "AML_METRICS", "-u", "AML_RUN_DIR", "-u", "AML_OUTPUTS"});
  CHECK(test::output_of(argv, folder.path()) == "x None {}\n");
  CHECK(os::list_directory(folder.path())->empty());
}

TEST_CASE("a program goes on when its metrics cannot be written") {
  if (!has_python()) {
    MESSAGE("skipped: needs python3");
    return;
  }
  const RunProject project;
  const auto run =
      project.run(python("import os\nos.environ['AML_METRICS'] = '/no/such/folder/m'\n"
                         "aml.log(a=1); aml.log(a=2); print('done')"));
  CHECK(run.state == store::RunState::finished);
  const std::string err = project.text_of(project.folder_of(run.id).err_log());
  CHECK(err.starts_with("aml: cannot log: "));
  CHECK(std::count(err.begin(), err.end(), '\n') == 1);
}
