"""What is read from the same PDFs by this product and by its peers; writes a section of docs/benchmarks.md.

Every file counts for every reader: one that throws, dies or takes longer than a minute has failed on it. The numbers that
both pdfium and pdfminer print are the reference for numbers recovered, counted as often as both print them.
"""

import argparse
import importlib.metadata
import json
import os
import pathlib
import re
import selectors
import subprocess
import sys
import time
from collections import Counter

import intake_invoices

HERE = pathlib.Path(__file__).parent
PATIENCE = 60
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
OURS = "signwright"
PEERS = ["pdfium", "pdfminer", "pdfplumber", "pdftotext"]


class Peer:
    """A reader in a process of its own that is started again when it dies."""

    def __init__(self, name):
        self.name, self.process = name, None

    def read(self, path):
        if self.process is None:
            command = [sys.executable, HERE / "intake_readers.py", self.name]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        try:
            self.process.stdin.write(f"{path}\n")
            self.process.stdin.flush()
            with selectors.DefaultSelector() as waiting:
                waiting.register(self.process.stdout, selectors.EVENT_READ)
                line = self.process.stdout.readline() if waiting.select(PATIENCE) else ""
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        self.process.kill()
        self.process.wait()
        self.process = None
        return {"error": "died or took too long", "cpu": 0.0, "peak_mb": 0.0}


class Product:
    """Our own worker process, one for each document, as an import starts it."""

    def __init__(self, program):
        self.name, self.program = OURS, program

    def read(self, path):
        document = pathlib.Path(path).read_bytes()
        request = json.dumps({"bytes": len(document)}).encode() + b"\n" + document
        process = subprocess.Popen(
            [self.program, "worker", "pdf"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            output, _ = communicate_and_wait(process, request)
            answer = json.loads(output)
        except (ValueError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
            return {"error": "died or took too long", "cpu": 0.0, "peak_mb": 0.0}
        usage = process.usage
        return {
            "pages": answer["pages"],
            "text": "\n".join(word["text"] for word in answer["words"]),
            "state": answer["state"],
            "message": answer["message"],
            "cpu": usage.ru_utime + usage.ru_stime,
            "peak_mb": usage.ru_maxrss / 1024,
        }


def communicate_and_wait(process, request):
    """Like `communicate`, and keeps what the process used."""
    import threading

    def feed():
        try:
            process.stdin.write(request)
            process.stdin.close()
        except BrokenPipeError:
            pass

    threading.Thread(target=feed, daemon=True).start()
    killer = threading.Timer(PATIENCE, process.kill)
    killer.start()
    output = process.stdout.read()
    _, status, process.usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    killer.cancel()
    return output, process.returncode


def numbers(text):
    return Counter(NUMBER.findall(text))


def ended_well(name, answer):
    """Words, or a plain statement that there are none: for a peer any answer without an error."""
    if "error" in answer:
        return False
    return name != OURS or answer["state"] in ("read", "partly_read", "no_text_layer")


def locked(answers):
    """A file that the product and pdfium both say needs a password is no reader's failure."""
    return answers[OURS].get("state") == "needs_password" and "assword" in answers["pdfium"].get("error", "")


def read_all(readers, files):
    answers = {}
    for path in files:
        answers[path] = {reader.name: reader.read(path) for reader in readers}
    return answers


def start_cost(program):
    """CPU seconds of a process that does nothing, so that reading can be told from starting."""
    costs = []
    for _ in range(5):
        process = subprocess.Popen([program, "--version"], stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        costs.append(usage.ru_utime + usage.ru_stime)
    return sorted(costs)[2]


def figures(name, answers, reference):
    mine = {path: of[name] for path, of in answers.items()}
    unlocked = [path for path in mine if not locked(answers[path])]
    well = sum(ended_well(name, mine[path]) for path in unlocked)
    found = total = 0
    for path, expected in reference.items():
        total += expected.total()
        found += (expected & numbers(mine[path].get("text", ""))).total()
    return {
        "files": len(unlocked),
        "well": well,
        "recall": found / max(total, 1),
        "numbers": total,
        "pages": sum(answer.get("pages", 0) for answer in mine.values()),
        "cpu": sum(answer["cpu"] for answer in mine.values()),
        "peak_mb": max(answer["peak_mb"] for answer in mine.values()),
    }


def table(answers, start):
    reference = {
        path: numbers(of["pdfium"].get("text", "")) & numbers(of["pdfminer"].get("text", ""))
        for path, of in answers.items()
    }
    lines = [
        "| reader | files ending in words or a plain \"no text\" | numbers recovered | pages per CPU second | peak memory |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in [OURS, *PEERS]:
        of = figures(name, answers, reference)
        speed = f"{of['pages'] / of['cpu']:.0f}"
        if name == OURS:
            reading = of["cpu"] - start * len(answers)
            speed = f"{of['pages'] / reading:.0f} ({speed} with {start * 1000:.0f} ms to start each process)"
        lines.append(
            f"| {name} | {of['well']} of {of['files']} ({100 * of['well'] / of['files']:.1f} %) "
            f"| {of['recall']:.4f} of {of['numbers']} | {speed} | {of['peak_mb']:.0f} MB |"
        )
    return lines


def states(answers):
    counted = Counter(of[OURS].get("state", "failed") for of in answers.values())
    return ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counted.most_common())


def misses(answers):
    """For the person at the terminal: where numbers or whole files are lost."""
    for path, of in answers.items():
        both = numbers(of["pdfium"].get("text", "")) & numbers(of["pdfminer"].get("text", ""))
        lost = both - numbers(of[OURS].get("text", ""))
        if lost:
            shown = " ".join(sorted(lost.elements())[:12])
            print(f"{path.name}: {lost.total()} of {both.total()} numbers lost: {shown}", file=sys.stderr)
        if not ended_well(OURS, of[OURS]):
            print(f"{path.name}: {of[OURS].get('state')} {of[OURS].get('message') or of[OURS].get('error')}", file=sys.stderr)


def versions():
    packages = ["pypdfium2", "pdfminer.six", "pdfplumber", "invoice2data"]
    known = [f"{package} {importlib.metadata.version(package)}" for package in packages]
    poppler = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True).stderr.split("\n")[0]
    return ", ".join([*known, poppler.replace("version ", "")])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--signwright", required=True)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    arguments.add_argument("--out", required=True, type=pathlib.Path)
    given = arguments.parse_args()
    documents = given.data / "documents"
    files = sorted(documents.rglob("*.pdf"))
    answers = read_all([Product(given.signwright), *map(Peer, PEERS)], files)
    misses(answers)
    date = time.strftime("%Y-%m-%d")
    section = [
        f"## Intake: reading PDFs ({date}, {os.cpu_count()} cores, shared, dev profile)",
        "",
        f"{len(files)} real PDFs: {states(answers)}. Files that need a password are left out of the second column.",
        "",
        *table(answers, start_cost(given.signwright)),
        "",
        f"Peers: {versions()}. Reference for numbers: what pdfium and pdfminer both print, as often as both print it; numbers "
        "printed twice at one place, which is how bold is faked, are one number to signwright.",
        "",
        *intake_invoices.section(given.signwright, documents),
    ]
    given.out.write_text("\n".join(section) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
