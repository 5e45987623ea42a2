"""The records that it writes: as the schemas say, and with the promises that a schema cannot tell."""
import json
import os

import schema
from harness import CHECKOUT, EXAMPLES, case

TALKS = os.path.join(CHECKOUT, "examples", "talks")

SCHEMAS = os.path.join(CHECKOUT, "doc", "schema")


def load(name):
    """The schema whose records say "dossier.NAME/1"."""
    for file in sorted(os.listdir(SCHEMAS)):
        if file.endswith(".json"):
            with open(os.path.join(SCHEMAS, file), encoding="utf-8") as opened:
                found = json.load(opened)
            if found.get("properties", {}).get("schema", {}).get("const") == f"dossier.{name}/1":
                return found
    raise AssertionError(f"no schema for dossier.{name}/1 in doc/schema")


def check(records, name):
    assert records
    rules = load(name)
    for record in records:
        flaws = schema.flaws_of(record, rules)
        assert not flaws, flaws[:5]


@case
def schemas_can_fail(place):
    for name, record in (("report", {"schema": "dossier.report/1"}), ("story", {"schema": "dossier.story/1", "id": 7}), ("copies", []), ("quotes", {"schema": "dossier.quotes/1"}), ("outcome", {"schema": "dossier.outcome/1", "outcome": "added"}), ("times", {"schema": "dossier.times/1", "times": [{}]}), ("figures", {"schema": "dossier.figures/1"}), ("numbers", {"schema": "dossier.numbers/1", "numbers": [{"model": 7}]}), ("events", {"schema": "dossier.events/1", "events": [{"type": "WAR"}]}), ("positions", {"schema": "dossier.positions/1", "positions": [{}]})):
        assert schema.flaws_of(record, load(name)), name


@case
def reports_fit_their_schema(place):
    check(place.run("extract", EXAMPLES).ends(0).records(), "report")
    check(place.run("read", "--json", EXAMPLES).ends(0).records(), "report")


@case
def stories_fit_their_schema(place):
    check(place.run("brief", "--json", EXAMPLES).ends(0).records(), "story")


@case
def quotes_fit_their_schema(place):
    records = place.run("quotes", "--json", EXAMPLES).ends(0).records()
    check(records, "quotes")
    reports = texts(place)
    found = [(reports[r["id"]]["text"], q) for r in records for q in r["quotes"]]
    assert len(found) >= 8
    for text, quote in found:
        assert text[quote["start"]:quote["end"]] == quote["text"], quote
    assert not any(quote["kind"] == "scare" for _, quote in found)


@case
def events_and_positions_fit_their_schemas(place):
    reports = {r["id"]: r for r in place.run("extract", TALKS).ends(0).records()}
    check(list(reports.values()), "report")
    for layer, least in (("events", 10), ("positions", 8)):
        records = place.run(layer, "--json", TALKS).ends(0).records()
        check(records, layer)
        found = [(reports[r["id"]]["text"], item) for r in records for item in r[layer]]
        assert len(found) >= least, (layer, len(found))
        for text, item in found:
            assert text[item["start"]:item["end"]] == item["text"], item
            assert text[item["action_start"]:item["action_end"]] == item["action"], item
            assert item["start"] <= item["action_start"] and item["action_end"] <= item["end"], item


@case
def events_as_gdelt_has_them(place):
    for version, columns in (("1", 58), ("2", 61)):
        rows = place.run("events", "--gdelt", version, TALKS).ends(0).lines()
        assert rows and all(row.count("\t") == columns - 1 for row in rows), version
        assert all(row.split("\t")[0].isdigit() and row.split("\t")[26].isdigit() for row in rows), version
    place.run("events", "--gdelt", "3", TALKS).ends(2)


@case
def rules_are_checked_line_by_line(place):
    place.run("lint-rules").ends(0)
    path = place.write("rules.tsv", b"verb\tgrumble\t-\tACCUSE\t-\t111\nverb\tgrumble\t-\tACCUSE\t-\t111\nverb\twhine\t-\tWHINE\nclass\tA\t@B\nclass\tB\t@A\nverb\t\xff\t-\tACCUSE\n")
    said = place.run("lint-rules", path).ends(1).out.decode()
    for line in (2, 3, 4, 6):
        assert f"{path}:{line}: " in said, (line, said)


