"""Instructions for each request, counted by callgrind: the same from run to run, so that a regression shows."""
import json
import re
from pathlib import Path

import servers
from measure import Server, fetch, free_port

LAST = Path(__file__).parent / "instructions.json"


def _gets(settings, dialect: str, times: int) -> int:
    """Of a server that answers so many requests and ends."""
    place, out = settings.folder / "instructions", settings.folder / "callgrind.out"
    config = servers.config_of(place, servers.store_of(settings.folder, 1_000), workers=1)
    port = free_port()
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *servers.serve_command(config, port)]
    with Server("dragoman", command, port, place / "log") as server:
        for _ in range(times):
            fetch(server, servers.get_call(dialect))
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)[1])


def measure(settings) -> dict:
    """Between few and many requests, so that the start does not count."""
    return {f"get {dialect}": round((_gets(settings, dialect, 220) - _gets(settings, dialect, 20)) / 200)
            for dialect in servers.DIALECTS}


def compare(settings) -> bool:
    """Prints what moved by more than 3 %; whether nothing did."""
    last = json.loads(LAST.read_text()) if LAST.exists() else {}
    now = measure(settings)
    same = True
    for name, count in now.items():
        before = last.get(name)
        moved = before and abs(count / before - 1) > 0.03
        same = same and not moved
        told = f"{count / before - 1:+.1%}" if before else "new"
        print(f"{name:24} {count:>10} instructions  {told}{'  MOVED' if moved else ''}")
    return same


def keep(settings):
    LAST.write_text(json.dumps(measure(settings), indent=2) + "\n")
    print(LAST.read_text(), end="")
