"""A store over its life: nothing twice, whole after every accident."""
import json
import os
import shutil
import signal
import sqlite3
import time

from harness import EXAMPLES, case, report


def outcomes(ran):
    return [(r["outcome"], r.get("record") or os.path.basename(r["path"])) for r in ran.records() if "outcome" in r]


@case
def a_second_run_changes_nothing(place):
    first = place.add("--json", EXAMPLES).ends(0)
    assert {kind for kind, _ in outcomes(first)} == {"added"} and len(outcomes(first)) == 12, outcomes(first)
    shown = place.shown()
    second = place.add("--json", EXAMPLES).ends(0)
    assert {kind for kind, _ in outcomes(second)} == {"already_there"}, outcomes(second)
    assert place.shown() == shown
    place.whole()


@case
def brief_is_add_and_show(place):
    place.add(EXAMPLES).ends(0)
    direct = place.run("brief", "--json", EXAMPLES).ends(0).records()
    listed = place.run("stories", "--json", "--store", place.store).ends(0).records()
    assert [s["id"] for s in listed] == [s["id"] for s in direct]
    for story in direct:
        shown = place.run("show", "--json", "--store", place.store, story["id"]).ends(0).records()
        assert shown == [story], story["id"]


@case
def one_by_one_is_as_all_at_once(place):
    names = [os.path.join(EXAMPLES, n) for n in sorted(os.listdir(EXAMPLES))]
    for name in names:
        place.add(name).ends(0)
    place.whole()
    got = place.shown()
    other = place.path("other")
    place.run("add", "--store", other, *names).ends(0)
    assert place.run("stories", "--json", "--store", other).ends(0).out == got


@case
def a_new_version_replaces_the_old_one(place):
    row = {"id": "7", "url": "https://paper.example/7", "outlet": "The Paper", "text": report(1)}
    place.add("--json", place.write("one.jsonl", json.dumps(row) + "\n")).ends(0)
    row["text"] += "The vote was unanimous.\n"
    ran = place.add("--json", place.write("two.jsonl", json.dumps(row) + "\n")).ends(0)
    assert outcomes(ran) == [("new_version", "7")], outcomes(ran)
    stories = place.run("stories", "--json", "--store", place.store).ends(0).records()
    assert len(stories) == 1 and stories[0]["reports"] in (1, [1]) or len(stories[0]["reports"]) == 1, stories
    again = place.add("--json", place.path("one.jsonl")).ends(0)
    assert outcomes(again)[0][0] == "already_there", outcomes(again)
    place.whole()


@case
def the_same_bytes_in_two_places_are_one_report(place):
    place.write("x/a.txt", report(1))
    place.write("y/b.txt", report(1))
    ran = place.add("--json", place.path("x"), place.path("y")).ends(0)
    assert [kind for kind, _ in outcomes(ran)] == ["added", "already_there"], outcomes(ran)
    place.whole()


@case
def bad_inputs_are_set_aside_and_the_rest_is_added(place):
    place.write("in/a.txt", report(1))
    place.write("in/b.txt", b"")
    place.write("in/c.txt", report(3))
    ran = place.add("--json", place.path("in")).ends(3)
    assert outcomes(ran) == [("added", "a.txt"), ("set_aside", "b.txt"), ("added", "c.txt")], outcomes(ran)
    place.whole()
    plain = place.run("add", "--store", place.path("other"), place.path("in")).ends(3).says("b.txt", "empty")
    assert plain.out or plain.err


@case
def remove_takes_out_and_settles(place):
    place.add(EXAMPLES).ends(0)
    before = place.shown()
    story = place.run("brief", "--json", EXAMPLES).ends(0).records()[0]
    victim = story["reports"][0]["id"]
    place.run("remove", "--store", place.store, victim).ends(0)
    place.whole()
    assert victim.encode() not in place.run("show", "--json", "--store", place.store, story["reports"][1]["id"]).ends(0).out
    place.run("remove", "--store", place.store, victim).ends(1).says(victim[:4])
    place.run("remove", "--store", place.store, story["reports"][1]["id"], "f" * 32).ends(1)
    assert place.run("show", "--store", place.store, story["reports"][1]["id"]).ends(0), "all or none"
    assert place.shown() != before