@case
def quotations_of_a_story_stand_in_their_reports(place):
    """Every variant and each of its parts is the report's text, what it lacks is that of the first variant."""
    reports = texts(place)
    quotes = [q for s in place.run("brief", "--json", EXAMPLES).ends(0).records() for q in s["quotes"]]
    assert any(q["reports"] > 1 for q in quotes) and len(quotes) >= 5, len(quotes)
    for quote in quotes:
        first = quote["variants"][0]
        assert first["kind"] == "same" and not first["left_out"] and not first["added"], quote
        assert len({v["report"] for v in quote["variants"]}) == quote["reports"] <= len(quote["variants"]), quote
        for variant in quote["variants"]:
            for words in [variant, *variant["parts"], *variant["added"]]:
                assert reports[variant["report"]]["text"][words["start"]:words["end"]] == words["text"], words
            for words in variant["left_out"]:
                assert reports[first["report"]]["text"][words["start"]:words["end"]] == words["text"], words
            assert variant["kind"] != "cut" or (variant["left_out"] and not variant["added"]), variant


@case
def checks_fit_their_schema(place):
    """What is cited stands where it is said to stand: in the draft or in the report."""
    reports = texts(place)
    path = os.path.join(CHECKOUT, "examples", "drafts", "ferry-draft.txt")
    with open(path, encoding="utf-8") as file:
        draft = file.read()
    records = place.run("check", "--json", path, "--against", EXAMPLES).ends(4).records()
    check(records, "check")
    cited = {r["id"] for r in records[0]["reports"]}
    for sentence in records[0]["sentences"]:
        for words in [sentence, *sentence["missing"], *(c["draft"] for c in sentence["contradictions"] + sentence["details"])]:
            assert draft[words["start"]:words["end"]] == words["text"], words
        for words in sentence["carriers"] + sentence["contradictions"] + [d for d in sentence["details"] if d["report"]]:
            assert reports[words["report"]]["text"][words["start"]:words["end"]] == words["text"], words
            assert words["report"] in cited, words
        assert sentence["verdict"] != "carried" or sentence["reports"] >= sentence["independent"] > 0, sentence


@case
def a_claim_against_a_store(place):
    """The same answer as against the files, whatever was taken out meanwhile."""
    place.run("add", "--store", "news.store", EXAMPLES).ends(0)
    claims = [("Norrvik Lines declined to comment on the letters.", 0), ("Shares in Corvale closed down 9.1 percent.", 4),
              ("Nobody has ever been to the moon of Mars.", 0), ("...", 0)]
    for claim, status in claims:
        stored = place.run("check", "--json", "--claim", claim, "--store", "news.store").ends(status).records()
        files = place.run("check", "--json", "--claim", claim, "--against", EXAMPLES).ends(status).records()
        assert stored == files, claim
    first = place.run("check", "--json", "--claim", claims[1][0], "--store", "news.store").ends(4).records()[0]
    place.run("remove", "--store", "news.store", first["reports"][0]["id"]).ends(0)
    again = place.run("check", "--json", "--claim", claims[1][0], "--store", "news.store").records()[0]
    assert first["reports"][0]["id"] not in {r["id"] for r in again["reports"]}, again
    place.run("check", "--store", "news.store").ends(2)
    place.run("check", "--claim", "x", "--store", "a", "--against", EXAMPLES).ends(2)
    empty = place.write("empty.txt", "")
    place.run("check", empty, "--store", "news.store").ends(3)


@case
def differences_fit_their_schema(place):
    """What is new is told by new reports, and together with what was there before it is the story."""
    place.run("add", "--store", "news.store", EXAMPLES).ends(0)
    story = place.run("brief", "--json", EXAMPLES).ends(0).records()[0]
    stored = place.run("stories", "--json", "--store", "news.store").ends(0).records()[0]
    for since, before in (("2025-03-05", 4), ("2025-01-01", 0), ("2026", 6), ("2025-03-05T07:00Z", 5)):
        found = place.run("diff", stored["id"], "--since", since, "--json", "--store", "news.store").ends(0).records()
        check(found, "diff")
        new = {r["id"] for r in found[0]["reports"]}
        assert found[0]["reports_before"] == before and len(new) == 6 - before, (since, found[0]["reports_before"])
        if before == 0:
            assert len(found[0]["statements"]) == len(story["statements"]), since
        if before == 6:
            assert not any(found[0][name] for name in ("statements", "gained", "figures", "quotes", "disagreements")), since
        for item in found[0]["statements"] + found[0]["quotes"]:
            assert item["report"] in new, item
        for item in found[0]["gained"]:
            assert item["independent"] > item["independent_before"] > 0, item
        for item in found[0]["figures"]:
            assert {v["new"] for v in item["values"]} == {True, False}, item
        for item in found[0]["disagreements"]:
            assert any(side["new"] for side in item["sides"]), item
    place.run("diff", stored["id"], "--store", "news.store").ends(2)
    place.run("diff", "00000000", "--since", "2025", "--store", "news.store").ends(1)
    place.run("diff", stored["id"], "--since", "2025-02-31", "--store", "news.store").ends(1)


