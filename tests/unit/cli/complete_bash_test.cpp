// The lines a shell reads. That bash offers the right words is in tests/cli/cases/aml-probe/completion-bash.
#include "unit/cli/odd_tool.h"

using namespace aml;
using namespace aml::cli;
using namespace aml::cli::test;

TEST_CASE("a flag's value is a choice, a file, or asked of the tool") {
  const std::string script = bash_completion(tool());
  CHECK(count_lines(script, "    odd:-x|odd:--ex) COMPREPLY=($(compgen -W 'a b' -- \"$cur\")); return ;;") == 1);
  CHECK(count_lines(script, "    odd:--in) compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\")); return ;;") ==
        1);
  CHECK(count_lines(script,
                    "    odd:-m|odd:--model) COMPREPLY=($(compgen -W \"$(tool --complete model \"$cur\" "
                    "2>/dev/null)\" -- \"$cur\")); return ;;") == 1);
  CHECK(script.find("odd:--on") == std::string::npos);  // takes no value
}

TEST_CASE("arguments are what the last positional takes, or a program") {
  const std::string script = bash_completion(tool());
  CHECK(count_lines(script,
                    "      [[ $cur == -* ]] || { COMPREPLY=($(compgen -W \"$(tool --complete run \"$cur\" "
                    "2>/dev/null)\" -- \"$cur\")); return; } ;;") == 1);
  CHECK(count_lines(script,
                    "      [[ $cur == -* ]] || { compopt -o filenames; COMPREPLY=($(compgen -c -f -- \"$cur\")); "
                    "return; } ;;") == 1);
}

TEST_CASE("a command offers its own flags with their negations, then the common ones") {
  CHECK(bash_completion(tool()).find("    odd)\n      flags='-x --ex --on --no-on --in -m --model --json -h --help ") !=
        std::string::npos);
}

TEST_CASE("the script is a function bound to the tool") {
  const std::string script = bash_completion(tool());
  CHECK(script.starts_with("# bash completion for tool; made by tool --generate bash\n_tool() {\n"));
  CHECK(script.ends_with("}\ncomplete -F _tool tool\n"));
}
