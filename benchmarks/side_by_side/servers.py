"""What is started: the gateway over a store or a service, and what it is compared with."""
import base64
import hashlib
import json
import os
import subprocess
from pathlib import Path

from measure import Call, Server, free_port

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
CORES = os.cpu_count()

_KEY = "0123456789abcdef0123456789abcdef"
_PERSON = "p101@example.com"
_ROUTES = [
    ("onlyoffice", "/api/2.0/"), ("worksection", "/api/admin/v2"), ("productive", "/api/v2/"),
    ("superoffice", "/api/v1/"), ("paymo", "/api/"),
]
_CREDENTIALS = {
    "onlyoffice": {"token": "benchmark-token"},
    "worksection": {"api_key": _KEY},
    "paymo": {"api_key": _KEY},
    "productive": {"token": "benchmark-token", "organization": "1000"},
    "superoffice": {"username": "p101", "password": "benchmark"},
}


def _basic(user: str, password: str) -> dict:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


_HEADERS = {
    "onlyoffice": {"Authorization": "benchmark-token"},
    "worksection": {},
    "paymo": _basic(_KEY, "X"),
    "productive": {"X-Auth-Token": "benchmark-token", "X-Organization-Id": "1000",
                   "Content-Type": "application/vnd.api+json"},
    "superoffice": _basic("p101", "benchmark"),
}
DIALECTS = list(_HEADERS)
_RECORDED = {"/api/v2/memberships": "?filter[project_id]=1500", "/api/v2/people": "?page[size]=200",
             "/api/v2/companies": "?page[size]=200"}


def _signed(query: str) -> str:
    return f"/api/admin/v2/?{query}&hash={hashlib.md5((query + _KEY).encode()).hexdigest()}"


def get_call(dialect: str, number: int = 1500) -> Call:
    paths = {
        "onlyoffice": f"/api/2.0/project/{number}",
        "worksection": _signed(f"action=get_project&id_project={number}"),
        "paymo": f"/api/projects/{number}",
        "productive": f"/api/v2/projects/{number}",
        "superoffice": f"/api/v1/Project/{number}",
    }
    return Call(paths[dialect], _HEADERS[dialect])


def list_call(dialect: str, size: int = 200) -> Call:
    """Open projects by name. Worksection has no pages and no order of its own: its stores are small."""
    paths = {
        "onlyoffice": f"/api/2.0/project/filter?status=open&sortBy=title&count={size}",
        "worksection": _signed("action=get_projects&filter=active"),
        "paymo": f"/api/projects?where=active%3Dtrue&order=name&page_size={size}",
        "productive": f"/api/v2/projects?filter[status]=1&sort=name&page[size]={size}",
        "superoffice": f"/api/v1/Project?$filter=completed%20eq%20false&$orderby=name&$top={size}",
    }
    return Call(paths[dialect], _HEADERS[dialect])


def recorded_call(dialect: str, path: str) -> Call:
    """What a gateway asks beside the project itself, on one page."""
    return Call(path + _RECORDED.get(path, ""), _HEADERS[dialect])


def write_call(projects: int) -> Call:
    """Another project with another name each time."""
    script = f"""
local number = 0
request = function()
  number = number + 1
  local body = '{{"name":"Renamed ' .. number .. '"}}'
  return wrk.format("PUT", "/api/projects/" .. (1001 + number * 7919 % {projects}), wrk.headers, body)
end"""
    return Call("/", {**_HEADERS["paymo"], "Content-Type": "application/json"}, script)


def config_of(folder: Path, backend: dict, workers: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "listen": [{"address": "127.0.0.1:0"}],
        "backends": {"store": backend},
        "callers": [{"name": name, "dialect": name, "credential": credential, "person": _PERSON}
                    for name, credential in _CREDENTIALS.items()],
        "routes": [{"dialect": dialect, "path": path, "backend": "store",
                    **({"organization": "1000"} if dialect == "productive" else {})} for dialect, path in _ROUTES],
        "limits": {"connections": 20000, "connections_per_client": 20000},
        "workers": workers,
    }
    path = folder / "dragoman.yaml"
    path.write_text(json.dumps(config, indent=1))
    return path


def serve_command(config: Path, port: int) -> list:
    return [BUILD / "dragoman", "serve", "--config", config, "--data", config.parent, "--listen", f"127.0.0.1:{port}"]


def gateway(folder: Path, backend: dict, name: str = "dragoman", workers: int = 0) -> Server:
    port = free_port()
    return Server(name, serve_command(config_of(folder, backend, workers), port), port, folder / "log")


def store_of(folder: Path, projects: int) -> dict:
    """A store of that many projects, made once for all rows."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{projects}.db"
    if not file.exists():
        subprocess.run([BUILD / "benchmarks" / "grow", file, str(projects)], check=True)
    return {"type": "sqlite", "path": str(file)}


def service_backend(dialect: str, port: int) -> dict:
    """That service behind the port, with our limits on its rate off: it publishes none here."""
    paths = {"paymo": "/api", "productive": "/api/v2"}
    return {"type": dialect, "url": f"http://127.0.0.1:{port}{paths.get(dialect, '')}",
            "credential": _CREDENTIALS[dialect], "rate": {"requests": 0, "in": "1s"}}


def control(folder: Path, *words, name: str = "control") -> Server:
    port = free_port()
    kind, *rest = words
    return Server(name, [BUILD / "benchmarks" / "control", kind, port, CORES, *rest], port, folder / "log")


def fastify(folder: Path, projects: int) -> Server:
    place = folder / "fastify"
    if not (place / "node_modules").exists():
        place.mkdir(parents=True, exist_ok=True)
        for file in (Path(__file__).parent / "fastify").iterdir():
            (place / file.name).write_text(file.read_text())
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=place, check=True)
    port = free_port()
    return Server("fastify", ["node", place / "server.js", port, CORES, projects], port, folder / "log")


def nginx(folder: Path, upstream: int, name: str = "nginx") -> Server:
    port = free_port()
    place = folder / "nginx"
    place.mkdir(parents=True, exist_ok=True)
    temporary = "\n".join(f"  {kind}_temp_path {place}/{kind};"
                          for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (place / "nginx.conf").write_text(f"""
daemon off; pid {place}/pid; error_log {place}/error.log; worker_processes {CORES}; worker_rlimit_nofile 65536;
events {{ worker_connections 20000; }}
http {{
{temporary}
  access_log {place}/access.log; keepalive_requests 1000000000;
  upstream service {{ server 127.0.0.1:{upstream}; keepalive 64; keepalive_requests 1000000000; }}
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ proxy_pass http://service; proxy_http_version 1.1; proxy_set_header Connection ""; }}
  }}
}}
""")
    return Server(name, ["/usr/sbin/nginx", "-c", place / "nginx.conf", "-e", place / "error.log"], port, folder / "log")


def haproxy(folder: Path, upstream: int) -> Server:
    port = free_port()
    place = folder / "haproxy.cfg"
    place.write_text(f"""
global
  nbthread {CORES}
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend front
  bind 127.0.0.1:{port}
  default_backend service
backend service
  server one 127.0.0.1:{upstream}
""")
    return Server("haproxy", ["/usr/sbin/haproxy", "-db", "-f", place], port, folder / "log")
