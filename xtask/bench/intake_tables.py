"""Tables of real PDFs: what `signwright extract` finds against what is there, beside pdfplumber's `extract_tables`.

What is there comes from intake_tables.json: where rows and columns part, drawn by hand from the pictures of the pages before
either reader was asked, or the tags that a file's own author left. The words come from pdfplumber in both cases. One half
of the files, every other one by name, was looked at only to draw what is there while the reader was made.

Counted are pairs of neighbouring cells, beside or below each other with nothing but empty cells between, as in the ICDAR
2013 table competition (Göbel et al., 2013), over all tables of a page; and tables of which every row is right.

    python intake_tables.py --signwright PROGRAM --data FOLDER [--out FILE] [--show]
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
from collections import Counter, defaultdict

HERE = pathlib.Path(__file__).parent


def plain(text):
    """Without blanks and without the dots that lead from a name to its number."""
    return re.sub(r"\s|\.{3,}|(?: \.)+", "", text or "").replace("…", "")


class Grid:
    """A table: texts by the place of their first cell, with how many columns and rows each covers."""

    def __init__(self):
        self.cells = []

    def put(self, row, column, text, rows=1, columns=1):
        if plain(text):
            self.cells.append((row, column, rows, columns, plain(text)))

    def neighbours(self):
        at = {}
        for cell in self.cells:
            row, column, rows, columns, _ = cell
            for y in range(row, row + rows):
                for x in range(column, column + columns):
                    at[y, x] = cell
        height = max((y for y, _ in at), default=-1) + 1
        width = max((x for _, x in at), default=-1) + 1
        pairs = set()
        for cell in self.cells:
            row, column, rows, columns, _ = cell
            for y in range(row, row + rows):
                other = next((at[y, x] for x in range(column + columns, width) if (y, x) in at), None)
                pairs.add((cell, other, "beside"))
            for x in range(column, column + columns):
                other = next((at[y, x] for y in range(row + rows, height) if (y, x) in at), None)
                pairs.add((cell, other, "below"))
        return Counter((a[4], b[4], way) for a, b, way in pairs if b is not None)

    def rows(self):
        by_row = defaultdict(list)
        for row, column, _, _, text in sorted(self.cells):
            by_row[row].append(text)
        return [by_row[row] for row in sorted(by_row)]


def middle(word):
    return (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2


def drawn(page, of):
    """The table that intake_tables.json describes, filled with the words of the page."""
    xs = of["x"]
    words = [word for word in page.extract_words(x_tolerance=1.5) if xs[0] <= middle(word)[0] < xs[-1]]
    bands = []
    for band in of["y"]:
        inside = sorted((w for w in words if band[0] <= middle(w)[1] < band[1]), key=lambda w: w["bottom"])
        if len(band) == 2:
            bands.append(inside)
            continue
        lines = []
        for word in inside:
            if lines and word["bottom"] - lines[-1][-1]["bottom"] < 3:
                lines[-1].append(word)
            else:
                lines.append([word])
        bands.extend(lines)
    joined = {}
    for row, first, last in of.get("wide", []):
        joined |= {(row, column): (row, first) for column in range(first, last + 1)}
    for first, last, column in of.get("tall", []):
        home = joined.get((first, column), (first, column))
        joined |= {(row, x): home for row in range(first, last + 1) for x in covered(of, first, column)}
    texts, spans = defaultdict(list), defaultdict(set)
    for row, words in enumerate(bands):
        for word in words:
            column = sum(x <= middle(word)[0] for x in xs) - 1
            home = joined.get((row, column), (row, column))
            texts[home].append(word)
            spans[home].add((row, column))
    for place, home in joined.items():
        spans[home].add(place)
    grid = Grid()
    for (row, column), words in texts.items():
        text = " ".join(w["text"] for w in sorted(words, key=lambda w: (round(w["bottom"] / 3), w["x0"])))
        rows, columns = ({place[i] for place in spans[row, column] | {(row, column)}} for i in (0, 1))
        grid.put(row, column, text, max(rows) - row + 1, max(columns) - column + 1)
    return grid


def covered(of, row, column):
    wide = next((w for w in of.get("wide", []) if w[0] == row and w[1] <= column <= w[2]), (row, column, column))
    return range(wide[1], wide[2] + 1)


def tagged(page):
    """The tables that the author's program tagged on a page."""
    letters = defaultdict(list)
    for letter in page.chars:
        letters[letter.get("mcid")].append(letter["text"])

    def walk(node, kind):
        if node.get("type") == kind:
            yield node
            return
        for child in node.get("children", []):
            yield from walk(child, kind)

    def text(node):
        own = "".join("".join(letters[mcid]) for mcid in node.get("mcids", []))
        return own + " ".join(text(child) for child in node.get("children", []))

    out = []
    for table in (found for root in page.structure_tree for found in walk(root, "Table")):
        grid, used = Grid(), set()
        for y, row in enumerate(walk(table, "TR")):
            x = 0
            for cell in row.get("children", []):
                if cell.get("type") not in ("TD", "TH"):
                    continue
                while (y, x) in used:
                    x += 1
                of = cell.get("attributes", {})
                rows, columns = int(of.get("RowSpan", 1)), int(of.get("ColSpan", 1))
                used |= {(y + dy, x + dx) for dy in range(rows) for dx in range(columns)}
                grid.put(y, x, text(cell), rows, columns)
        if len(grid.cells) > 3:
            out.append(grid)
    return out