@case
def ids_that_do_not_exist(place):
    place.add(EXAMPLES).ends(0)
    for word in ("0" * 32, "zz", "", "not an id"):
        ran = place.run("show", "--store", place.store, word)
        assert ran.status in (1, 2) and ran.err, word


@case
def no_store_there(place):
    for command in (["stories"], ["show", "ab"], ["remove", "ab"], ["verify"]):
        place.run(*command, "--store", place.path("none")).ends(1).says("none")
        assert not os.path.exists(place.path("none")), f"{command} made a store"


@case
def where_the_store_lies(place):
    file = place.write("a.txt", report(1))
    place.run("add", file).ends(0)
    assert os.path.exists(place.path("xdg-data", "dossier", "dossier.store"))
    place.run("add", file, env={"DOSSIER_STORE": place.path("mine")}).ends(0)
    assert os.path.exists(place.path("mine"))
    place.run("add", file, env={"XDG_DATA_HOME": None}).ends(0)
    assert os.path.exists(place.path(".local", "share", "dossier", "dossier.store"))


@case
def a_file_that_is_no_store(place):
    text = report(1) * 50
    file = place.write("notes.txt", text)
    for command in (["add", place.write("a.txt", report(2))], ["stories"], ["verify"]):
        place.run(command[0], "--store", file, *command[1:]).ends(1).says("notes.txt")
    assert open(file).read() == text, "it wrote into a file that is no store"


@case
def a_database_of_somebody_else(place):
    path = place.path("theirs.db")
    theirs = sqlite3.connect(path)
    theirs.execute("CREATE TABLE songs(name)")
    theirs.execute("INSERT INTO songs VALUES ('x')")
    theirs.commit()
    theirs.close()
    place.run("add", "--store", path, place.write("a.txt", report(2))).ends(1).says("theirs.db")
    theirs = sqlite3.connect(path)
    assert [row[0] for row in theirs.execute("SELECT name FROM sqlite_master")] == ["songs"]
    theirs.close()


@case
def a_store_that_another_version_wrote(place):
    place.add(EXAMPLES).ends(0)
    db = sqlite3.connect(place.store)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.execute(f"PRAGMA user_version = {version + 1}")
    db.commit()
    db.close()
    for command in (["add", place.write("a.txt", report(2))], ["stories"], ["verify"]):
        place.run(command[0], "--store", place.store, *command[1:]).ends(1).says("version")


