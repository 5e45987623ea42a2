"""Stories of odd sizes: a sensible page in bounded time."""
import json
import os
import random

from harness import EXAMPLES, case

MANY = 300
PAGE_LINES = 1200


def paragraphs():
    with open(os.path.join(EXAMPLES, "ferry-1-wire.txt"), encoding="utf-8") as file:
        return [part for part in file.read().split("\n\n") if len(part) > 60]


def everybody_copies(place, count):
    lines = []
    for number in range(count):
        chance = random.Random(number)
        parts = paragraphs()
        chance.shuffle(parts)
        parts = parts[:8] + [f"Clerk number {number} told Outlet {number % 50} that {chance.randint(2, 99)} boats were on the water."]
        lines.append(json.dumps({"id": str(number), "outlet": f"Outlet {number % 50}", "text": "\n\n".join(parts),
                                 "published": f"2025-03-04T{6 + number * 16 // count:02d}:{number % 60:02d}:00Z"}))
    return place.write("copies.jsonl", "\n".join(lines))


@case
def a_story_in_which_everybody_copies_everybody(place):
    path = everybody_copies(place, MANY)
    ran = place.run("brief", path, timeout=100).ends(0)
    assert ran.out.decode().count("\n") < PAGE_LINES, "the page is too long"
    assert f"{MANY} reports" in ran.out.decode()
    story = place.run("brief", "--json", path, timeout=100).ends(0).records()[0]
    told = [s for s in story["statements"] if "Hollin reef" in s["text"]][0]
    assert told["reports"] > MANY // 3 and told["independent"] <= 3, (told["reports"], told["independent"])


@case
def a_very_long_report(place):
    chance = random.Random(7)
    parts = paragraphs()
    text = "\n\n".join(chance.choice(parts).replace("212", str(chance.randint(100, 999))) for _ in range(1200))
    assert len(text) > 200_000
    path = place.write("long.txt", text)
    ran = place.run("brief", path, timeout=100).ends(0)
    assert ran.out.decode().count("\n") < PAGE_LINES
    ran = place.run("check", path, "--against", EXAMPLES, timeout=100).ends(0, 4)
    assert "were not looked at" in ran.out.decode()


@case
def a_story_of_one_report(place):
    ran = place.run("brief", os.path.join(EXAMPLES, "garden.txt")).ends(0)
    page = ran.out.decode()
    assert "WHAT WE KNOW" in page and "by one report" in page and "DISPUTED" not in page, page