@case
def outlets_fit_their_schema(place):
    place.run("add", "--store", "news.store", EXAMPLES).ends(0)
    rows = place.run("outlets", "--json", "--store", "news.store").ends(0).records()
    check(rows, "outlets")
    by_name = {row["outlet"]: row for row in rows}
    assert sum(row["reports"] for row in rows) == 12, rows
    assert by_name["Inland Courier"]["own"] < 0.5 < by_name["The Ledger"]["own"], rows
    assert [t["name"] for t in by_name["Inland Courier"]["takes"]] == ["AFP"], rows
    month = place.run("outlets", "--json", "--since", "2025-03-01", "--until", "2025-03-31", "--store", "news.store").ends(0).records()
    assert sum(row["reports"] for row in month) == 7, month
    lines = place.run("outlets", "--csv", "--store", "news.store").ends(0).out.decode().splitlines()
    assert lines[0] == "outlet,what,of,count,share" and "Inland Courier,agency,AFP,1,0.7" in lines[-1] + "".join(lines), lines
    row = {"text": open(os.path.join(EXAMPLES, "ferry-1-wire.txt"), encoding="utf-8").read()}
    place.write("in.jsonl", "\n".join(json.dumps({**row, "id": str(i), "outlet": name, "published": f"2025-03-0{i}T09:00:00Z",
        "text": row["text"].replace("AFP", "our own correspondent").replace("Agence France-Presse is an international news agency.", "").replace("13", str(13 + i)) + f" Read it in {name}."})
        for i, name in enumerate(("The First", "The Second", "The Third"), 4)))
    place.run("add", "--store", "copies.store", place.path("in.jsonl")).ends(0)
    rows = {r["outlet"]: r for r in place.run("outlets", "--json", "--store", "copies.store").ends(0).records()}
    assert rows["The First"]["own"] == 1 and {t["name"] for t in rows["The First"]["carried_by"]} == {"The Second", "The Third"}, rows
    assert rows["The Third"]["own"] < 0.2 and rows["The Third"]["edits"]["number"] > 0, rows


@case
def copies_fit_their_schema(place):
    check(place.run("copies", "--json", EXAMPLES).ends(0).records(), "copies")


@case
def times_and_figures_fit_their_schemas(place):
    odd = place.write("odd.txt", "On 31 February 2021 about 3/4 of the 10,000,000,000,000,000,000,000,000 fish fled; by 999 or 3500, two or three "
                                 "may be back. Every Friday until the 1990s he paid $3 to $5 million, some 20% of it in week 3 of 2027.\n")
    for name, call in (("times", ["times", "--json"]), ("figures", ["figures", "--json"]), ("numbers", ["figures", "--json", "--all"])):
        records = place.run(*call, EXAMPLES, odd).ends(0).records()
        check(records, name)
        assert any(record[name] for record in records)


@case
def outcomes_fit_their_schema(place):
    place.write("in/a.txt", "The bridge opens on Monday, the mayor said, and there will be cake.\n")
    place.write("in/empty.txt", "")
    row = {"id": "7", "url": "https://paper.example/7", "outlet": "The Paper", "text": "The bridge opens on Monday, the mayor said."}
    place.write("in/b.jsonl", json.dumps(row) + "\n" + json.dumps({**row, "text": row["text"] + " There is cake."}) + "\n")
    records = place.add("--json", place.path("in"), place.path("in/a.txt")).ends(3).records()
    check(records, "outcome")
    assert {r["outcome"] for r in records} == {"added", "already_there", "new_version", "set_aside"}, records


def texts(place):
    return {r["id"]: r for r in place.run("extract", EXAMPLES).ends(0).records()}


@case
def text_of_a_plain_file_is_the_file(place):
    for record in texts(place).values():
        if record["source"]["format"] == "text":
            with open(record["source"]["path"], "rb") as file:
                raw = file.read()
            encoding = "utf-16" if raw[:2] == b"\xff\xfe" else "windows-1252" if "tribune" in record["source"]["path"] else "utf-8"
            assert record["text"] == raw.decode(encoding).lstrip("\ufeff"), record["source"]["path"]


@case
def spans_are_in_range_and_ordered(place):
    for record in texts(place).values():
        length = len(record["text"])
        for layer in ("furniture", "sentences", "quotes", "names", "times", "figures", "events", "positions"):
            spans = [(s["start"], s["end"]) for s in record[layer]]
            assert all(0 <= start < end <= length for start, end in spans), (record["source"]["path"], layer)
            assert spans == sorted(spans), (record["source"]["path"], layer)
        for layer in ("furniture", "sentences"):
            spans = record[layer]
            assert all(a["end"] <= b["start"] for a, b in zip(spans, spans[1:])), (record["source"]["path"], layer)
        for sentence in record["sentences"]:
            shown = record["text"][sentence["start"]:sentence["end"]]
            assert shown == shown.strip() and shown, shown


