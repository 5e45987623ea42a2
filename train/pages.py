#!/usr/bin/env python3
"""Lays pages with known text out for train_page, from a folder of corpora.

usage: pages.py CORPORA/pages FOLDER
Writes pages and their expected text into FOLDER, and FOLDER/list.tsv. Reads fundus-evaluation (gzip pages,
ground_truth.json) and readability (source.html, expected.html).
"""
import gzip, html.parser, json, os, sys

BLOCK = set("p div li h1 h2 h3 h4 h5 h6 tr td th br blockquote pre figcaption figure section article ul ol dl dt dd table header footer hr".split())


class Text(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.skip = [], 0

    def handle_starttag(self, tag, attrs):
        if tag in BLOCK:
            self.out.append("\n")
        self.skip += tag in ("script", "style")

    def handle_endtag(self, tag):
        if tag in BLOCK:
            self.out.append("\n")
        self.skip -= tag in ("script", "style") and self.skip > 0

    def handle_data(self, data):
        if not self.skip:
            self.out.append(" ".join(("x" + data + "x").split())[1:-1] if data.strip() else " ")


def text_of(markup):
    parser = Text()
    parser.feed(markup)
    lines = (" ".join(line.split()) for line in "".join(parser.out).split("\n"))
    return "\n".join(line for line in lines if line)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    corpora, to = sys.argv[1], sys.argv[2]
    os.makedirs(to, exist_ok=True)
    rows = []

    def add(name, page, text, group):
        for path, content in ((f"{to}/{name}.html", page), (f"{to}/{name}.txt", text.encode())):
            with open(path, "wb") as f:
                f.write(content)
        rows.append(f"{to}/{name}.html\t{to}/{name}.txt\t{group}\n")

    gold = os.path.join(corpora, "fundus-evaluation", "ground_truth.json")
    if os.path.exists(gold):
        for key, value in sorted(json.load(open(gold, encoding="utf-8")).items()):
            name = key.removesuffix(".html.gz")
            with gzip.open(os.path.join(corpora, "fundus-evaluation", "html", name + ".html.gz")) as f:
                page = f.read()
            lines = [x if isinstance(x, str) else " ".join(map(str, x)) for x in value["body"]]
            add("fundus-" + name, page, "\n".join(lines), name.rsplit("_", 1)[0])
    folder = os.path.join(corpora, "readability")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        with open(os.path.join(folder, name, "source.html"), "rb") as f:
            page = f.read()
        with open(os.path.join(folder, name, "expected.html"), encoding="utf-8", errors="replace") as f:
            text = text_of(f.read())
        add("readability-" + name, page, text, name.rstrip("0123456789").rstrip("-"))
    if not rows:
        sys.exit(f"{corpora} holds neither fundus-evaluation nor readability")
    with open(os.path.join(to, "list.tsv"), "w", encoding="utf-8") as f:
        f.writelines(rows)


if __name__ == "__main__":
    main()
