"""What `dossier times --json` says, in the terms of Microsoft Recognizers-Text. For test/eval/numbers.

TIMEX3 and Recognizers part a text differently, so three things are let pass on both sides: prepositions and articles before
a time ("on", "from", "the"); two times with nothing but "to", "and", "-" or a preposition between them, which are one
range or one date with its hour there; and several readings there (a past and a coming Monday) where we choose one, which
must be among theirs. Values are compared as days, hours, or TIMEX strings of lengths and sets.
"""
import datetime
import re

LEAD = re.compile(r"^(?:(?:from|between|on|in|at|by|during|for|since|the|of|around|about)\s+)+", re.I)
JOINT = re.compile(r"^\s*(?:,|-|–|~|before|after|since|to|and|until|till|til|through|thru|at|on|in|of|from|between|the|\s)*\s*$", re.I)
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


def points(value, t, result_type):
    """Whether one reading of theirs is what our time `t` says."""
    timex = value.get("timex", "")
    ours = t["value"] or ""
    if result_type in ("duration", "set"):
        theirs = {timex, timex.replace("P1D", "P1D")}
        if result_type == "set":
            theirs.add({"P1D": "XXXX-XX-XX", "TMO": "XXXX-XX-XXTMO", "TNI": "XXXX-XX-XXTNI"}.get(timex, timex))
        seconds = value.get("value")
        return ours in theirs or (result_type == "duration" and str(seconds) == str(length(ours)))
    if timex == "PRESENT_REF":
        return ours == "PRESENT_REF"
    if value.get("value") == "not resolved":
        season = re.fullmatch(r"(?:\d{4}|XXXX)-(SP|SU|FA|WI)", ours)
        return t["earliest"] is None or bool(season and timex == season.group(1))
    if result_type in ("date",):
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
            same = timex.rstrip(")").endswith("," + ours)
            days = [abs((day(a) - day(b)).days) for a, b in ((t["earliest"], value["start"]), (t["latest"], value["end"]))]
            return same and max(days) <= 1
        return interval(t) == (value.get("start"), value.get("end"))
    return False


def interval(t):
    return t["earliest"], t["latest"]


def length(value):
    """Seconds of a TIMEX length, with months of 30 and years of 365 days, as Recognizers counts."""
    found = re.fullmatch(r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?", value)
    if not found:
        return None
    days, parts = (365, 30, 7, 1), [float(x or 0) for x in found.groups()]
    return round(sum(a * b for a, b in zip(parts[:4], days)) * 86400 + parts[4] * 3600 + parts[5] * 60 + parts[6])


def joined(first, second, between, value):
    """Whether two times with `between` between them are one range or one date with its hour there."""
    if RANGE_JOINT.search(between) and "start" in value:
        if "T" in (first["value"] or "") or "T" in (second["value"] or ""):
            return clock("T" + first["value"].split("T")[-1]) == clock(value.get("start", "")[-8:]) and \
                clock("T" + second["value"].split("T")[-1]) == clock(value.get("end", "")[-8:]) if \
                "T" in first["value"] and "T" in second["value"] else False
        edge = lambda t: t["latest"] if t["mod"] == "END" else t["earliest"]
        return edge(first) == value.get("start") and edge(second) == value.get("end")
    if first["type"] == "DATE" and second["type"] == "DATE":
        return first["earliest"] == value.get("value")  # "3 days from today": counted from the second
    date, hour = (second, first) if first["type"] == "TIME" else (first, second)
    return hour["type"] == "TIME" and date["earliest"] == value.get("value", "")[:10] and \
        clock("T" + hour["value"].split("T")[-1]) == clock(value.get("value", "")[10:])


def matches(result, times, at, text):
    """How many of our times from `at` on the result stands for; 0 where it does not."""
    kind = result.get("TypeName", "datetimeV2.").removeprefix("datetimeV2.")
    values = (result["Resolution"] or {}).get("values", [])
    first = times[at]
    if trim(first["text"]) == trim(result["Text"]) and any(points(v, first, v.get("type") or kind) for v in values):
        return 1
    if at + 1 < len(times):
        second = times[at + 1]
        whole = trim(text[first["start"]:second["end"]])
        between = text[first["end"]:second["start"]]
        if whole == trim(result["Text"]) and JOINT.match(between) and any(joined(first, second, between, v) for v in values):
            return 2
    return 0


def passes(case, answer):
    times, at = answer["times"], 0
    for result in sorted(case["results"], key=lambda r: r.get("Start", 0)):
        step = matches(result, times, at, case["input"]) if at < len(times) else 0
        if step == 0:
            return False
        at += step
    return at == len(times)


def show(case, answer):
    want = "; ".join(f"{r['Text']} = {(r['Resolution'] or {}).get('values', [])[:1]}" for r in case["results"])
    found = "; ".join(f"{t['text']} = {t['value']} [{t['earliest']}, {t['latest']})" for t in answer["times"])
    print(f"  DateTime {case['index']}: {(case['ref'] or '')[:10]} {case['input'].strip()[:160]}\n      wanted {want or '-'}\n      found  {found or '-'}")
