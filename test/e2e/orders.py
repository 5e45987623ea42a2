"""The order in which reports come changes nothing that is told of a story."""
import json
import os
import random

from harness import EXAMPLES, case

SHUFFLES = 20


def key_of(report):
    return report["record"] or os.path.basename(report["path"])


def told(story):
    """What a story says, free of the order of its reports."""
    names = {r["id"]: key_of(r) for r in story["reports"]}
    spot = lambda c: (names[c["report"]], c["start"], c["end"])
    statements = sorted(
        (sorted((*spot(c), c["clause_start"], c["clause_end"], c["attributed_to"] or "") for c in s["carriers"]), s["text"], s["kind"],
         s["reports"], s["independent"], sorted(sorted(names[r] for r in g) for g in s["groups"]), names.get(s["first"]), s["date"] or "", s["place"] or "")
        for s in story["statements"])
    disagreements = sorted((d["kind"], d["compatible"], sorted((*spot(c), c["value"] or "", c["party"] or "") for c in d["sides"]))
                           for d in story["disagreements"])
    quotes = sorted((q["speaker"] or "", q["text"], sorted((*spot(v), v["kind"]) for v in q["variants"])) for q in story["quotes"])
    figures = sorted((f["agree"], sorted(spot(v) for v in f["values"])) for f in story["figures"])
    timeline = sorted((t["earliest"] or "", t["latest"] or "", t["what"], t["independent"], len(t["reports"]) if isinstance(t["reports"], list) else t["reports"])
                      for t in story["timeline"])
    return {"reports": sorted(names.values()), "statements": statements, "disagreements": disagreements, "quotes": quotes, "figures": figures,
            "timeline": timeline}


def stories(ran):
    return sorted((told(s) for s in ran.ends(0).records()), key=lambda s: s["reports"])


def compare(place, inputs, shuffles):
    """The names of what differs from the first order, by shuffle."""
    first = stories(place.run("brief", "--json", *inputs))
    differ = []
    for seed in range(shuffles):
        order = list(inputs)
        random.Random(seed).shuffle(order)
        again = stories(place.run("brief", "--json", *order))
        if [s["reports"] for s in again] != [s["reports"] for s in first]:
            differ.append((seed, "stories"))
            continue
        differ += [(seed, name) for a, b in zip(first, again) for name in a if a[name] != b[name]]
    return differ


def split(place):
    """Each example report as a file of its own, so that each may stand anywhere."""
    files = []
    for name in sorted(os.listdir(EXAMPLES)):
        path = os.path.join(EXAMPLES, name)
        if not name.endswith(".jsonl"):
            files.append(path)
            continue
        with open(path, encoding="utf-8") as file:
            files += [place.write(f"{json.loads(line)['id']}.jsonl", line) for line in file]
    return files


@case
def shuffled_reports_tell_the_same(place):
    files = split(place)
    assert len(files) == 12
    differ = compare(place, files, SHUFFLES)
    assert not differ, differ


@case
def shuffled_samples_tell_the_same(place):
    """Of a folder given as DOSSIER_SAMPLES: reports of one's own."""
    folder = os.environ.get("DOSSIER_SAMPLES")
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder)) if folder else []
    differ = compare(place, files, SHUFFLES if files else 0) if files else []
    assert not differ, differ
