"""Writes crates/intake/tests/corpus/numbers.txt: the numbers that pdfium and pdfminer both print of the PDFs that the
repository carries. The reader's test holds our own reading against them. Run in the folder of the repository.
"""

import pathlib
from collections import Counter

from intake import NUMBER
from intake_readers import pdfium, pdfminer

TESTS = pathlib.Path("crates/intake/tests")


def numbers(reader, path):
    return Counter(NUMBER.findall(reader(path)[1]))


def main():
    lines = []
    for path in sorted([*pathlib.Path("sample-data").rglob("*.pdf"), *TESTS.rglob("*.pdf")]):
        both = numbers(pdfium, path) & numbers(pdfminer, path)
        lines.append("\t".join([path.as_posix(), *sorted(both.elements())]))
    (TESTS / "corpus/numbers.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
