#!/usr/bin/env bash
# `cmake --install` and `cpack` put everything where a user looks for it.
. "$(dirname "$0")/lib.sh"
need dpkg-deb
cmake --install "$AML_BUILD" --prefix "$scratch/usr" > install.log
for tool in amlprep amlrun amlhist amlmodel amldeploy; do
  "$scratch/usr/bin/$tool" --version > version.txt || fail "$tool does not start"
  check_match "$tool tells its version" "$(cat version.txt)" "$tool [0-9]*.[0-9]*.[0-9]*"
  for file in "share/man/man1/$tool.1" "share/bash-completion/completions/$tool" "share/zsh/vendor-completions/_$tool" \
    "share/fish/vendor_completions.d/$tool.fish"; do
    [[ -s $scratch/usr/$file ]] || fail "$file is not installed"
  done
done
[[ -x $scratch/usr/libexec/amltools/aml-scorer ]] || fail "the scorer is not installed"
[[ -n $(find "$scratch/usr/lib" -path "*/aml/__init__.py") ]] || fail "the python module is not installed"
ok "binaries, man pages, completions, scorer and python module are installed"

(cd "$AML_BUILD" && cpack -G DEB -B "$scratch/deb") > cpack.log || { cat cpack.log; fail "cpack"; }
deb=$(ls "$scratch"/deb/*.deb)
dpkg-deb --contents "$deb" > contents.txt
for file in ./usr/bin/amlprep ./usr/libexec/amltools/aml-scorer ./usr/share/man/man1/amlrun.1; do
  grep -q "$file" contents.txt || fail "$file is not in the package"
done
dpkg-deb --field "$deb" Depends | grep -q libsqlite3-0 || fail "the package does not depend on its libraries"
ok "the package holds them and names its dependencies: $(basename "$deb")"
