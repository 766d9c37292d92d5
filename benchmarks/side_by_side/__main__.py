"""Measures the gateway side by side with what a user would pick instead; tools/bench builds and calls this."""
import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import instructions
from rows import ROWS, Settings


def _line(result) -> str:
    ratio = "" if result.ratio is None else f"{result.ratio:.2f}"
    holds = {None: "", True: "yes", False: "NO"}[result.holds]
    cells = [result.row, result.subject, f"{result.value:.4g} {result.unit}", result.against, ratio,
             f"{result.spread:.0%}", result.goal, holds]
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    words = argparse.ArgumentParser(prog="tools/bench", description=__doc__)
    words.add_argument("--rows", help=f"a part: {','.join(ROWS)}", default=",".join(ROWS))
    words.add_argument("--quick", action="store_true", help="one round of each")
    words.add_argument("--large", action="store_true", help="growth up to ten million projects")
    words.add_argument("--json", type=Path, metavar="FILE", help="the same as JSON")
    words.add_argument("--compare", action="store_true", help="instructions per request, and what moved by more than 3 %%")
    words.add_argument("--keep", action="store_true", help="keep the instructions per request, for --compare")
    words.add_argument("--folder", type=Path, help="where stores and logs lie; gone at the end unless it is said")
    given = words.parse_args()
    rows = given.rows.split(",")
    if unknown := [row for row in rows if row not in ROWS]:
        words.error(f"no row {unknown[0]}")

    folder = given.folder or Path(tempfile.mkdtemp(prefix="dragoman-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(folder.resolve(), 1 if given.quick else 5, 1 if given.quick else 3, given.large)
    try:
        if given.keep:
            instructions.keep(settings)
            return 0
        if given.compare:
            return 0 if instructions.compare(settings) else 1
        print("| row | subject | value | against | ratio | spread | goal | holds |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
        results = []
        for row in rows:
            for result in ROWS[row](settings):
                results.append(result)
                print(_line(result), flush=True)
        if given.json:
            given.json.write_text(json.dumps([asdict(each) for each in results], indent=1, ensure_ascii=False) + "\n")
        return 0
    finally:
        if not given.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
