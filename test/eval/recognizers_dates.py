"""What `dossier times --json` says, in the terms of Microsoft Recognizers-Text. For test/eval/numbers.

TIMEX3 and Recognizers part a text differently, so these things are let pass on both sides:
- prepositions and articles before a time ("on", "from", "the"): they never belong to a TIMEX3, nor do "earlier" and "later" before a
  day or week, which our modifier says;
- two or three times with nothing but "to", "and", "-" or a preposition between them, which are one range or one date with
  its hours there;
- a distance in months or years ("two months ago"), which TIMEX3 counts to the month or year and they count to the day: the
  day must lie in our month or year;
- several readings there (a past and a coming Monday) where we choose one, which must be among theirs.
A range open to one side ("before June") passes where our modifier tells the same side and our time the same edge; a
reading without a side does not pass where we tell one.
Values are compared as days, hours, or TIMEX strings of lengths and sets.
"""
import datetime
import re

SIDE = r"earlier|later|before|after|since|until|till|later\s+than|earlier\s+than|no\s+later\s+than|no\s+earlier\s+than|greater\s+than|less\s+than|>\s*=|<\s*=|>|<"
LEAD = re.compile(rf"^(?:(?:from|between|on|in|at|by|during|for|the|of|around|about|{SIDE})\s+)+", re.I)
JOINT = re.compile(rf"^\s*(?:,|-|–|~|{SIDE}|to|and|til|through|thru|at|on|in|of|by|from|between|starting|the|\s)*\s*$", re.I)
DISTANCE = re.compile(r"\b(?:months?|years?|decades?)\b(?:\s+(?:ago|earlier|later|from\b.*|before\b.*|after\b.*)|$)", re.I)
DISTANCE_LEAD = re.compile(r"^\s*(?:before|after|from)\s*$", re.I)
RANGE_JOINT = re.compile(r"(?:-|–|~|\bto\b|\band\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b)", re.I)


def trim(text):
    return LEAD.sub("", " ".join(text.lower().split())).strip(" .,")


def day(text):
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None


def clock(text):
    """Hours, minutes and seconds of "T15:30", "2018-01-01 15:30:00", "15:30:00"."""
    found = re.search(r"(?:T|^| )(\d\d):?(\d\d)?:?(\d\d)?", text)
    return tuple(int(x or 0) for x in found.groups()) if found else None


SIDES = {"BEFORE": "before", "ON_OR_BEFORE": "before", "AFTER": "after", "ON_OR_AFTER": "after"}


def side(value):
    """The side to which a reading of theirs is open ("before June"); none."""
    return {"before": "before", "until": "before", "after": "after", "since": "after"}.get(value.get("Mod"))


def is_open(value):
    return re.match("before|after|since|until", value.get("Mod", "")) is not None


def open_edge(value, t, ref):
    """Whether our time tells the side and the edge of a range of theirs that is open to one side."""
    told = SIDES.get(t["mod"])
    if told is None or told != side(value):
        return False
    if value["Mod"] == "since" and t["mod"] != "ON_OR_AFTER":
        return False
    bound = value.get("end" if told == "before" else "start", "")
    if t["value"] == "PRESENT_REF":
        return bound == ref[:10]
    if ":" in bound:
        hour = clock(bound[-8:])
        dated = re.match(r"\d{4}-", bound) is not None
        return "T" in (t["value"] or "") and clock("T" + t["value"].split("T")[-1]) == hour and \
            (not dated or t["earliest"] == bound[:10])
    # What is after a day begins with it there; what is after a longer stretch begins behind it.
    whole = t["mod"] == "AFTER" and t["earliest"] and (day(t["latest"]) - day(t["earliest"])).days > 1
    return bound == (t["latest"] if whole else t["earliest"])


