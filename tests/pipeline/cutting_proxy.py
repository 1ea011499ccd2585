#!/usr/bin/env python3
"""A TCP proxy on loopback that cuts connections in the middle: cutting_proxy.py TARGET-PORT PORT-FILE BYTES CUTS

The first CUTS connections that carry BYTES in one direction are closed hard at that point; later ones live.
"""

import socket
import struct
import sys
import threading

target, port_file, limit, cuts = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
lock = threading.Lock()


def may_cut() -> bool:
    global cuts
    with lock:
        cuts -= 1
        return cuts >= 0


def reset(*connections: socket.socket) -> None:
    for connection in connections:
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()


def copy(source: socket.socket, sink: socket.socket) -> None:
    copied = 0
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
            copied += len(piece)
            if copied >= limit:
                copied = 0
                if may_cut():
                    return reset(source, sink)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        reset(source, sink)


listener = socket.create_server(("127.0.0.1", 0))
with open(port_file, "w") as file:
    print(listener.getsockname()[1], file=file)
while True:
    client, _ = listener.accept()
    server = socket.create_connection(("127.0.0.1", target))
    threading.Thread(target=copy, args=(client, server), daemon=True).start()
    threading.Thread(target=copy, args=(server, client), daemon=True).start()
