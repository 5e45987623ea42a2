"""What people feed in by mistake, and what others feed in on purpose: one clear sentence each, the other reports go on."""
import json
import os
import random

import harness
from harness import EXAMPLES, case, report

GOOD = report(1) + "\n" + report(2)


def set_aside(place, name, content, *words, status=3):
    """`content` is set aside by name with a reason; the good report beside it is read."""
    good = place.write("good.txt", GOOD)
    bad = place.write(name, content)
    ran = place.run("read", "--json", bad, good).ends(status).says(name, *words)
    paths = [r["source"]["path"] for r in ran.records()]
    assert paths == [good], paths
    complaints = [line for line in ran.err.decode().splitlines() if name in line]
    assert len(complaints) == 1, f"one sentence expected, got {complaints}"


def taken(place, name, content, *texts):
    """`content` is read; its text has `texts`."""
    ran = place.run("read", "--json", place.write(name, content)).ends(0)
    records = ran.records()
    assert len(records) == 1, records
    for text in texts:
        assert text in records[0]["text"], (text, records[0]["text"][:300])
    return records[0]


@case
def empty_file(place):
    set_aside(place, "empty.txt", b"", "empty")


@case
def nothing_but_white_space(place):
    set_aside(place, "blank.txt", b" \n\t\r\n\n")


@case
def zero_bytes(place):
    set_aside(place, "zeros.txt", b"\0" * 5000)


@case
def a_binary(place):
    set_aside(place, "photo.txt", b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(20000))


@case
def random_bytes(place):
    set_aside(place, "noise.txt", random.Random(2).randbytes(50000))


@case
def an_executable(place):
    with open(place.dossier, "rb") as file:
        set_aside(place, "program", file.read(100000))


@case
def a_compressed_file(place):
    import gzip
    set_aside(place, "reports.txt.gz", gzip.compress(GOOD.encode()))


@case
def formats_that_cannot_be_read_yet_say_so(place):
    set_aside(place, "feed.xml", '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A</title></channel></rss>\n', "rss")


@case
def a_few_nuls_in_a_text(place):
    ran = place.run("read", "--json", place.write("nul.txt", GOOD.replace("bridge", "bri\0dge", 1)))
    ran.ends(0, 3)
    for record in ran.records():
        json.dumps(record)


@case
def windows_1252(place):
    taken(place, "western.txt", ("The café on Rue Élysée said: “No” – " + GOOD).encode("windows-1252"), "café", "“No” –")


@case
def utf_16_with_and_without_mark(place):
    for name, encoding, mark in (("le.txt", "utf-16-le", b"\xff\xfe"), ("be.txt", "utf-16-be", b"\xfe\xff")):
        taken(place, name, mark + ("Über the café. " + GOOD).encode(encoding), "Über the café")


@case
def utf_8_with_mark(place):
    record = taken(place, "bom.txt", b"\xef\xbb\xbf" + GOOD.encode())
    assert record["text"].lstrip("\ufeff").startswith("The council")


@case
def cyrillic_in_windows_1251(place):
    text = "Совет города во вторник решил починить старый мост через реку до зимы, сообщил мэр города журналистам. " * 4
    taken(place, "cyrillic.txt", text.encode("windows-1251"), "Совет города")


@case
def mixed_encodings(place):
    ran = place.run("read", "--json", place.write("mixed.txt", "Café ".encode() + "Café ".encode("latin-1") + GOOD.encode())).ends(0, 3)
    for record in ran.records():
        assert "The council" in record["text"]


@case
def other_languages_are_read_and_grouped(place):
    text = ("Der Gemeinderat hat am Dienstag beschlossen, die alte Brücke über den Fluss noch vor dem Winter zu sanieren. "
            "Das teilte die Bürgermeisterin nach der Sitzung mit. Die Kosten werden auf zwei Millionen Kronen geschätzt. ")
    a, b = place.write("a.txt", text * 2 + "Die Arbeiten beginnen im Mai.\n"), place.write("b.txt", text * 2 + "Der Verkehr wird umgeleitet.\n")
    records = place.run("extract", a, b).ends(0).records()
    assert [r["meta"]["language"] for r in records] == ["de", "de"]
    assert all(any("annotat" in w for w in r["warnings"]) for r in records), records[0]["warnings"]
    stories = place.run("brief", "--json", a, b).ends(0).records()
    assert len(stories) == 1 and len(stories[0]["reports"]) == 2


