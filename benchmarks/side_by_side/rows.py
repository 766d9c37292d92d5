"""The rows of the table, each a generator of results; what they must reach stands with them."""
import json
import os
import re
import resource
import socket
import sqlite3
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import servers
from measure import Call, Server, alternating, fetch, free_port, median, spread


@dataclass
class Settings:
    folder: Path
    rounds: int
    seconds: float
    large: bool = False


@dataclass
class Result:
    row: str
    subject: str
    value: float
    unit: str
    against: str = ""
    ratio: float | None = None
    spread: float = 0.0
    goal: str = ""  # ">= 0.65" or "<= 1.5", of the ratio, or of the value where there is none
    holds: bool | None = None

    def __post_init__(self):
        if self.goal:
            relation, bound = self.goal.split()
            judged = self.value if self.ratio is None else self.ratio
            self.holds = judged >= float(bound) if relation == ">=" else judged <= float(bound)


def _rates(row, subject, loads, against, goal):
    """Requests per second of one subject against another, round by round."""
    mine = [load.per_second for load in loads[subject]]
    theirs = [load.per_second for load in loads[against]]
    ratios = [a / b for a, b in zip(mine, theirs)]
    return Result(row, subject, median(mine), "requests/s", against, median(ratios), spread(ratios), goal)


def _costs(row, subject, loads, against="", goal=""):
    mine = [load.cpu for load in loads[subject]]
    if not against:
        return Result(row, subject, median(mine), "µs CPU", spread=spread(mine))
    ratios = [a / b.cpu for a, b in zip(mine, loads[against])]
    return Result(row, subject, median(mine), "µs CPU", against, median(ratios), spread(ratios), goal)


def _canned(settings) -> Path:
    """An answer of 945 bytes."""
    project = {"id": 1500, "name": "Harbour", "description": ""}
    project["description"] = "x" * (945 - len(json.dumps({"projects": [project]})))
    path = settings.folder / "canned.json"
    path.write_text(json.dumps({"projects": [project]}))
    return path


def get(settings):
    store = servers.store_of(settings.folder, 100_000)
    with servers.gateway(settings.folder / "get", store) as ours, \
         servers.control(settings.folder, "serve", _canned(settings)) as control, \
         servers.fastify(settings.folder, 100_000) as fastify:
        fetch(fastify, servers.get_call("paymo"))
        subjects = [(control, Call("/")), (fastify, servers.get_call("paymo"))]
        for dialect in servers.DIALECTS:
            fetch(ours, servers.get_call(dialect))
            subjects.append((_Named(ours, dialect), servers.get_call(dialect)))
        loads = alternating(subjects, settings.rounds, settings.seconds)
    yield _costs("control", "control", loads)
    yield _costs("get", "fastify", loads)
    for dialect in servers.DIALECTS:
        yield _rates("get", dialect, loads, "control", ">= 0.65")
        yield _rates("get", dialect, loads, "fastify", ">= 1.4")
        yield _costs("get", dialect, loads, "control", "<= 1.5")


class _Named:
    """The same server under another name, for loads that are told apart."""

    def __init__(self, server, name):
        self._server, self.name = server, name

    def __getattr__(self, what):
        return getattr(self._server, what)


def _printing(text: bytes) -> float:
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(text)
        file.flush()
        return float(subprocess.run([servers.BUILD / "benchmarks" / "control", "print", file.name], check=True,
                                    capture_output=True, text=True).stdout)


def list_(settings):
    store = servers.store_of(settings.folder, 600)
    with servers.gateway(settings.folder / "list", store) as ours:
        subjects = [(_Named(ours, dialect), servers.list_call(dialect)) for dialect in servers.DIALECTS]
        bodies = {dialect: fetch(ours, servers.list_call(dialect)) for dialect in servers.DIALECTS}
        loads = alternating(subjects, settings.rounds, settings.seconds)
    for dialect, body in bodies.items():
        printing = median(_printing(body) for _ in range(settings.rounds))
        ratios = [load.cpu / printing for load in loads[dialect]]
        yield Result("list", dialect, median(load.cpu for load in loads[dialect]), "µs CPU",
                     f"printing the same {len(body)} bytes", median(ratios), spread(ratios), "<= 1.5")


def _fsync(folder: Path) -> float:
    """Milliseconds for one, of a page that is written anew."""
    times = []
    with open(folder / "fsync", "wb", buffering=0) as file:
        for _ in range(50):
            file.seek(0)
            file.write(os.urandom(4096))
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - begun) * 1e3)
    return median(times)


