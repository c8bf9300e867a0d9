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
import threading
import time
from collections import Counter

import intake_invoices
import intake_tables

HERE = pathlib.Path(__file__).parent
PATIENCE = 60
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
OURS = "signwright"
PEERS = ["pdfium", "pdfminer", "pdfplumber", "pdftotext"]


class Peer:
    """A reader in a process of its own that is started again when it dies."""

    def __init__(self, name):
        self.name, self.process = name, None
        self.cpu = self.peak_mb = 0.0

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
            answer = json.loads(line)
            self.cpu += answer["cpu"]
            self.peak_mb = max(self.peak_mb, answer["peak_mb"])
            return answer
        self.process.kill()
        self.process.wait()
        self.process = None
        return {"error": "died or took too long"}


class Product:
    """Our own worker process, asked as an import asks it: one document after another, a new one when it has died."""

    DOCUMENTS = 100

    def __init__(self, program):
        self.name, self.program, self.process, self.served = OURS, program, None, 0
        self.cpu = self.peak_mb = 0.0

    def read(self, path):
        """A process that has served before may have ended because it had grown; then another one is asked."""
        served = self.process is not None
        answer = self.ask(path)
        return self.ask(path) if served and "error" in answer else answer

    def ask(self, path):
        document = pathlib.Path(path).read_bytes()
        if self.process is None:
            command = [self.program, "worker", "pdf"]
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"MALLOC_ARENA_MAX": "2"},
            )
        killer = threading.Timer(PATIENCE, self.process.kill)
        killer.start()
        try:
            self.process.stdin.write(json.dumps({"bytes": len(document)}).encode() + b"\n" + document)
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        except (BrokenPipeError, ValueError):
            self.close()
            return {"error": "died or took too long"}
        finally:
            killer.cancel()
        self.served += 1
        if self.served % self.DOCUMENTS == 0:
            self.close()
        words = [word["text"] for word in answer["words"]]
        return {key: answer[key] for key in ("pages", "state", "message")} | {"text": "\n".join(words)}

    def close(self):
        """Ends the process and adds what it used to what is known of the others."""
        if self.process is None:
            return
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu += usage.ru_utime + usage.ru_stime
        self.peak_mb = max(self.peak_mb, usage.ru_maxrss / 1024)
        self.process = None


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


def figures(reader, answers, reference):
    name = reader.name
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
        "cpu": reader.cpu,
        "peak_mb": reader.peak_mb,
    }


def table(answers, readers):
    reference = {
        path: numbers(of["pdfium"].get("text", "")) & numbers(of["pdfminer"].get("text", ""))
        for path, of in answers.items()
    }
    lines = [
        "| reader | files ending in words or a plain \"no text\" | numbers recovered | pages per CPU second | peak memory |",
        "| --- | --- | --- | --- | --- |",
    ]
    for reader in readers:
        of = figures(reader, answers, reference)
        lines.append(
            f"| {reader.name} | {of['well']} of {of['files']} ({100 * of['well'] / of['files']:.1f} %) "
            f"| {of['recall']:.4f} of {of['numbers']} | {of['pages'] / of['cpu']:.0f} | {of['peak_mb']:.0f} MB |"
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
    product = Product(given.signwright)
    readers = [product, *map(Peer, PEERS)]
    answers = read_all(readers, files)
    product.close()
    misses(answers)
    date = time.strftime("%Y-%m-%d")
    section = [
        f"## Intake: reading PDFs ({date}, {os.cpu_count()} cores, shared, dev profile)",
        "",
        f"{len(files)} real PDFs: {states(answers)}. Files that need a password are left out of the second column.",
        "",
        *table(answers, readers),
        "",
        f"Peers: {versions()}. Reference for numbers: what pdfium and pdfminer both print, as often as both print it; numbers "
        "printed twice at one place, which is how bold is faked, are one number to signwright.",
        "",
        *intake_invoices.section(given.signwright, documents),
        "",
        *intake_tables.section(given.signwright, documents),
    ]
    given.out.write_text("\n".join(section) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