def points(value, t, result_type, ref=""):
    """Whether one reading of theirs is what our time `t` says."""
    if is_open(value) and result_type.endswith("range"):
        return open_edge(value, t, ref)
    if SIDES.get(t["mod"]):
        return False
    timex = value.get("timex", "")
    ours = t["value"] or ""
    if result_type in ("duration", "set"):
        theirs = {timex}
        if result_type == "set":
            theirs.add({"P1D": "XXXX-XX-XX", "TMO": "XXXX-XX-XXTMO", "TNI": "XXXX-XX-XXTNI"}.get(timex, timex))
        seconds = value.get("value")
        fraction = re.fullmatch(r"P([\d.]+)Y", timex)  # "P1.25Y" is "P1Y3M"
        same_months = fraction and months(ours) == float(fraction.group(1)) * 12
        return ours in theirs or (result_type == "duration" and (same_months or str(seconds) == str(length(ours))))
    if timex == "PRESENT_REF":
        return ours == "PRESENT_REF"
    if value.get("value") == "not resolved":
        season = re.fullmatch(r"(?:\d{4}|XXXX)-(SP|SU|FA|WI)", ours)
        return t["earliest"] is None or bool(season and timex == season.group(1))
    if result_type == "date" and DISTANCE.search(t["text"]) and t["earliest"]:
        return t["earliest"] <= value.get("value", "") < t["latest"]
    if result_type == "date":
        return t["earliest"] == value.get("value") and t["type"] == "DATE"
    if result_type == "time":
        return t["type"] == "TIME" and clock("T" + ours.split("T")[-1]) == clock(value.get("value", ""))
    if result_type == "datetime":
        return t["earliest"] == value.get("value", "")[:10] and "T" in ours and clock("T" + ours.split("T")[-1]) == clock(value["value"][10:])
    if result_type == "datetimerange":
        part = re.search(r"T(MO|AF|EV|NI)$", timex)
        return bool(part) and ours.endswith(part.group(0)) and t["earliest"] == value.get("start", "")[:10]
    if result_type == "daterange":
        if value.get("Mod") in ("start", "mid", "end"):
            return t["mod"] == value["Mod"].upper()
        if t["type"] == "DURATION" and t["earliest"]:
            # "the next two days": whether they begin today or tomorrow is their choice; the length must be the same.
            same = timex.rstrip(")").endswith("," + re.sub(r"P(\d+)Q$", lambda m: f"P{3 * int(m.group(1))}M", ours))
            days = [abs((day(a) - day(b)).days) for a, b in ((t["earliest"], value["start"]), (t["latest"], value["end"]))]
            return same and max(days) <= 1
        return interval(t) == (value.get("start"), value.get("end")) or half(t, value)
    return False


def half(t, value):
    """Whether "later this week" is the second half, "earlier this week" the first one, of the week that our START or END is of."""
    if t["mod"] not in ("START", "END") or not t["earliest"] or not value.get("start") or not value.get("end"):
        return False
    middle = day(t["earliest"]) + (day(t["latest"]) - day(t["earliest"])) / 2
    if t["mod"] == "START":
        return value["start"] == t["earliest"] and abs((day(value["end"]) - middle).days) <= 1
    return value["end"] == t["latest"] and abs((day(value["start"]) - middle).days) <= 1


def interval(t):
    return t["earliest"], t["latest"]


def months(value):
    """Months of a TIMEX length that has whole years and months only."""
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?", value)
    return 12 * int(found.group(1) or 0) + int(found.group(2) or 0) if found else None


def length(value):
    """Seconds of a TIMEX length, with months of 30 and years of 365 days, as Recognizers counts."""
    found = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?", value)
    if not found:
        return None
    days, parts = (365, 30, 7, 1), [float(x or 0) for x in found.groups()]
    return round(sum(a * b for a, b in zip(parts[:4], days)) * 86400 + parts[4] * 3600 + parts[5] * 60 + parts[6])


def edge(t, ref):
    """The day with which a time stands at an end of a range."""
    if t["value"] == "PRESENT_REF":
        return ref[:10]
    if t["mod"] == "MID" and re.fullmatch(r"\d{4}-\d\d", t["value"]):
        return t["value"] + "-16"
    return t["latest"] if t["mod"] == "END" else t["earliest"]


