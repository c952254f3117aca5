"""Gunicorn's settings; gunicorn reads this file by itself from the working directory.

Run as a script it only says whether the port is free.
"""

import os
import socket
import sys

from django.core.exceptions import ImproperlyConfigured

from inn_site import environment

try:
    port = environment.integer("PORT", default=8000, minimum=1, maximum=65535)
    workers = environment.integer("WEB_CONCURRENCY", default=2, minimum=1, maximum=64)
except ImproperlyConfigured as error:
    sys.exit(str(error))
host = environment.text("HOST", "127.0.0.1")
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

worker_class = "gthread"
threads = 4
# A wrong setting stops the server at once instead of each worker again and again.
preload_app = True
# Bytes: the words of a quotation that is to be compared stand in the address.
limit_request_line = 8190
timeout = 30
graceful_timeout = 20
keepalive = 5
# A worker that leaves takes seconds to; far apart, so that another is there to answer.
max_requests = 5_000
max_requests_jitter = 5_000
# Workers prove they are alive by touching a file; a slow disk must not stop them.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# A proxy may say which scheme was asked for, never which part of the address is the
# site's own: gunicorn would take both from any client on this machine.
forwarder_headers = ""
# No file in the home directory of whoever runs the site.
control_socket_disable = True
loglevel = "warning"


def check_port() -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            sys.exit(f"This user may not listen on port {port}: choose one above 1023.")
        except socket.gaierror:
            sys.exit("HOST must be an address of this machine, such as 127.0.0.1.")
        except OSError:
            sys.exit(
                f"Port {port} is in use: stop what uses it, or choose another, "
                "for example `make run PORT=8080`."
            )


def on_starting(server) -> None:
    check_port()


def when_ready(server) -> None:
    print(f"Serving http://{bind}/ (Ctrl-C stops it).", flush=True)  # noqa: T201


if __name__ == "__main__":
    check_port()
