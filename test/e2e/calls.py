"""How it is called: help, wrong calls, options, and that nothing depends on where and how it runs."""
import os
import re
import shlex

from harness import EXAMPLES, case

COMMANDS = "read extract copies brief add stories show diff check outlets remove verify version".split()


@case
def help_of_every_command(place):
    overview = place.run("--help").ends(0)
    for command in COMMANDS:
        assert re.search(rf"^\s*{command}\b", overview.out.decode(), re.M), f"--help does not list {command}"
        shown = place.run(command, "--help").ends(0)
        assert shown.out and not shown.err, command
        assert place.run("help", command).ends(0).out == shown.out, command


@case
def examples_of_the_help_run(place):
    """Each example that needs no more than files is run as it stands, in a folder that has them."""
    for name in ("report.txt", "a.txt", "b.txt", "reports/one.txt", "monday/a.txt", "tuesday/b.txt"):
        with open(os.path.join(EXAMPLES, "ferry-1-wire.txt"), "rb") as file:
            place.write(name, file.read())
    with open(os.path.join(EXAMPLES, "others.jsonl"), "rb") as file:
        lines = file.read()
    for name in ("feed.jsonl", "reports.jsonl"):
        place.write(name, lines)
    place.write("dates.csv", "path,published\none.txt,2025-03-04\n")
    for name in ("draft.txt", "release.txt"):
        place.write(name, "The mayor of Aldermoor has painted her house blue.\n")
    place.write("page.html", "<html>")
    place.run("add", "--store", "news.store", "reports").ends(0)
    place.run("add", "reports").ends(0)
    ran = 0
    for command in COMMANDS:
        for line in place.run(command, "--help").ends(0).out.decode().splitlines():
            found = re.match(r"\s*(?:\$ )?dossier (.*?)(?:\s{2,}.*)?$", line)
            if not found or "[" in found.group(1) or re.search(r"ADDRESS|\.html|\bID\b|FILE|\b[0-9a-f]{4,}\b", line):
                continue
            call, _, _ = re.split(r"( > | \| )", found.group(1) + " > ", maxsplit=1)
            call, _, source = call.partition(" < ")
            given = open(place.path(source.strip()), "rb").read() if source else None
            words = shlex.split(call)
            if "*" in call:
                words = [n for w in words for n in (sorted(f for f in os.listdir(place.folder) if f.endswith(".txt")) if w == "*.txt" else [w])]
            place.run(*words, given=given).ends(0)
            ran += 1
    assert ran >= 10, f"only {ran} examples were found in the help"


@case
def wrong_calls_end_with_2(place):
    file = place.write("a.txt", "A report about a bridge.\n")
    for call in ([], ["breif", file], ["brief"], ["brief", "--nonsense", file], ["brief", "--jobs"], ["brief", "--jobs", "0", file],
                 ["brief", "--jobs", "many", file], ["brief", "--jobs", "-1", file], ["brief", "--jobs", "99999999999999999999", file],
                 ["brief", "--width", "7", file], ["brief", "--color=sometimes", file], ["show"], ["show", "zzz"], ["stories", "extra"], ["remove"], ["remove", "no-id"],
                 ["verify", "extra"], ["brief", "--json=yes", file], ["brief", "--published", "yesterday-ish", file], ["quotes", "--min-confidence", "90%", file],
                 ["quotes", "--kind", "spoken", file], ["times", "--speaker", "Luz", file]):
        ran = place.run(*call).ends(2)
        assert ran.err and not ran.out, f"{call}: {ran.out[:100]!r}"
        assert not call or len(ran.err.decode().strip().splitlines()) <= 3, f"{call}: more than a sentence or two: {ran.err!r}"


@case
def a_mistyped_command_is_answered_with_the_nearest(place):
    place.run("breif", "x").ends(2).says("brief")
    place.run("brief", "--jsno", "x").ends(2).says("--json")


@case
def version_is_one_line(place):
    assert len(place.run("version").ends(0).lines()) == 1
    assert place.run("--version").ends(0).out == place.run("version").out