@case
def truncated_json_line(place):
    good = json.dumps({"id": "1", "text": GOOD})
    file = place.write("cut.jsonl", good + "\n" + json.dumps({"id": "2", "text": report(9)})[:-20] + "\n" + good.replace('"1"', '"3"') + "\n")
    ran = place.run("read", "--json", file).ends(3).says("cut.jsonl", "2")
    assert [r["source"]["record"] for r in ran.records()] == ["1", "3"]


@case
def nested_json_line(place):
    deep = '{"id":"2","text":' + "[" * 100000 + "]" * 100000 + "}"
    file = place.write("deep.jsonl", json.dumps({"id": "1", "text": GOOD}) + "\n" + deep + "\n" + json.dumps({"id": "3", "text": report(3)}) + "\n")
    ran = place.run("read", "--json", file).ends(3).says("deep.jsonl")
    assert [r["source"]["record"] for r in ran.records()] == ["1", "3"]


@case
def json_lines_that_are_no_reports(place):
    rows = ["17", "null", "[]", '"text"', '{"id":"5"}', '{"id":"6","text":null}', '{"id":"7","text":17}', '{"id":"8","text":""}',
            '{"id":"9","text":"a' + "\\ud800" + ' lone surrogate"}', "", "{", "}"]
    file = place.write("odd.jsonl", json.dumps({"id": "1", "text": GOOD}) + "\n" + "\n".join(rows) + "\n" + json.dumps({"id": "last", "text": report(3)}) + "\n")
    ran = place.run("read", "--json", file).ends(3).says("odd.jsonl")
    ids = [r["source"]["record"] for r in ran.records()]
    assert ids[0] == "1" and ids[-1] == "last" and "7" not in ids and "5" not in ids, ids


@case
def a_date_that_cannot_be_read_is_no_date(place):
    for date in ("soon", "2022-02-31", "0000-00-00", "99999999", 17, {"a": 1}, "2022-13-01T25:61:00Z"):
        file = place.write("dates.jsonl", json.dumps({"id": "1", "text": "No day is named here, and no year. Traders went home.", "published": date}) + "\n")
        records = place.run("read", "--json", file).ends(0).records()
        assert records[0]["meta"]["published"] is None, (date, records[0]["meta"])
        assert records[0]["warnings"], f"no warning for {date!r}"


@case
def unreadable_file(place):
    if os.geteuid() == 0:
        return unreadable_for_root(place)
    good, bad = place.write("good.txt", GOOD), place.write("secret.txt", GOOD)
    os.chmod(bad, 0)
    place.run("read", "--json", bad, good).ends(3).says("secret.txt", "permission")


def unreadable_for_root(place):
    """Root may read everything but this."""
    good = place.write("good.txt", GOOD)
    place.run("read", "--json", "/proc/self/mem", good).ends(3).says("/proc/self/mem")


@case
def missing_file(place):
    good = place.write("good.txt", GOOD)
    ran = place.run("read", "--json", place.path("gone.txt"), good).ends(3).says("gone.txt")
    assert len(ran.records()) == 1


@case
def missing_folder_among_good_ones(place):
    place.write("here/a.txt", GOOD)
    ran = place.run("brief", "--json", place.path("here"), place.path("vanished")).ends(3).says("vanished")
    assert len(ran.records()) == 1


@case
def links_that_lead_in_circles_or_nowhere(place):
    place.write("folder/a.txt", GOOD)
    os.symlink("..", place.path("folder", "circle"))
    os.symlink("nowhere", place.path("folder", "broken.txt"))
    ran = place.run("read", "--json", place.path("folder")).ends(0, 3)
    assert len(ran.records()) == 1


@case
def an_empty_folder(place):
    os.mkdir(place.path("void"))
    ran = place.run("brief", place.path("void"))
    ran.ends(0, 3)
    assert ran.err or ran.out, "an empty folder should be told of"


@case
def pipes_and_devices_in_a_folder_do_not_hang(place):
    place.write("folder/a.txt", GOOD)
    os.mkfifo(place.path("folder", "pipe"))
    ran = place.run("read", "--json", place.path("folder"), timeout=60).ends(0, 3)
    assert len(ran.records()) == 1


@case
def file_names_that_are_odd(place):
    for name in ("with blank.txt", "-dash.txt", "new\nline.txt", "umläut.txt", "quote\".txt"):
        place.write("odd/" + name, GOOD + name)
    with open(os.path.join(os.fsencode(place.path("odd")), b"bad\xff.txt"), "w") as file:
        file.write(GOOD + "bytes")
    ran = place.run("read", "--json", place.path("odd")).ends(0)
    assert len(ran.records()) == 6
    place.run("brief", place.path("odd")).ends(0)