def _batches(file: Path, seconds: float) -> float:
    """Rows that SQLite alone makes durable in a second, 32 by 32."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    done = 0
    begun = time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("UPDATE projects SET name = ?, updated = updated + 1, version = version + 1 WHERE id = ?",
                               [(f"Renamed {done + i}", 1001 + (done + i) * 7919 % 10_000) for i in range(32)])
        connection.execute("COMMIT")
        done += 32
    connection.close()
    return done / spent


def write(settings):
    place = settings.folder / "write"
    place.mkdir(parents=True, exist_ok=True)
    original = Path(servers.store_of(settings.folder, 10_000)["path"])
    for name in ("gateway.db", "alone.db"):
        (place / name).write_bytes(original.read_bytes())
    limits, fsyncs = [], []
    with servers.gateway(place, {"type": "sqlite", "path": str(place / "gateway.db")}) as ours:
        call = servers.write_call(10_000)
        loads = []
        for _ in range(settings.rounds):
            loads += alternating([(ours, call)], 1, settings.seconds)["dragoman"]
            limits.append(_batches(place / "alone.db", settings.seconds))
            fsyncs.append(_fsync(place))
    ratios = [load.per_second / limit for load, limit in zip(loads, limits)]
    goal = min(0.5, 10_000 / median(limits))
    yield Result("write", "dragoman", median(load.per_second for load in loads), "durable writes/s",
                 "SQLite alone, 32 in a batch", median(ratios), spread(ratios), f">= {goal:.2f}")
    slow = [load.p99 / fsync for load, fsync in zip(loads, fsyncs)]
    yield Result("write", "p99", median(load.p99 for load in loads), "ms", f"one fsync of {median(fsyncs):.2f} ms",
                 median(slow), spread(slow), "<= 5")


def _recorded(settings, front: str, behind: str) -> list:
    """What a service of that dialect says when a project is asked for through a gateway, as `control serve` takes it."""
    place = settings.folder / f"recorded-{behind}"
    (place / "log").unlink(missing_ok=True)
    with servers.gateway(place, servers.store_of(settings.folder, 600)) as service:
        with servers.gateway(place / front, servers.service_backend(behind, service.port)) as ours:
            fetch(ours, servers.get_call(front))
        call = servers.get_call(behind)
        usual = place / "answer.json"
        usual.write_bytes(fetch(service, call))
        time.sleep(0.5)  # until the log is written
        paths = set(re.findall(r" GET (\S+) " + behind, (place / "log").read_text())) - {call.path}
        words = [usual]
        for number, path in enumerate(sorted(paths)):
            file = place / f"{number}.json"
            file.write_bytes(fetch(service, servers.recorded_call(behind, path)))
            words += [path, file]
    return words


def proxy(settings):
    for front, behind in (("paymo", "paymo"), ("paymo", "productive"), ("productive", "paymo")):
        call = servers.get_call(front)
        with servers.control(settings.folder, "serve", *_recorded(settings, front, behind), name="service") as service, \
             servers.control(settings.folder, "pass", service.port, name="plain Beast proxy") as plain, \
             servers.nginx(settings.folder, service.port) as nginx, \
             servers.haproxy(settings.folder, service.port) as haproxy, \
             servers.gateway(settings.folder / f"proxy-{front}-{behind}", servers.service_backend(behind, service.port),
                             f"{front} on {behind}") as ours:
            subjects = [(server, call) for server in (plain, nginx, haproxy, ours)]
            for server, _ in subjects:
                fetch(server, call)
            loads = alternating(subjects, settings.rounds, settings.seconds)
        if (front, behind) == ("paymo", "paymo"):
            for other in ("plain Beast proxy", "nginx", "haproxy"):
                yield _costs("proxy", other, loads)
        yield _rates("proxy", ours.name, loads, "nginx", ">= 0.5")
        yield _rates("proxy", ours.name, loads, "haproxy", ">= 0.5")
        more = [a.cpu - b.cpu for a, b in zip(loads[ours.name], loads[plain.name])]
        yield Result("proxy", ours.name, median(more), "µs CPU over a plain Beast proxy", spread=spread(more), goal="<= 20")


def translate(settings):
    out = subprocess.run(
        [servers.BUILD / "benchmarks" / "translate_benchmarks", "--benchmark_format=json",
         f"--benchmark_repetitions={settings.rounds}", "--benchmark_enable_random_interleaving=true",
         "--benchmark_min_time=0.05"], check=True, capture_output=True, text=True).stdout
    times = {}
    for run in json.loads(out)["benchmarks"]:
        if run["run_type"] == "iteration":
            times.setdefault(run["run_name"], []).append(run["cpu_time"] / 1000)
    for name, mine in sorted(times.items()):
        pair, what = name.split("/")
        source, target = pair.split("_to_")
        if target == "json":
            continue
        json_alone = median(times[f"{source}_to_json/{what}"])
        ratios = [each / json_alone for each in mine]
        yield Result("translate", f"{source} to {target}, {what}", median(mine), "µs",
                     "JSON parse and print", median(ratios), spread(ratios), "<= 1.5")


def growth(settings):
    sizes = [1_000, 100_000, 1_000_000] + ([10_000_000] if settings.large else [])
    calls = {"get": servers.get_call("paymo"), "filtered list": servers.list_call("superoffice", 50),
             "filtered list and how many there are": servers.list_call("productive", 50)}
    goals = {"get": "<= 1.2"}
    running = {}
    try:
        for size in sizes:
            running[size] = servers.gateway(settings.folder / f"growth-{size}", servers.store_of(settings.folder, size))
        for what, call in calls.items():
            for server in running.values():
                fetch(server, call)
            loads = alternating([(_Named(server, str(size)), call) for size, server in running.items()],
                                settings.rounds, settings.seconds)
            for size in sizes[1:]:
                result = _costs("growth", str(size), loads, "1000", goals.get(what, "<= 1.5"))
                result.subject, result.against = f"{what}, {size:,} projects", "1,000 projects"
                yield result
    finally:
        for server in running.values():
            server.stop()


def _connected(server: Server, call: Call, count: int) -> list:
    head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": "localhost", **call.headers}.items())
    message = f"GET {call.path} HTTP/1.1\r\n{head}\r\n".encode()
    sockets = []
    for _ in range(count):
        each = socket.create_connection(("127.0.0.1", server.port), 10)
        each.sendall(message)
        if not each.recv(65536).startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{server.name} did not answer")
        sockets.append(each)
    return sockets


def idle(settings):
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    store = servers.store_of(settings.folder, 1_000)
    call = servers.get_call("paymo")
    with servers.control(settings.folder, "serve", _canned(settings), name="service") as service, \
         servers.gateway(settings.folder / "idle", store) as ours, \
         servers.nginx(settings.folder, service.port) as nginx:
        rest = {}
        for server in (ours, nginx):
            _close(_connected(server, call, 1))
            rest[server.name] = server.memory()
        yield Result("idle", "dragoman at rest", rest["dragoman"] / 2**20, "MiB",
                     f"nginx with {rest['nginx'] / 2**20:.1f} MiB", goal="<= 20")
        results = {}
        for count in (1_000, 10_000):
            for server in (nginx, ours):
                sockets = _connected(server, call, count)
                time.sleep(0.3)
                results[server.name, count] = max(0, server.memory() - rest[server.name]) / count / 1024
                _close(sockets)
                time.sleep(0.3)
            yield Result("idle", f"dragoman, each of {count:,} connections", results["dragoman", count], "KiB",
                         f"nginx with {results['nginx', count]:.1f} KiB", goal="<= 12")


def _close(sockets):
    for each in sockets:
        each.close()


def start(settings):
    store = servers.store_of(settings.folder, 1_000_000)
    place = settings.folder / "start"
    config = servers.config_of(place, store)
    call = servers.get_call("paymo")
    mine, theirs = [], []
    with servers.control(settings.folder, "serve", _canned(settings), name="service") as service:
        for _ in range(max(settings.rounds, 3)):
            port = free_port()
            with Server("dragoman", servers.serve_command(config, port), port, place / "log") as ours:
                fetch(ours, call)
                mine.append((time.monotonic() - ours.begun) * 1e3)
            with servers.nginx(settings.folder, service.port) as nginx:
                fetch(nginx, call)
                theirs.append((time.monotonic() - nginx.begun) * 1e3)
    yield Result("start", "dragoman, a million projects", median(mine), "ms", f"nginx with {median(theirs):.1f} ms",
                 spread=spread(mine), goal="<= 100")


ROWS = {"get": get, "list": list_, "write": write, "proxy": proxy, "translate": translate, "growth": growth,
        "idle": idle, "start": start}