def without_furniture(report):
    text = list(report["text"])
    for item in report["furniture"]:
        text[item["start"]:item["end"]] = " " * (item["end"] - item["start"])
    return "".join(text)


@case
def passages_stand_in_their_reports(place):
    """The text outside the edits and the furniture is the same on both sides, but for case, marks and white space."""
    words = lambda s: [w for w in "".join(c if c.isalnum() else " " for c in s.lower()).split()]
    reports = texts(place)
    pairs = [p for s in place.run("brief", "--json", EXAMPLES).ends(0).records() for p in s["reuse"]]
    assert len(pairs) >= 4, len(pairs)
    for pair in pairs:
        a, b = reports[pair["from"]]["text"], reports[pair["to"]]["text"]
        bare_a, bare_b = without_furniture(reports[pair["from"]]), without_furniture(reports[pair["to"]])
        assert pair["words"] >= pair["words_quoted"] and 0 < pair["share_of_from"] <= 1 and 0 < pair["share_of_to"] <= 1
        for passage in pair["passages"]:
            at, to, left, right = passage["from_start"], passage["to_start"], [], []
            for edit in passage["edits"]:
                assert a[edit["from_start"]:edit["from_end"]] == edit["from"] and b[edit["to_start"]:edit["to_end"]] == edit["to"], edit
                left += words(bare_a[at:edit["from_start"]])
                right += words(bare_b[to:edit["to_start"]])
                at, to = edit["from_end"], edit["to_end"]
            left += words(bare_a[at:passage["from_end"]])
            right += words(bare_b[to:passage["to_end"]])
            if left != right:
                at = next((k for k, (x, y) in enumerate(zip(left, right)) if x != y), min(len(left), len(right)))
                raise AssertionError(f"outside the edits: {left[at - 4:at + 6]} in one, {right[at - 4:at + 6]} in the other")


def by_name(place, reports):
    name = lambda r: r["source"]["record"] if r["source"]["format"] == "jsonl" else os.path.basename(r["source"]["path"])
    return {i: name(r) for i, r in reports.items()}


FERRY = {"ferry-1-wire.txt", "ferry-2-harbour-post.txt", "courier-77120", "ferry-4-vell-observer.html", "capital-2025-03-04-6", "ledger-a91"}
BANK = {"bank-1-wire.txt", "bank-2-tribune.txt", "farm-11-10", "bank-4-evening-mail.txt", "purse-58"}


@case
def the_examples_are_two_stories_and_one_alone(place):
    name = by_name(place, texts(place))
    got = [{name[r["id"]] for r in s["reports"]} for s in place.run("brief", "--json", EXAMPLES).ends(0).records()]
    assert got == [FERRY, BANK, {"garden.txt"}], got


@case
def copies_in_the_examples_are_the_planted_ones(place):
    name = by_name(place, texts(place))
    pairs = {frozenset((name[p["from"]], name[p["to"]])) for p in place.run("copies", "--json", EXAMPLES).ends(0).records()}
    planted = [("ferry-1-wire.txt", "ferry-2-harbour-post.txt", "courier-77120"), ("bank-1-wire.txt", "bank-2-tribune.txt", "farm-11-10")]
    assert pairs == {frozenset(p) for a, b, c in planted for p in ((a, b), (a, c), (b, c))}, pairs


@case
def planted_edits_are_found(place):
    edits = {(e["from"], e["to"], e["kind"]) for p in place.run("copies", "--json", EXAMPLES).ends(0).records() for q in p["passages"] for e in q["edits"]}
    both = edits | {(b, a, k) for a, b, k in edits}
    said = {(a, b) for a, b, _ in both}
    kinds = lambda a, b: {k for x, y, k in both if a in x.split() and b in y.split()}
    assert any("13" in a and "14" in b for a, b in said), "13 -> 14"
    assert kinds("13", "14") == {"number"}, kinds("13", "14")
    assert any("apparent" in b and "apparent" not in a for a, b in said), "an apparent failure"
    assert any("Andrei" in a and "Andriy" in b for a, b in said), "Andrei -> Andriy"
    assert any("might" in b and "would" in a for a, b in said), "would -> might"


@case
def wire_is_named(place):
    name = by_name(place, texts(place))
    wires = {frozenset((name[p["from"]], name[p["to"]])): p["wire"] for p in place.run("copies", "--json", EXAMPLES).ends(0).records()}
    assert wires[frozenset(("ferry-1-wire.txt", "ferry-2-harbour-post.txt"))] == "AFP", wires
    assert wires[frozenset(("bank-1-wire.txt", "bank-2-tribune.txt"))] == "Reuters", wires
