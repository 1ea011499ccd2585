s#/lib/[a-z0-9_]*-linux-gnu/#/lib/#
