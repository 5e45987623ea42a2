"""CoNLL-U: documents, their raw text, and the scores of the CoNLL 2018 shared task (words by character offsets).

Knows nothing of dossier. The method is that of the shared task's conll18_ud_eval.py: tokens and sentences count by
their spans among the characters that are no white space; words are paired by their spans, and inside words that one side
writes as several (don't = do + n't) by the longest common subsequence of their forms.
"""
import collections

Word = collections.namedtuple("Word", "form lemma upos xpos head relation start end multi")
# Spans count characters that are no white space. multi: the span is that of a token of several words.


class Document:
    """One text: `tokens` and `sentences` as (start, end), `words`, and its raw text as a reader would get it."""

    def __init__(self, name):
        self.name, self.tokens, self.sentences, self.words = name, [], [], []
        self.raw, self.characters = "", 0


def misc_of(field):
    return dict(part.split("=", 1) for part in field.split("|") if "=" in part)


class Builder:
    """Takes the sentences of one document."""

    def __init__(self, name, where=None):
        self.document, self.where = Document(name), where
        self.at, self.space = 0, ""

    def place(self, form, misc):
        """The token's span: by `start_char` where the row tells it, else behind the one before."""
        size = len("".join(form.split()))
        if self.where is not None and "start_char" in misc:
            self.at = self.where[min(int(misc["start_char"]), len(self.where) - 1)]
        span = self.at, self.at + size
        self.at += size
        self.document.raw += self.space + form
        self.space = "" if misc.get("SpaceAfter") == "No" else " "
        return span

    def sentence(self, rows, paragraph):
        if not rows:
            return
        document = self.document
        if paragraph and document.raw:
            self.space = "\n\n"
        first, begun, group = len(document.words), None, None
        for row in rows:
            misc = misc_of(row[9])
            if "-" in row[0]:
                group = (int(row[0].split("-")[1]), self.place(row[1], misc))
                document.tokens.append(group[1])
                span, begun = group[1], group[1][0] if begun is None else begun
                continue
            if group is None:
                span = self.place(row[1], misc)
                document.tokens.append(span)
                begun = span[0] if begun is None else begun
            head = int(row[6]) if row[6].isdigit() else None
            head = None if head is None else first + head - 1 if head else -1
            relation = row[7].split(":")[0]
            document.words.append(Word(row[1], row[2], row[3], row[4], head, relation, *span, group is not None))
            if group and int(row[0]) == group[0]:
                group = None
        document.sentences.append((begun, span[1]))


def read(lines, raw_of=None):
    """The documents of CoNLL-U lines. raw_of(name): the raw text the rows' start_char counts in, where it is known."""
    out, builder, rows, paragraph, name = [], None, [], False, "1"

    def flush():
        nonlocal builder, rows, paragraph
        if rows:
            if builder is None:
                raw = raw_of(name) if raw_of else None
                builder = Builder(name, None if raw is None else offsets(raw))
                out.append(builder.document)
            builder.sentence(rows, paragraph)
            rows, paragraph = [], False

    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            flush()
            builder, name = None, line.partition("=")[2].strip() or str(len(out) + 1)
        elif line.startswith("# newpar") and "newpar_" not in line:
            paragraph = True
        elif not line:
            flush()
        elif line[0] != "#":
            fields = line.split("\t")
            if len(fields) == 10 and "." not in fields[0]:
                rows.append(fields)
    flush()
    return out


def offsets(raw):
    """For each place in raw, how many characters before it are no white space."""
    out, count = [], 0
    for c in raw:
        out.append(count)
        count += not c.isspace()
    return out + [count]


def wrap(raw, width=80):
    """The text as conllu_to_text.pl of Universal Dependencies writes it: lines of at most `width` characters."""
    out = []
    for paragraph in raw.split("\n\n"):
        lines, line = [], ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > width:
                lines.append(line)
                line = word
            else:
                line = line + " " + word if line else word
        out.append("\n".join(lines + [line]))
    return "\n\n".join(out)


# ---- pairing words -----------------------------------------------------------------------------------------------------


def common(gold, system):
    """Pairs of the longest common subsequence of the forms, lower case."""
    a, b = [w.form.lower() for w in gold], [w.form.lower() for w in system]
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            best[i][j] = 1 + best[i + 1][j + 1] if a[i] == b[j] else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def pair_words(gold, system):
    """Indices (gold, system) of the words that are the same."""
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(system):
        g, s = gold[i], system[j]
        if not (g.multi or s.multi):
            if (g.start, g.end) == (s.start, s.end):
                pairs.append((i, j))
                i, j = i + 1, j + 1
            elif g.start <= s.start:
                i += 1
            else:
                j += 1
            continue
        # everything that overlaps the word written as one
        if g.multi and not s.multi and s.end <= g.start:
            j += 1
            continue
        if s.multi and not g.multi and g.end <= s.start:
            i += 1
            continue
        begin_i, begin_j, end = i, j, g.end if g.multi else s.end
        if g.multi and s.multi:
            end = min(g.end, s.end) if g.end <= s.start or s.end <= g.start else max(g.end, s.end)
        moved = True
        while moved:
            moved = False
            while i < len(gold) and gold[i].start < end:
                end = max(end, gold[i].end) if gold[i].multi else end
                i, moved = i + 1, True
            while j < len(system) and system[j].start < end:
                end = max(end, system[j].end) if system[j].multi else end
                j, moved = j + 1, True
        pairs += [(begin_i + a, begin_j + b) for a, b in common(gold[begin_i:i], system[begin_j:j])]
    return pairs


METRICS = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UAS", "LAS", "Lemmas")


class Scores:
    """Sums over documents; value(metric) is F1 in per cent, None where the system tells nothing of it."""

    def __init__(self):
        self.right, self.gold, self.system = collections.Counter(), collections.Counter(), collections.Counter()
        self.told = set(METRICS[:3])

    def count(self, metric, right, gold, system):
        self.right[metric] += right
        self.gold[metric] += gold
        self.system[metric] += system

    def add(self, gold, system):
        for metric, a, b in (("Tokens", gold.tokens, system.tokens), ("Sentences", gold.sentences, system.sentences)):
            self.count(metric, len(set(a) & set(b)), len(a), len(b))
        pairs = pair_words(gold.words, system.words)
        partner = {j: i for i, j in pairs}
        right = collections.Counter(Words=len(pairs))
        for i, j in pairs:
            g, s = gold.words[i], system.words[j]
            right["UPOS"] += g.upos == s.upos
            right["XPOS"] += g.xpos == s.xpos
            right["Lemmas"] += g.lemma == "_" or g.lemma == s.lemma
            at = s.head if s.head in (None, -1) else partner.get(s.head)
            hit = at is not None and at == g.head
            right["UAS"] += hit
            right["LAS"] += hit and g.relation == s.relation
        for metric in METRICS[2:]:
            self.count(metric, right[metric], len(gold.words), len(system.words))
        for w in system.words:
            if w.upos != "_":
                self.told.add("UPOS")
            if w.xpos != "_":
                self.told.add("XPOS")
            if w.lemma != "_":
                self.told.add("Lemmas")
            if w.head is not None:
                self.told |= {"UAS", "LAS"}

    def value(self, metric):
        if metric not in self.told or not self.gold[metric] + self.system[metric]:
            return None
        return 200 * self.right[metric] / (self.gold[metric] + self.system[metric])
