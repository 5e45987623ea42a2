"""Reports that come in over time: what comes of them does not hang on how they are handed over, and an accident loses nothing."""
import json
import os
import random
import sqlite3
import time

from harness import EXAMPLES, case, report
from records import check

TABLES = {"report": "sequence", "path": "report, ordinal", "story": "position", "member": "story, ordinal", "chunk": "family, key", "learnt": "place"}


def rows_of(store, *tables):
    """Everything in the store, row for row; of some tables where they are named."""
    db = sqlite3.connect(store)
    try:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY {TABLES[table]}").fetchall() for table in tables or TABLES}
    finally:
        db.close()


WORDS = "harbour ferry strike vote bridge flood court school market storm ministry border train hospital grain port miners budget".split()


def burst(seed, count):
    """Reports of invented stories, some copied in part from others, some without a date, over two months."""
    chance = random.Random(seed)
    stories = [[chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(25)] for _ in range(max(3, count // 6))]
    rows = []
    for i in range(count):
        at = chance.randrange(len(stories))
        text = [" ".join(chance.choice(stories[at]) for _ in range(12)).capitalize() + "." for _ in range(6)]
        if rows and chance.random() < .15:
            text = chance.choice(rows[-30:])["text"].split("\n")[: chance.randrange(3, 7)] + text[:2]
        row = {"id": f"r{i}", "outlet": f"The {chance.choice(WORDS).capitalize()} Post", "text": "\n".join(text)}
        if chance.random() < .9:
            row["published"] = f"2031-{3 + i * 2 // count:02}-{1 + (i * 50 // count) % 28:02}"
        rows.append(row)
    return rows


def lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@case
def however_it_is_cut_the_store_is_the_same(place):
    """Each report is a file of its own, so that its record does not tell where in a larger one it stood."""
    files = [place.write(f"in/{i:03}.jsonl", lines([row])) for i, row in enumerate(burst(1, 90))]
    place.add(*files).ends(0)
    whole = rows_of(place.store)
    for step in (1, 7, 40):
        other = place.path(f"store-{step}")
        for i in range(0, len(files), step):
            place.run("add", "--store", other, *files[i:i + step]).ends(0)
        assert rows_of(other) == whole, step
        place.run("verify", "--store", other).ends(0)


@case
def killed_between_and_within_batches(place):
    """More reports than a batch has: what was committed stays, the same call goes on, and the end is that of an undisturbed run."""
    many = place.write("many.jsonl", lines(burst(2, 1300)))
    started = time.monotonic()
    place.add(many).ends(0)
    took, whole = time.monotonic() - started, rows_of(place.store)
    other, kept = place.path("other"), set()
    for step in range(6):
        running = place.start("add", "--store", other, "--quiet", many)
        time.sleep(took * (step + 1) / 7)
        running.kill()
        running.communicate()
        if os.path.exists(other):
            ran = place.run("verify", "--store", other).ends(0, 1)
            assert ran.status == 0 or ran.says("nothing has been taken")
            kept.add(ran.out)
    assert len(kept) > 1, kept
    place.run("add", "--store", other, many).ends(0)
    assert rows_of(other) == whole


@case
def an_interrupted_add_keeps_whole_batches_and_says_so(place):
    many = place.write("many.jsonl", lines(burst(3, 2500)))
    running = place.start("add", "--store", place.store, "--quiet", many)
    for _ in range(200):
        time.sleep(.05)
        if os.path.exists(place.store) and place.run("stories", "--json", "--store", place.store).out:
            break
    running.send_signal(2)
    _, err = running.communicate(timeout=60)
    if running.returncode != 0:  # else it was done before the signal came
        assert b"512" in err or b"1024" in err or b"1536" in err or b"2048" in err, err
    place.whole()


@case
def stories_are_chosen_and_sorted(place):
    rows = [("a", "2031-03-01", "A", 1), ("b", "2031-03-02", "B", 1), ("c", "2031-03-03", "A", 1), ("d", "2031-04-20", "C", 2), ("e", "2031-04-21", "D", 2), ("f", None, "E", 3)]
    bodies = {1: "The ferry Corvina struck a reef off Lowmoor on Monday and all ninety passengers were taken ashore by trawlers.", 2: "Voters in Highbury elected Petra Vane as mayor after a recount of postal ballots that took nine days.", 3: "A gardener grew a bean as long as a cat."}
    tails = ["Harbour master Ola Brandt praised the crews.", "An inquiry opens next week.", "The ferry Corvina had passed its inspection."]
    place.add(place.write("in.jsonl", lines([{"id": i, "published": day, "outlet": outlet, "title": bodies[s].split(" on ")[0], "text": f"{bodies[s]} {tails[n % 3]}"} for n, (i, day, outlet, s) in enumerate(rows)]))).ends(0)

    def ask(*options):
        return place.run("stories", "--json", "--store", place.store, *options).ends(0).records()

    every = ask()
    check(every, "summary")
    assert [s["reports"] for s in every] == [3, 2, 1], every
    assert [s["reports"] for s in ask("--min-reports", "2")] == [3, 2]
    assert [s["reports"] for s in ask("--since", "2031-04-01")] == [2]
    assert [s["reports"] for s in ask("--sort", "latest")] == [2, 3, 1]
    assert [s["reports"] for s in ask("--sort", "reports")] == [3, 2, 1]
    assert {s["reports"]: s["independent"] for s in every}[3] <= 2, "two reports of one outlet are one newsroom"
    assert place.run("stories", "--store", place.store, "--min-reports", "9").ends(0).out.strip()
    place.run("stories", "--store", place.store, "--since", "soon").ends(2).says("soon", "2022-01-11")
    place.run("stories", "--store", place.store, "--sort", "size").ends(2)
    place.run("stories", "--store", place.store, "--min-reports", "0").ends(2)


@case
def why_tells_words_names_and_copies(place):
    place.add("--json", EXAMPLES).ends(0)
    ids = [r["id"] for r in place.run("read", "--json", EXAMPLES).ends(0).records()]
    said = place.run("why", "--json", "--store", place.store, *ids).ends(0).records()
    check(said, "why")
    assert [w["report"] for w in said] == ids
    joined = [w for w in said if not w["opened"]]
    assert joined and any(s["kind"] == "name" for w in joined for s in w["shared"]) and any(w["copies"] for w in joined)
    stories = {s["id"] for s in place.run("stories", "--json", "--store", place.store).ends(0).records()}
    for w in said:
        assert w["story"] in stories, w
        for score in filter(None, (w["best"], w["second"])):
            assert abs(score["score"] - sum(score[k] for k in ("base", "words", "title", "lead", "names", "dates", "copied"))) < .002, score
        assert w["opened"] == (w["best"] is None or w["best"]["score"] < w["joins_from"]), w
        assert w["moved"] or w["opened"] or w["best"]["story"] == w["story"], w
    plain = place.run("why", "--store", place.store, joined[0]["report"][:8]).ends(0).out.decode()
    assert joined[0]["shared"][0]["text"] in plain
    place.run("why", "--store", place.store, "0" * 32).ends(1).says("0" * 32)
    place.run("why", "--store", place.store, "no-id").ends(2)


@case
def an_older_version_stays_readable(place):
    row = {"id": "7", "url": "https://paper.example/7", "outlet": "The Paper", "published": "2031-05-01", "title": "The bridge is mended", "text": report(1, 120)}
    first = place.add("--json", place.write("1.jsonl", lines([row]))).ends(0).records()[0]["id"]
    story = place.run("stories", "--json", "--store", place.store).ends(0).records()[0]["id"]
    row["text"] = row["text"].replace("Tuesday", "Wednesday")
    second = place.add("--json", place.write("2.jsonl", lines([row]))).ends(0).records()[0]
    assert (second["outcome"], second["previous"]) == ("new_version", first)
    listed = place.run("stories", "--json", "--store", place.store).ends(0).records()
    assert [(s["id"], s["reports"]) for s in listed] == [(story, 1)], "the story keeps its id, and counts one of them"
    shown = place.run("show", "--json", "--store", place.store, first).ends(0).records()[0]
    assert [r["id"] for r in shown["reports"]] == [first, second["id"]]
    edits = [e for reuse in shown["reuse"] for p in reuse["passages"] for e in p["edits"]]
    assert {(e["from"], e["to"]) for e in edits} & {("Tuesday", "Wednesday"), ("Wednesday", "Tuesday")}, edits
    assert place.run("why", "--json", "--store", place.store, first).ends(0).records()[0]["story"] is None
    place.whole()
    place.run("remove", "--store", place.store, second["id"]).ends(0)
    place.whole()
    shown = place.run("show", "--json", "--store", place.store, first).ends(0).records()[0]
    assert [r["id"] for r in shown["reports"]] == [first], "it stands for itself again"
    place.add(place.path("2.jsonl")).ends(0)
    place.whole()


@case
def dates_that_cannot_be_right(place):
    """Of the future, of long ago, none at all, and a set taken in backwards: every report is in one story, and the next ones go on."""
    days = ["2031-03-01", "9999-12-31", "1970-01-01", None, "2031-03-02", "1066-10-14", "2031-02-30", "2031-03-03"]
    rows = [{"id": str(i), "published": day, "text": "The ferry Corvina struck a reef off Lowmoor and ninety passengers were taken ashore by trawlers. " + report(i, 24)} for i, day in enumerate(days * 40)]
    place.add(place.write("in.jsonl", lines(rows))).ends(0)
    place.add(place.write("back.jsonl", lines([dict(row, id="b" + row["id"], published=f"2030-{12 - i // 30:02}-{28 - i % 28:02}", text=row["text"] + "More.") for i, row in enumerate(rows)]))).ends(0)
    listed = place.run("stories", "--json", "--store", place.store).ends(0).records()
    assert sum(s["reports"] for s in listed) == 2 * len(rows), listed
    place.whole()


@case
def the_same_text_under_two_outlets(place):
    rows = [{"id": "1", "outlet": outlet, "published": "2031-05-01", "text": report(1, 200)} for outlet in ("The Paper", "The Post")]
    place.add(place.write("in.jsonl", lines(rows))).ends(0)
    listed = place.run("stories", "--json", "--store", place.store).ends(0).records()
    assert [(s["reports"], s["independent"]) for s in listed] == [(2, 1)], listed
    place.whole()


@case
def everything_goes_and_comes_back(place):
    place.add("--json", EXAMPLES).ends(0)
    before = place.shown()
    ids = [r["id"] for r in place.run("read", "--json", EXAMPLES).ends(0).records()]
    place.run("remove", "--store", place.store, *ids[::2]).ends(0)
    place.whole()
    place.run("remove", "--store", place.store, *ids[1::2]).ends(0)
    place.whole()
    assert place.shown() == b""
    place.add("--json", EXAMPLES).ends(0)
    place.whole()
    assert place.shown() == before, "the same ids again"


def page(number, extra=""):
    """A page of an outlet that has the same lines around every article."""
    return f"""<html><head><title>Story {number}</title><link rel="canonical" href="https://paper.example/{number}.html"></head><body><article>
<h1>Bridge {number} is to be mended</h1><p>{report(number, 90)}</p><p>{report(number + 500, 60)} {extra}</p>
<p>Follow our newsroom for all the news of your region every day</p><p>Your town, your paper, your morning</p></article></body></html>"""


@case
def what_pages_teach_is_learnt_as_they_come(place):
    """One by one or at once, with a new version and a removal: verify learns all of it anew and finds the same."""
    files = [place.write(f"in/{i:02}.html", page(i)) for i in range(9)]
    for file in files:
        place.add(file).ends(0)
        place.whole()
    other = place.path("other")
    place.run("add", "--store", other, *files).ends(0)
    assert rows_of(other) == rows_of(place.store)
    assert rows_of(place.store, "learnt")["learnt"][0][1], "something was learnt"
    place.add(place.write("in/03.html", page(3, "It will take a year."))).ends(0)
    place.whole()
    ids = [r["id"] for r in place.run("read", "--json", *files).ends(0).records()]
    place.run("remove", "--store", place.store, *ids[:4]).ends(0)
    place.whole()
    place.run("remove", "--store", place.store, *ids[4:]).ends(0)
    place.whole()


@case
def footers_of_plain_text_are_learnt(place):
    """As those of pages are; of more reports than each teaches; and the store does not hang on how they were handed over."""
    footer = "The Valley Courier is printed on paper from the woods of the valley since the days of the old bridge."
    text = lambda i: f"{report(i, 60)}\n\n{report(i + 1000, 40)}\n\n{footer if i % 3 else report(i + 2000, 20)}"
    rows = [{"id": f"r{i}", "outlet": "Valley Courier", "text": text(i)} for i in range(150)]
    files = [place.write(f"in/{i:03}.jsonl", lines([row])) for i, row in enumerate(rows)]
    place.add(*files).ends(0)
    place.whole()
    for step in (13, 70):
        other = place.path(f"store-{step}")
        for i in range(0, len(files), step):
            place.run("add", "--store", other, *files[i:i + step]).ends(0)
        assert rows_of(other) == rows_of(place.store), step
    ids = [r["id"] for r in place.run("read", "--json", *files[:2]).ends(0).records()]
    assert rows_of(place.store, "learnt")["learnt"][0][1], "something was learnt"
    found = [place.run("show", "--store", place.store, one).ends(0).out.decode() for one in ids]
    assert "woods of the valley" not in found[1].split("THE ACCOUNT")[-1], found[1]
    place.run("remove", "--store", place.store, *ids).ends(0)
    place.whole()


def wait_until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(.05)


@case
def a_folder_is_watched(place):
    """What is there, what is written, what is moved in, what comes in a new folder and its folders; not what is hidden."""
    os.makedirs(place.path("in", "early"))
    place.write("in/early/0.txt", report(0))
    place.write("in/.hidden.txt", report(90))
    running = place.start("watch", "--json", "--store", place.store, place.path("in"))
    try:
        def known():
            if not os.path.exists(place.store):
                return 0
            ran = place.run("stories", "--json", "--store", place.store)
            return sum(s["reports"] for s in ran.records()) if ran.status == 0 else 0

        wait_until(lambda: known() == 1)
        place.write("in/1.txt", report(1))
        wait_until(lambda: known() == 2)
        place.write("elsewhere.txt", report(2))
        os.rename(place.path("elsewhere.txt"), place.path("in", "2.txt"))
        place.write("in/late/deep/3.txt", report(3))
        wait_until(lambda: known() == 4)
        place.write("in/late/deep/4.txt", report(4))
        place.write("in/bad.txt", b"")
        wait_until(lambda: known() == 5)
        place.run("add", "--store", place.store, place.write("other.txt", report(5))).ends(0)  # another process between
        place.write("in/6.txt", report(6))
        wait_until(lambda: known() == 7)
        running.send_signal(2)
        out, err = running.communicate(timeout=30)
    finally:
        running.kill()
    assert running.returncode == 3 and b"bad.txt" in err and b"Sanitizer" not in err, (running.returncode, err)
    told = [json.loads(line) for line in out.decode().splitlines()]
    check(told, "outcome")
    assert sorted(os.path.basename(r["path"]) for r in told if r["outcome"] == "added") == ["0.txt", "1.txt", "2.txt", "3.txt", "4.txt", "6.txt"], told
    place.whole()
    place.run("watch", "--store", place.store, place.path("none")).ends(1).says("none")
    place.run("watch", "--store", place.store, place.path("other.txt")).ends(1).says("other.txt")


@case
def two_long_adds_at_once(place):
    """Each goes on where the other has put something between its batches."""
    files = [place.write(f"{k}.jsonl", lines([dict(row, id=f"{k}-{row['id']}") for row in burst(10 + k, 800)])) for k in range(2)]
    both = [place.start("add", "--store", place.store, "--quiet", file) for file in files]
    for running in both:
        _, err = running.communicate(timeout=200)
        assert running.returncode == 0, err
    assert sum(s["reports"] for s in place.run("stories", "--json", "--store", place.store).ends(0).records()) == 1600
    place.whole()
    for file in files:
        place.add(file).ends(0)
    place.whole()