def truths(documents):
    """By file and page: whether it is held out, and its tables."""
    import pdfplumber

    out = {}
    for of in json.loads((HERE / "intake_tables.json").read_text(encoding="utf-8")):
        path = documents / f"{of['file']}.pdf"
        with pdfplumber.open(path) as pdf:
            for number in of.get("tagged", [of.get("page")]):
                page = pdf.pages[number - 1]
                tables = tagged(page) if "tagged" in of else [drawn(page, of)]
                kept = out.setdefault((path, number), (of.get("held_out", False), []))
                kept[1].extend(tables)
    return out


def ours(program):
    def read(path, number):
        done = subprocess.run([program, "extract", path, "--json"], capture_output=True, text=True, timeout=60)
        out = []
        for table in json.loads(done.stdout)["tables"]:
            grid = Grid()
            for y, row in enumerate(table["rows"]):
                for cell in row["cells"]:
                    if cell["page"] == number:
                        grid.put(y, cell["column"], cell["text"], cell["rows"], cell["columns"])
            if grid.cells:
                out.append(grid)
        return out

    return read


def pdfplumber_reader(fallback):
    import pdfplumber

    def read(path, number):
        with pdfplumber.open(path) as pdf:
            page = pdf.pages[number - 1]
            tables = page.extract_tables()
            if fallback and not tables:
                tables = page.extract_tables({"vertical_strategy": "text", "horizontal_strategy": "text"})
        out = []
        for table in tables:
            grid = Grid()
            for y, row in enumerate(table):
                for x, text in enumerate(row):
                    grid.put(y, x, text or "")
            out.append(grid)
        return out

    return read


def score(expected, found):
    truth = sum((grid.neighbours() for grid in expected), Counter())
    read = sum((grid.neighbours() for grid in found), Counter())
    whole = sum(any(grid.rows() == other.rows() for other in found) for grid in expected)
    return Counter(right=(truth & read).total(), truth=truth.total(), read=read.total(), whole=whole, tables=len(expected))


def line(name, of):
    recall, precision = of["right"] / max(of["truth"], 1), of["right"] / max(of["read"], 1)
    both = 2 * recall * precision / max(recall + precision, 1e-9)
    return f"| {name} | {recall:.3f} of {of['truth']} | {precision:.3f} of {of['read']} | {both:.3f} | {of['whole']} of {of['tables']} |"


def section(program, documents, show=False):
    expected = truths(documents)
    readers = {
        "signwright": ours(program),
        "pdfplumber": pdfplumber_reader(False),
        "pdfplumber, by text where it finds no lines": pdfplumber_reader(True),
    }
    sums = {(name, held): Counter() for name in readers for held in (False, True)}
    for (path, number), (held, tables) in expected.items():
        if show and held:
            continue
        for name, read in readers.items():
            one = score(tables, read(path, number))
            sums[name, held] += one
            if show and not held and name == "signwright":
                print(line(f"{path.name} p{number}", one), file=sys.stderr)
                if one["right"] < one["truth"]:
                    truth = sum((grid.neighbours() for grid in tables), Counter())
                    got = sum((grid.neighbours() for grid in read(path, number)), Counter())
                    print("   lost", list((truth - got).elements())[:6], "\n   more", list((got - truth).elements())[:6], file=sys.stderr)
    out = []
    for held, title in [(False, "development"), (True, "held out")]:
        files = {path for (path, _), (kept, _) in expected.items() if kept == held}
        out += [
            f"| tables, {title}: {len(files)} files | neighbours found | of those read, right | F | tables whole |",
            "| --- | --- | --- | --- | --- |",
            *(line(name, sums[name, held]) for name in readers),
            "",
        ]
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--signwright", required=True)
    arguments.add_argument("--data", required=True, type=pathlib.Path)
    arguments.add_argument("--out", type=pathlib.Path)
    arguments.add_argument("--show", action="store_true", help="what is lost in the development files")
    given = arguments.parse_args()
    text = "\n".join(section(given.signwright, given.data / "documents", given.show)) + "\n"
    if given.out:
        given.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