@case
def a_long_line(place):
    """Linear time: 8 MB in one line, without a blank, and with nothing but quotation marks."""
    for name, content in (("words.txt", "word " * 1600000), ("letters.txt", "a" * 8000000), ("marks.txt", "“ " * 1500000),
                          ("straight.txt", '" ' * 2000000), ("stops.txt", "A. " * 2000000), ("brackets.txt", "(" * 4000000),
                          ("lines.txt", "READ MORE: x\n" * 400000)):
        place.run("extract", place.write(name, content), timeout=100).ends(0, 3)


@case
def longer_than_a_report_may_be(place):
    good = place.write("good.txt", GOOD)
    path = place.path("huge.txt")
    with open(path, "wb") as file:
        file.truncate(2 << 30)  # two gigabytes, none of them on the disk
    ran = place.run("read", "--json", path, good, memory=1 << 30).ends(3).says("huge.txt")
    assert len(ran.records()) == 1


@case
def a_two_gigabyte_line_in_a_container(place):
    path = place.path("long.jsonl")
    with open(path, "wb") as file:
        file.write(json.dumps({"id": "1", "text": GOOD}).encode() + b"\n" + b'{"id":"2","text":"')
        file.truncate(2 << 30)
        file.seek(0, 2)
        file.write(b'"}\n' + json.dumps({"id": "3", "text": report(3)}).encode() + b"\n")
    ran = place.run("read", "--json", path, memory=1 << 30, timeout=200).ends(3).says("long.jsonl")
    assert [r["source"]["record"] for r in ran.records()] == ["1", "3"]


@case
def output_that_cannot_be_written(place):
    for call in (["brief", EXAMPLES], ["brief", "--json", EXAMPLES], ["extract", EXAMPLES], ["version"], ["--help"], ["read", EXAMPLES]):
        with open("/dev/full", "wb") as full:
            place.run(*call, out=full).ends(1).says("standard output", "written")


@case
def a_reader_that_goes_away(place):
    running = place.start("extract", EXAMPLES)
    running.stdin.close()
    running.stdout.close()
    err = running.stderr.read()
    assert running.wait(60) in (0, 1, -13, 141) and b"Sanitizer" not in err, (running.returncode, err)
    running.stderr.close()


@case
def a_table_that_is_wrong(place):
    file = place.write("a.txt", GOOD)
    for name, content, word in (("none.csv", None, "none.csv"), ("nopath.csv", "outlet,published\nA,2022-01-01\n", "path"),
                                ("strange.csv", "path,colour\na.txt,red\n", "colour"), ("open.csv", 'path,outlet\na.txt,"never closed\n', "2"),
                                ("empty.csv", "", "empty.csv")):
        if content is not None:
            place.write(name, content)
        place.run("read", "--json", "--meta", place.path(name), file).ends(1, 2).says(name, word)


@case
def a_table_fills_what_a_report_does_not_state(place):
    place.write("in/a.txt", "No day is named here, and no year. Traders went home.")
    place.write("in/b.txt", "Nothing is stated here either. Traders stayed.")
    place.write("in/meta.csv", 'path,published,outlet,authors\na.txt,2031-05-06,"The ""Paper"", Ltd",Ann Lee;Bo Ray\nb.txt,never,,\n')
    ran = place.run("read", "--json", "--meta", place.path("in/meta.csv"), place.path("in/a.txt"), place.path("in/b.txt")).ends(0)
    a, b = ran.records()
    assert (a["meta"]["published"], a["meta"]["published_from"]) == ("2031-05-06", "metadata")
    assert a["meta"]["outlet"] == 'The "Paper", Ltd' and a["meta"]["authors"] == ["Ann Lee", "Bo Ray"]
    assert b["meta"]["published"] is None and b["warnings"]


@case
def options_fill_what_a_report_does_not_state(place):
    a = place.write("a.txt", "No day is named here, and no year. Traders went home.")
    meta = place.run("read", "--json", "--published", "2031-05-06T07:08", "--outlet", "The Paper", a).ends(0).records()[0]["meta"]
    assert (meta["published"], meta["published_from"], meta["outlet"]) == ("2031-05-06T07:08", "option", "The Paper"), meta


@case
def standard_input(place):
    ran = place.run("read", "--json", "-", given=GOOD.encode()).ends(0)
    assert ran.records()[0]["source"]["path"] == "-"
    place.run("read", "--json", "-", given=b"").ends(3).says("empty")


@case
def missing_word_lists(place):
    os.mkdir(place.path("no-data"))
    place.run("brief", "--data", place.path("no-data"), place.write("a.txt", GOOD)).ends(1).says("no-data")
