// The lines a shell reads. That zsh accepts them is in tests/cli/cases/aml-probe/completion-zsh.
#include "unit/cli/odd_tool.h"

using namespace aml;
using namespace aml::cli;
using namespace aml::cli::test;

TEST_CASE("help and names are escaped for _arguments") {
  const std::string script = zsh_completion(tool());
  CHECK(count_lines(script, "      '--ex=[one of \\[a\\:b\\] '\\''c'\\'']:X:(a b)' \\") == 1);
  CHECK(count_lines(script, "      '-x+[one of \\[a\\:b\\] '\\''c'\\'']:X:(a b)' \\") == 1);
  CHECK(count_lines(script, "    'odd:it'\\''s \"odd\" \\[very\\]\\: a\\\\b'") == 1);
}

TEST_CASE("a switch has its negation, and what may be repeated says so") {
  const std::string script = zsh_completion(tool());
  CHECK(count_lines(script, "      '--on[switch]' \\") == 1);
  CHECK(count_lines(script, "      '--no-on[switch]' \\") == 1);
  CHECK(count_lines(script, "      '*--model=[models]:M:{_tool_values model}' \\") == 1);
  CHECK(count_lines(script, "      '--in=[read it]:FILE:_files' \\") == 1);
}

TEST_CASE("arguments are asked of the tool, or a program") {
  const std::string script = zsh_completion(tool());
  CHECK(count_lines(script, "      '*:RUN:{_tool_values run}'") == 1);
  CHECK(count_lines(script, "      '*::program:_normal'") == 1);
}

TEST_CASE("the script can be autoloaded") {
  const std::string script = zsh_completion(tool());
  CHECK(script.starts_with("#compdef tool\n# zsh completion for tool; made by tool --generate zsh\n"));
  CHECK(script.ends_with("}\n_tool \"$@\"\n"));
}