@case
def options_may_stand_anywhere(place):
    first = place.run("brief", "--json", EXAMPLES).ends(0)
    assert place.run("brief", EXAMPLES, "--json").ends(0).out == first.out
    assert place.run("brief", "--json", "--", EXAMPLES).ends(0).out == first.out


@case
def jobs_change_nothing(place):
    for call in (["brief", "--json"], ["brief"], ["extract"], ["copies", "--json"], ["read", "--json"], ["quotes"]):
        one = place.run(*call, "--jobs", "1", EXAMPLES).ends(0)
        for jobs in (2, 3, 16):
            assert place.run(*call, "--jobs", jobs, EXAMPLES).ends(0).out == one.out, f"{call} --jobs {jobs}"


@case
def locale_time_zone_and_folder_change_nothing(place):
    for call in (["brief", "--json", EXAMPLES], ["brief", EXAMPLES], ["extract", EXAMPLES], ["stories", "--store", place.store]):
        place.add(EXAMPLES).ends(0)
        plain = place.run(*call, env={"LC_ALL": "C"}).ends(0)
        for more in ({"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "tr_TR"}, {"LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"},
                     {"LC_ALL": None, "LANG": None}, {"TZ": "America/Los_Angeles"}):
            assert place.run(*call, env=more).ends(0).out == plain.out, f"{call} with {more}"
        assert place.run(*call, cwd="/").ends(0).out == plain.out, call


@case
def a_second_run_prints_the_same_bytes(place):
    assert place.run("brief", "--json", EXAMPLES).ends(0).out == place.run("brief", "--json", EXAMPLES).ends(0).out


@case
def colour_only_where_it_is_asked_for(place):
    escape = b"\x1b["
    assert escape not in place.run("brief", EXAMPLES).ends(0).out, "colour in a pipe"
    assert escape in place.run("brief", "--color=always", EXAMPLES).ends(0).out
    assert escape not in place.run("brief", "--color=never", EXAMPLES).ends(0).out
    assert escape not in place.run("brief", "--json", EXAMPLES, env={"CLICOLOR_FORCE": "1"}).ends(0).out


@case
def width_is_kept(place):
    for width in (40, 60, 80, 100, 200):
        for line in place.run("brief", "--width", width, EXAMPLES).ends(0).lines():
            assert len(line) <= width, f"--width {width}: {len(line)} columns: {line!r}"


@case
def a_terminal_is_not_steered_by_a_report(place):
    file = place.write("evil.txt", "Bridge opens \x1b[2J\x1b]0;owned\x07\n\nThe bridge \x9b31m opened \u202eyadnoM on Monday, the mayor said.\n" + report_text())
    other = place.write("evil2.txt", "Bridge opens \x1b[2J\n\n" + report_text())
    for call in (["brief", file, other], ["brief", "--all", file, other], ["read", file], ["copies", file, other]):
        out = place.run(*call).ends(0).out.decode()
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out), (call, out)


def report_text():
    return ("The old bridge over the river was closed for eleven months while masons replaced its third pier and the roadway above it. "
            "Traders on both banks \x1b[31m said that they had lost a third of their custom in that time, and that the town had promised help.\n")


@case
def order_of_files_is_order_of_output(place):
    names = [os.path.join(EXAMPLES, n) for n in sorted(os.listdir(EXAMPLES)) if n.endswith(".txt")]
    for order in (names, names[::-1], names[3:] + names[:3]):
        got = [r["source"]["path"] for r in place.run("extract", *order).ends(0).records()]
        assert got == order, f"{got} for {order}"


@case
def order_of_files_does_not_change_the_stories(place):
    names = [os.path.join(EXAMPLES, n) for n in sorted(os.listdir(EXAMPLES))]
    sets = []
    for order in (names, names[::-1], names[4:] + names[:4]):
        stories = place.run("brief", "--json", *order).ends(0).records()
        sets.append(sorted(sorted(r["id"] for r in s["reports"]) for s in stories))
    assert sets[0] == sets[1] == sets[2], sets
