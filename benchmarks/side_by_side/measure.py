"""Servers that run while they are measured, and what a load on them, or their rest, costs."""
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program with all its children, reached on one port of this machine; `with` ends it."""

    def __init__(self, name: str, command: list, port: int, log: Path):
        self.name, self.port = name, port
        self.begun = time.monotonic()
        with open(log, "ab") as out:
            self.process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=out,
                                            stdin=subprocess.DEVNULL, start_new_session=True)
        self.log = log
        self._wait()

    def _wait(self):
        while time.monotonic() - self.begun < 60:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.001)
        self.stop()
        raise RuntimeError(f"{self.name} does not listen; its log: {self.log}")

    def _processes(self):
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:
                yield entry, fields

    def cpu(self) -> float:
        """Seconds of user and system time so far, of all its processes."""
        return sum(int(f[11]) + int(f[12]) for _, f in self._processes()) / TICKS

    def memory(self) -> int:
        """Bytes in memory, with what is shared counted in parts."""
        total = 0
        for entry, _ in self._processes():
            try:
                total += int(re.search(r"^Pss:\s+(\d+)", (entry / "smaps_rollup").read_text(), re.M)[1]) * 1024
            except OSError:
                pass
        return total

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


@dataclass
class Call:
    """A request that is sent again and again; `script` is Lua for wrk, where each is to be another one."""
    path: str
    headers: dict = field(default_factory=dict)
    script: str = ""


@dataclass
class Load:
    per_second: float
    cpu: float  # microseconds of the server for each request
    p99: float  # milliseconds


def fetch(server: Server, call: Call) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", call.path, headers=call.headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{server.name}: GET {call.path}: {answer.status} {body[:300]!r}")
    return body


_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


def load(server: Server, call: Call, seconds: float, connections: int = 32) -> Load:
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency", "--timeout", "30s"]
    for name, value in call.headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if call.script:
            script.write(call.script)
            script.flush()
            command += ["-s", script.name]
        before = server.cpu()
        out = subprocess.run(command + [f"http://127.0.0.1:{server.port}{call.path}"], check=True, text=True,
                             capture_output=True).stdout
        spent = server.cpu() - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise RuntimeError(f"{server.name}: {call.path}: {out}")
    requests = int(re.search(r"(\d+) requests in", out)[1])
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)\b", out)
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), spent / requests * 1e6,
                float(p99[1]) * _UNITS[p99[2]])


def alternating(subjects: list, rounds: int, seconds: float) -> dict:
    """Loads each (server, call) in turn, so many rounds; the loads of each by the server's name."""
    loads = {server.name: [] for server, _ in subjects}
    for server, call in subjects:
        load(server, call, 1)
    for _ in range(rounds):
        for server, call in subjects:
            loads[server.name].append(load(server, call, seconds))
    return loads


def median(values) -> float:
    return statistics.median(values)


def spread(values) -> float:
    """How far the middle half lies apart, as a part of the median; none of a single value."""
    values = sorted(values)
    if len(values) < 2 or median(values) == 0:
        return 0.0
    low, high = values[len(values) // 4], values[-1 - len(values) // 4]
    return (high - low) / median(values)
