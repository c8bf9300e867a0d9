"""Readers of PDFs under one roof: each answers, for one file, with its pages and its text.

Run as `intake_readers.py NAME`: reads one path per line on standard input and answers each with one line of JSON, so that
a reader that dies costs one file and not the whole measurement.
"""

import json
import logging
import resource
import subprocess
import sys


def pdfium(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return len(texts), "\n".join(texts)


def pdfminer(path):
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    pages = list(extract_pages(path))
    return len(pages), "\n".join(box.get_text() for page in pages for box in page if isinstance(box, LTTextContainer))


def pdfplumber(path):
    import pdfplumber as plumber

    with plumber.open(path) as document:
        texts = [page.extract_text() or "" for page in document.pages]
    return len(texts), "\n".join(texts)


def pdftotext(path):
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, timeout=60)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace").strip())
    text = done.stdout.decode(errors="replace")
    return text.count("\f"), text


READERS = {reader.__name__: reader for reader in (pdfium, pdfminer, pdfplumber, pdftotext)}


def cpu():
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_mb():
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def main():
    logging.disable(logging.CRITICAL)
    reader = READERS[sys.argv[1]]
    for line in sys.stdin:
        begun = cpu()
        try:
            pages, text = reader(line.rstrip("\n"))
            answer = {"pages": pages, "text": text}
        except Exception as error:  # whatever a reader throws is its answer for this file
            answer = {"error": f"{type(error).__name__}: {error}"[:200]}
        answer |= {"cpu": cpu() - begun, "peak_mb": peak_mb()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
