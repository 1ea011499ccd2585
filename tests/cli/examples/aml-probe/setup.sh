# What the probe's examples read.
echo data > in
