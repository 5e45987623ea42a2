"""What a person says is otherwise: corrections that last, and leave no trace when they are taken back."""
import json

from harness import EXAMPLES, case
from records import check


def mend(place, *words):
    ran = place.run("mend", *words, "--json", "--store", place.store, env={"USER": "ann"}).ends(0)
    if ran.records():
        check(ran.records(), "correction")
        assert all(c["who"] in ("ann", "bo") for c in ran.records()), ran.records()
    return ran.records()


def show(place, word):
    return place.run("show", "--json", "--store", place.store, word).ends(0).records()[0]


def first_story(place):
    place.add(EXAMPLES).ends(0)
    return place.run("brief", "--json", EXAMPLES).ends(0).records()[0]


def dump(place):
    """What every story is, for comparing."""
    ids = sorted(s["id"] for s in place.run("stories", "--json", "--store", place.store).ends(0).records())
    return place.run("show", "--json", "--store", place.store, *ids).ends(0).out


@case
def reports_move_and_stories_merge(place):
    story = first_story(place)
    before = dump(place)
    report = story["reports"][1]["id"]
    other = place.run("stories", "--json", "--store", place.store).ends(0).records()[1]["id"]
    made = mend(place, "move", report[:10], other[:10], "--why", "another matter", "--who", "bo")[0]
    assert (made["number"], made["kind"], made["who"], made["why"]) == (1, "move", "bo", "another matter"), made
    assert made["from"] == story["id"] and made["to"] == other and made["reports"] == [report], made
    place.add(EXAMPLES).ends(0)
    place.whole()
    assert show(place, report)["id"] == other
    said = place.run("why", "--json", "--store", place.store, report).ends(0).records()
    check(said, "why")
    assert said[0]["mended"] == 1 and said[0]["story"] == other
    mend(place, "move", "--alone", report)
    assert [r["id"] for r in show(place, report)["reports"]] == [report]
    merged = mend(place, "merge", story["id"], other)[0]
    assert show(place, merged["from"])["id"] == merged["to"]
    place.whole()
    for number in ("2", "3", "1"):
        mend(place, "undo", number, "--why", "no")
        place.whole()
    assert dump(place) == before
    assert [c["undone"]["why"] for c in mend(place, "list")] == ["no"] * 3
    listed = place.run("mend", "list", "--store", place.store).ends(0).out.decode()
    assert "another matter" in listed and "undone" in listed and report[:12] in listed


@case
def people_are_one_and_two(place):
    story = first_story(place)
    before = dump(place)
    people = [c for c in story["cast"] if c["type"] == "PER"]
    one, other = people[0], people[1]
    mend(place, "people", "merge", one["entity"], other["entity"])
    after = show(place, story["id"])
    both = [c for c in after["cast"] if {one["entity"], other["entity"]} <= {m if isinstance(m, str) else m["entity"] for m in c["members"]}]
    assert len(both) == 1 and both[0]["mentions"] == one["mentions"] + other["mentions"], after["cast"]
    assert len(after["cast"]) == len(story["cast"]) - 1
    mend(place, "undo", "1")
    assert dump(place) == before
    many = next(c for c in people if len({r for v in c["variants"] for r in v["reports"]}) > 2)
    report = sorted({r for v in many["variants"] for r in v["reports"]})[0]
    mend(place, "people", "split", many["entity"], report[:12])
    after = show(place, story["id"])
    assert len(after["cast"]) == len(story["cast"]) + 1
    split = next(c for c in after["cast"] if c["entity"] == many["entity"] + "~2")
    rest = next(c for c in after["cast"] if c["entity"] == many["entity"])
    assert {r for v in split["variants"] for r in v["reports"]} == {report}
    assert report not in {r for v in rest["variants"] for r in v["reports"]}
    assert split["mentions"] + rest["mentions"] == many["mentions"]
    mend(place, "people", "merge", split["entity"], many["entity"])
    assert len(show(place, story["id"])["cast"]) == len(story["cast"])
    mend(place, "undo", "3")
    mend(place, "undo", "2")
    assert dump(place) == before
    other_story = place.run("stories", "--json", "--store", place.store).ends(0).records()[1]["id"]
    stranger = show(place, other_story)["reports"][0]["id"]
    place.run("mend", "people", "split", many["entity"], stranger, "--store", place.store).ends(1).says(stranger, many["entity"])


@case
def a_copy_that_is_none_gives_a_voice_back(place):
    story = first_story(place)
    before = dump(place)
    voices = sum(s["independent"] for s in story["statements"])
    pair = max(story["reuse"], key=lambda r: r["words"])
    mend(place, "copy", "wrong", pair["to"], pair["from"])
    after = show(place, story["id"])
    assert len(after["reuse"]) == len(story["reuse"]) - 1
    assert sum(s["independent"] for s in after["statements"]) > voices
    place.run("mend", "copy", "wrong", pair["from"], pair["to"], "--store", place.store).ends(1).says("already")
    place.run("remove", "--store", place.store, pair["from"]).ends(0)
    place.whole()
    place.add(EXAMPLES).ends(0)
    assert len(show(place, pair["to"])["reuse"]) == len(story["reuse"]) - 1
    mend(place, "undo", "1")
    assert len(show(place, pair["to"])["reuse"]) == len(story["reuse"])
    place.whole()
    assert before


@case
def calls_of_mend_that_are_wrong(place):
    story = first_story(place)
    report = story["reports"][0]["id"]
    shown = dump(place)
    for words in (["mend"], ["splice"], ["people"], ["people", "marry", "a", "b"], ["copy", report, report], ["undo", "x"], ["undo"],
                  ["move", report], ["move", report, "no-id"], ["merge", report], ["list", "all"], ["merge", "--alone", report, report]):
        place.run("mend", *words, "--store", place.store).ends(2)
    place.run("mend", "--store", place.store).ends(2)
    for words in (["undo", "1"], ["move", "f" * 32, report], ["merge", story["id"], report], ["copy", "wrong", report, report]):
        assert place.run("mend", *words, "--store", place.store).ends(1).err, words
    place.run("mend", "list", "--store", place.path("none")).ends(1).says("none")
    assert mend(place, "list") == [] and dump(place) == shown
    assert b"people split" in place.run("mend", "--help").ends(0).out