@case
def a_damaged_store_is_found_out(place):
    """Wherever 64 bytes are turned, verify finds it, or the bytes were ones that hold nothing: the store answers as before."""
    place.add(EXAMPLES).ends(0)
    ids = [story["id"] for story in place.run("stories", "--json", "--store", place.store).ends(0).records()]
    answers = place.run("show", "--json", "--store", place.store, *ids).ends(0).out
    with open(place.store, "rb") as file:
        whole = file.read()
    found = 0
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        with open(place.store, "wb") as file:
            file.write(whole[:at] + bytes(b ^ 0x55 for b in whole[at:at + 64]) + whole[at + 64:])
        ran = place.run("verify", "--store", place.store).ends(0, 1)
        found += ran.status
        shown = place.run("show", "--json", "--store", place.store, *ids).ends(0, 1)
        assert ran.status == 1 or (shown.status == 0 and shown.out == answers), f"damage at byte {at} of {len(whole)} was not found"
    assert found >= 10, f"only {found} damages were found"
    with open(place.store, "wb") as file:
        file.write(whole[:len(whole) // 2])
    place.run("verify", "--store", place.store).ends(1)


@case
def a_full_disk_leaves_the_store_as_it_was(place):
    place.add(os.path.join(EXAMPLES, "garden.txt")).ends(0)
    shown, size = place.shown(), os.path.getsize(place.store)
    many = place.write("many.jsonl", "".join(json.dumps({"id": str(i), "text": report(i, 400)}) + "\n" for i in range(400)))
    for room in (size, size + 4096, size + 40960):
        place.add(many, file_size=room).ends(1).says("store")
        assert place.shown() == shown, room
        place.whole()
    place.add(many).ends(0)
    place.whole()


@case
def a_store_in_a_folder_that_is_not_there_or_closed(place):
    file = place.write("a.txt", report(2))
    ran = place.run("add", "--store", "/proc/none/x", file)
    ran.ends(1).says("/proc/none")


def interrupt(place, how, after):
    """Starts an add that reads from a slow pipe, and interrupts it; its exit status."""
    running = place.start("add", "--store", place.store, "--quiet", "-")
    for i in range(after):
        running.stdin.write((json.dumps({"id": f"slow-{i}", "text": report(i + 100)}) + "\n").encode())
        running.stdin.flush()
    time.sleep(0.3)
    running.send_signal(how)
    try:
        status = running.wait(30)
    finally:
        running.kill()
        running.stdin.close()
        err = running.stderr.read()
        running.stdout.close()
        running.stderr.close()
    assert b"Sanitizer" not in err, err
    return status, err


@case
def interrupted_add_leaves_the_store_as_it_was(place):
    place.add(os.path.join(EXAMPLES, "garden.txt")).ends(0)
    shown = place.shown()
    for how in (signal.SIGINT, signal.SIGTERM):
        status, err = interrupt(place, how, 60)
        assert status not in (0, 3) and err, (status, err)
        assert place.shown() == shown
        place.whole()


@case
def killed_add_leaves_the_store_as_it_was(place):
    place.add(os.path.join(EXAMPLES, "garden.txt")).ends(0)
    shown = place.shown()
    interrupt(place, signal.SIGKILL, 60)
    assert place.shown() == shown
    place.whole()
    place.add(EXAMPLES).ends(0)
    place.whole()


@case
def killed_at_any_moment(place):
    """Kills adds at moments spread over their run; each leaves a store that is whole and has all or nothing."""
    rows = "".join(json.dumps({"id": str(i), "text": report(i, 200)}) + "\n" for i in range(300))
    many = place.write("many.jsonl", rows)
    place.add(os.path.join(EXAMPLES, "garden.txt")).ends(0)
    shutil.copy(place.store, place.path("fresh"))
    started = time.monotonic()
    place.add(many).ends(0)
    full, took = place.shown(), time.monotonic() - started
    shutil.copy(place.path("fresh"), place.store)
    nothing = place.shown()
    for step in range(8):
        shutil.copy(place.path("fresh"), place.store)
        for suffix in ("-journal", "-wal", "-shm"):
            if os.path.exists(place.store + suffix):
                os.unlink(place.store + suffix)
        running = place.start("add", "--store", place.store, "--quiet", many)
        time.sleep(took * (step + 0.5) / 8)
        running.kill()
        running.communicate()
        assert place.shown() in (nothing, full), f"step {step}"
        place.whole()


@case
def two_at_once_wait_for_each_other(place):
    rows = [place.write(f"{k}.jsonl", "".join(json.dumps({"id": f"{k}-{i}", "text": report(k * 1000 + i)}) + "\n" for i in range(100))) for k in range(2)]
    both = [place.start("add", "--store", place.store, "--quiet", row) for row in rows]
    for running in both:
        _, err = running.communicate(timeout=100)
        assert running.returncode == 0, err
    total = sum(len(s["reports"]) if isinstance(s["reports"], list) else s["reports"] for s in place.run("stories", "--json", "--store", place.store).ends(0).records())
    assert total == 200, total
    place.whole()


@case
def a_folder_that_vanishes_while_it_is_read(place):
    for i in range(300):
        place.write(f"going/{i:03}.txt", report(i))
    running = place.start("add", "--store", place.store, "--quiet", place.path("going"))
    shutil.rmtree(place.path("going"), ignore_errors=True)
    _, err = running.communicate(timeout=60)
    assert running.returncode in (0, 3) and b"Sanitizer" not in err, (running.returncode, err[-500:])
    if os.path.exists(place.store):
        place.whole()
