#!/bin/sh
# Objects compiled for a higher instruction set must define nothing but their own kernels: the linker keeps one copy of
# an inline function, and if that were an AVX-512 one, older processors would die in code far away from here.
failed=0
for object in "$@"; do
  foreign=$(nm -C --defined-only --extern-only "$object" | grep -v ' [TRDB] aml::kernel::[a-z0-9]*::')
  [ -z "$foreign" ] || { echo "$object defines:"; echo "$foreign"; failed=1; }
done
exit $failed