def hours(times, value):
    """Whether a day with two hours, in any order, is a range of theirs."""
    clocks = [t for t in times if t["type"] == "TIME" and re.search(r"T\d\d", t["value"])]
    at = lambda t: clock("T" + t["value"].split("T")[-1])
    return len(clocks) == 2 and at(clocks[0]) == clock(value.get("start", "")[-8:]) and \
        at(clocks[1]) == clock(value.get("end", "")[-8:]) and all(t["earliest"] == value["start"][:10] for t in times)


def joined(first, second, between, value, ref):
    """Whether two times with `between` between them are one range or one date with its hour there."""
    if is_open(value):
        dated = first["earliest"] is not None and first["mod"] is None and value.get("end", value.get("start", ""))[:10] == first["earliest"]
        if DISTANCE_LEAD.search(between) and SIDES.get(first["mod"]):  # "more than 2 weeks after today": counted from the second
            return second["mod"] is None and open_edge(value, first, ref)
        return dated and open_edge(value, second, ref)
    if SIDES.get(first["mod"]) or SIDES.get(second["mod"]):
        return False
    if first["type"] == "DURATION" and "end" in value:  # "a week starting tomorrow"
        return interval(first) == (value["start"], value["end"])
    if RANGE_JOINT.search(between) and "start" in value:
        timed = [bool(re.search(r"\dT", t["value"] or "")) for t in (first, second)]
        if any(timed):
            return all(timed) and clock("T" + first["value"].split("T")[-1]) == clock(value.get("start", "")[-8:]) and \
                clock("T" + second["value"].split("T")[-1]) == clock(value.get("end", "")[-8:])
        return edge(first, ref) == value.get("start") and edge(second, ref) == value.get("end")
    if first["type"] == "DATE" and second["type"] == "DATE":
        return points(value, first, "date")  # "3 days from today": counted from the second
    date, hour = (second, first) if first["type"] == "TIME" and second["type"] != "TIME" else (first, second)
    return hour["type"] == "TIME" and date["earliest"] == value.get("value", "")[:10] and \
        clock("T" + hour["value"].split("T")[-1]) == clock(value.get("value", "")[10:])


def matches(result, times, at, text, ref):
    """How many of our times from `at` on the result stands for; 0 where it does not."""
    kind = result.get("TypeName", "datetimeV2.").removeprefix("datetimeV2.")
    values = (result["Resolution"] or {}).get("values", [])
    first = times[at]
    if trim(first["text"]) == trim(result["Text"]) and any(points(v, first, v.get("type") or kind, ref or "") for v in values):
        return 1
    if at + 1 < len(times):
        second = times[at + 1]
        whole = trim(text[first["start"]:second["end"]])
        between = text[first["end"]:second["start"]]
        if whole == trim(result["Text"]) and JOINT.match(between) and any(joined(first, second, between, v, ref or "") for v in values):
            return 2
    if at + 2 < len(times):
        third = times[at + 2]
        gaps = [text[first["end"]:second["start"]], text[second["end"]:third["start"]]]
        whole = trim(text[first["start"]:third["end"]])
        if whole == trim(result["Text"]) and all(JOINT.match(g) for g in gaps) and any(hours((first, second, third), v) for v in values):
            return 3
    return 0


def passes(case, answer):
    times, at = answer["times"], 0
    for result in sorted(case["results"], key=lambda r: r.get("Start", 0)):
        step = matches(result, times, at, case["input"], case["ref"]) if at < len(times) else 0
        if step == 0:
            return False
        at += step
    return at == len(times)


def show(case, answer):
    want = "; ".join(f"{r['Text']} = {(r['Resolution'] or {}).get('values', [])[:1]}" for r in case["results"])
    found = "; ".join(f"{t['text']} = {t['value']} {t['mod'] or ''} [{t['earliest']}, {t['latest']})" for t in answer["times"])
    print(f"  DateTime {case['index']}: {(case['ref'] or '')[:10]} {case['input'].strip()[:160]}\n      wanted {want or '-'}\n      found  {found or '-'}")
