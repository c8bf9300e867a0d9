"""Total, number, date and vendor of invoices: what `signwright extract` says against what is true, beside invoice2data.

The truth of the ZUGFeRD files is the XML inside them; they are given to the readers without it. Abstaining is counted
apart from being wrong, and a reader that fails on a file abstains on all of it.
"""

import datetime
import json
import logging
import math
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree
from decimal import Decimal, InvalidOperation

FIELDS = ["total", "number", "date", "vendor"]


def truth_of_json(path):
    expected = json.loads(path.read_text(encoding="utf-8"))
    expected = expected[0] if isinstance(expected, list) else expected
    names = {"total": "amount", "number": "invoice_number", "date": "date", "vendor": "issuer"}
    return {field: str(expected[name]) for field, name in names.items() if expected.get(name) is not None}


def truth_of_xml(path):
    """From the invoice inside the PDF, by the local names that both versions of the format use."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if not attachment.get_name().lower().endswith(".xml"):
            continue
        try:
            root = ElementTree.fromstring(bytes(attachment.get_data()).strip())
        except ElementTree.ParseError:
            continue
        found = fields_of_xml(root)
        if found:
            return found
    return {}


def fields_of_xml(root):
    def local(element):
        return element.tag.rsplit("}", 1)[-1]

    def first(root, *names):
        for name in names:
            if root is None:
                return None
            root = next((element for element in root.iter() if local(element) == name), None)
        return root

    def text(element):
        return (element.text or "").strip() if element is not None else ""

    header = first(root, "ExchangedDocument")
    if header is None:
        header = first(root, "HeaderExchangedDocument")
    date = text(first(header, "IssueDateTime", "DateTimeString"))
    found = {
        "number": text(first(header, "ID")),
        "date": f"{date[:4]}-{date[4:6]}-{date[6:8]}" if len(date) == 8 else "",
        "total": text(first(root, "GrandTotalAmount")),
        "vendor": text(first(root, "SellerTradeParty", "Name")),
    }
    return {name: value for name, value in found.items() if value}


def without_attachments(path, folder):
    import pikepdf

    copy = pathlib.Path(folder) / path.name
    with pikepdf.open(path) as document:
        for name in list(document.attachments):
            del document.attachments[name]
        if "/AF" in document.Root:
            del document.Root["/AF"]
        document.save(copy)
    return copy


def ours(program, path):
    done = subprocess.run([program, "--json", "extract", path], capture_output=True, timeout=120)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {}, {}
    names = {"total_amount": "total", "total": "total", "invoice_number": "number", "bill_number": "number", "number": "number",
             "invoice_date": "date", "bill_date": "date", "date": "date", "vendor": "vendor"}
    said, sure = {}, {}
    for field in answer["fields"]:
        name = names.get(field["name"])
        if name and name not in said:
            said[name], sure[name] = plain(field["value"]), field["confidence"]
    return said, sure


def plain(value):
    """A value as `extract` prints it, as text: amounts are minor units with their currency."""
    while isinstance(value, dict):
        if "minor" in value:
            return str(Decimal(value["minor"]) / 100)
        value = value.get("value", next(iter(value.values()), ""))
    return str(value)


def theirs(path, templates):
    from invoice2data import extract_data

    try:
        found = extract_data(str(path), templates=templates) or {}
    except Exception:  # a reader that throws abstains
        return {}
    if not isinstance(found, dict):
        return {}
    names = {"total": "amount", "number": "invoice_number", "date": "date", "vendor": "issuer"}
    return {field: str(found[name]) for field, name in names.items() if found.get(name) is not None}


def same(field, said, true):
    if field == "total":
        try:
            return abs(Decimal(said.replace(",", "")) - Decimal(true.replace(",", ""))) < Decimal("0.005")
        except InvalidOperation:
            return False
    if field == "date":
        try:
            return datetime.date.fromisoformat(said[:10]) == datetime.date.fromisoformat(true[:10])
        except ValueError:
            return False
    letters = lambda text: re.sub(r"\W", "", text).casefold()
    if field == "vendor":
        return bool(letters(said)) and (letters(said) in letters(true) or letters(true) in letters(said))
    return letters(said) == letters(true)


def wilson(right, of):
    """The lower bound at 95 %."""
    if not of:
        return 0.0
    z, share = 1.96, right / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of)


def tally(cases):
    """Pairs of what was said, or None, and whether that is right."""
    said = [right for right in cases if right is not None]
    right = sum(said)
    return f"{right} of {len(cases)} ({100 * wilson(right, len(cases)):.0f} % at least), {len(said) - right} wrong"


def section(program, documents):
    logging.disable(logging.CRITICAL)
    from invoice2data.extract.loader import read_templates

    templates = read_templates()
    cases = {(reader, field): [] for reader in ("signwright", "invoice2data") for field in FIELDS}
    accepted = []
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(documents.glob("invoices/*.pdf")) + sorted(documents.glob("zugferd/*.pdf")):
            sidecar = path.with_suffix(".json")
            try:
                true = truth_of_json(sidecar) if sidecar.exists() else truth_of_xml(path)
                given = path if sidecar.exists() else without_attachments(path, folder)
            except Exception:  # a file whose truth cannot be had is left out for everyone
                continue
            if not true:
                continue
            count += 1
            mine, sure = ours(program, given)
            for reader, said in (("signwright", mine), ("invoice2data", theirs(given, templates))):
                for field in FIELDS:
                    if field in true:
                        right = same(field, said[field], true[field]) if field in said else None
                        cases[reader, field].append(right)
                        if reader == "signwright" and right is not None and sure[field] >= 0.9:
                            accepted.append(right)
    lines = [
        f"Fields of {count} invoices whose truth is known (expected JSON, or the XML inside, which the readers are not given):",
        "",
        "| reader | " + " | ".join(FIELDS) + " |",
        "| --- | --- | --- | --- | --- |",
    ]
    for reader in ("signwright", "invoice2data"):
        lines.append(f"| {reader} | " + " | ".join(tally(cases[reader, field]) for field in FIELDS) + " |")
    lines.append("")
    if accepted:
        lines.append(f"Fields that signwright accepts unseen (confidence 0.9 and more): {sum(accepted)} of {len(accepted)} right.")
    else:
        lines.append("signwright accepts none of these fields unseen.")
    return lines
